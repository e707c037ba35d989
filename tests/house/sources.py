"""The project's own Python files, read and parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "apart",
    "bench",
    "codes",
    "commands",
    "development",
    "employers",
    "language",
    "mailing",
    "monitoring",
    "papers",
    "plotting",
    "store",
    "telephony",
    "tests",
    "web",
)


@cache
def python_files() -> tuple[Path, ...]:
    """Every file of every room, and those at the top, from the root on."""
    inside = (file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    return tuple(sorted(file.relative_to(ROOT) for file in (*ROOT.glob("*.py"), *inside)))


def product_files() -> tuple[Path, ...]:
    """The files that serve the public: neither tests nor measurements nor the simulator."""
    aside = ("tests", "bench", "telephony/simulator")
    return tuple(file for file in python_files() if not str(file).startswith(aside))


@cache
def text(file: Path) -> str:
    """What a file says."""
    return (ROOT / file).read_text("utf-8")


@cache
def tree(file: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(text(file), str(file))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, inner ones too."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def dotted(node: ast.expr) -> str:
    """``a.b.c`` as it is written; empty for what is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
