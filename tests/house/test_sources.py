"""The house as its files show it: what is given and not reached for, small parts, plain names."""

import ast
import re
from pathlib import Path

from tests.house.sources import ROOMS, ROOT, dotted, functions, product_files, python_files, text, tree

REACHED_FOR = {
    "settings.py": {"os.environ"},
    "commands/demo.py": {"os.environ"},
    "commands/prepare.py": {"os.environ"},
    "development/demo/chance.py": {"random"},
    "development/environment.py": {"secrets"},
    "codes/code.py": {"random"},
    "codes/police/enlisting.py": {"random"},
    "store/key_files.py": {"os.urandom"},
    "store/keyring.py": {"os.urandom"},
    "store/ids.py": {"os.urandom"},
    "store/tokens.py": {"secrets"},
    "store/work.py": {"datetime.now", "random"},
}
"""The owners of time, chance and environment; everybody else is given them."""

LONG_FILES = {
    "store/migrations/versions/0001_create_the_case_store.py",
    "store/migrations/versions/0003_add_calls_and_staff.py",
    "web/admin/audit/actions.py",
}
"""Tables and wording."""

_GIVEN = re.compile(
    r"^(datetime\.now|datetime\.utcnow|date\.today|datetime\.today|time\.time|os\.environ|os\.getenv|os\.urandom)$"
)
_GIVEN_MODULES = {"random", "secrets", "uuid"}
_VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "services",
    "base",
    "core",
    "common",
    "misc",
}
# One letter of each stands in brackets, so that this file does not find itself.
_UNFINISHED = re.compile(r"\bTOD[O]\b|\bFIXM[E]\b|mock\.patc[h]|mark\.ski[p]|pytest\.ski[p]|xfai[l]")
_WRITTEN = {".py", ".toml", ".md", ".in", ".txt", ".yaml", ".service", ".timer", ".js", ".html", ".css", ""}
_MACHINE = re.compile(r"(?<![\w.])/(?:work|roo[t]|home|Users|opt)/|\bpypi\.or[g]|pythonhoste[d]|registry\.np[m]")


def _reached_for(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute) and (match := _GIVEN.match(dotted(node).removeprefix("datetime.datetime"))):
            found.add(match[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & _GIVEN_MODULES
        elif isinstance(node, ast.ImportFrom) and node.module in _GIVEN_MODULES:
            found.add(str(node.module))
    return found


def test_time_chance_and_environment_are_given_not_reached_for() -> None:
    found = {str(file): names for file in product_files() if (names := _reached_for(file))}

    assert found == REACHED_FOR


def test_nothing_is_imported_inside_a_function() -> None:
    inner = ((file, node) for file in python_files() for one in functions(file) for node in ast.walk(one))

    assert not [f"{file}:{node.lineno}" for file, node in inner if isinstance(node, ast.Import | ast.ImportFrom)]


def test_files_are_short() -> None:
    long = {str(file) for file in python_files() if text(file).count("\n") > 250}

    assert long <= LONG_FILES


def test_functions_are_short() -> None:
    every = ((str(file), one) for file in python_files() if "versions" not in file.parts for one in functions(file))

    assert not [f"{file}:{one.lineno}" for file, one in every if (one.end_lineno or 0) - one.lineno >= 40]


def test_names_say_what_a_file_is_for() -> None:
    assert not [str(file) for file in product_files() if set(file.with_suffix("").parts) & _VAGUE]


def test_every_room_has_a_sentence_at_its_door() -> None:
    doors = [room for room in ROOMS if room != "tests" and (ROOT / room / "__init__.py").exists()]

    assert not [room for room in doors if not ast.get_docstring(tree(Path(room, "__init__.py")))]


def test_nothing_is_left_unfinished_or_faked_by_path() -> None:
    assert not {str(file): found for file in python_files() if (found := _UNFINISHED.findall(text(file)))}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    folders = (ROOT / name for name in (".ci", "deploy", "docs", *ROOMS))
    files = [*ROOT.glob("*"), *(file for folder in folders for file in folder.rglob("*"))]
    written = [file for file in files if file.is_file() and file.suffix in _WRITTEN and file.name[0] != "."]

    assert not {str(file): found for file in written if (found := _MACHINE.findall(file.read_text("utf-8")))}
