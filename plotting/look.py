"""How plots look: sizes, type, a palette that colour-blind people can tell apart, by day and by night in one file.

Colours are drawn as marks (`INK`, `SERIES`, ...), which `finished` turns into variables of the SVG's own style sheet;
that one follows the reader's choice of light or dark. Text stays text, in the reader's own font: small files, and
DejaVu, by which it is measured, is as wide as any.
"""

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, SOFT, GRID, PAPER, EDGE = "#010101", "#010102", "#010103", "#010104", "#010105"
SERIES = tuple(f"#0101a{place}" for place in range(6))
STEPS = tuple(f"#0101b{place}" for place in range(5))
"""Light to dark, for maps; by night dark to light."""
_BY_DAY = {
    INK: "#0b0c0c",
    SOFT: "#4a5459",
    GRID: "#d5dde0",
    PAPER: "#ffffff",
    EDGE: "#ffffff",
    **dict(zip(SERIES, ("#0b5c7a", "#d97706", "#1c8a5a", "#b0417f", "#7a6a00", "#7d878c"), strict=True)),
    **dict(zip(STEPS, ("#d3e6ee", "#9cc8da", "#5ea5c1", "#23799b", "#0a4a63"), strict=True)),
}
_BY_NIGHT = {
    INK: "#e6eaec",
    SOFT: "#a9b4b9",
    GRID: "#333f44",
    PAPER: "#12191c",
    EDGE: "#12191c",
    **dict(zip(SERIES, ("#6fc3e6", "#f2a541", "#5fd09a", "#ee8fc4", "#e6d95c", "#98a3a8"), strict=True)),
    **dict(zip(STEPS, ("#24424f", "#2f6279", "#3f8aa8", "#6fb7d2", "#b5e2f3"), strict=True)),
}
HALO = "halo"
"""The id of a text that is to be read on any ground."""
_HALO = f"[id={HALO}] text{{paint-order:stroke;stroke:var(--{PAPER[1:]});stroke-width:3px;stroke-linejoin:round}}"
_FONT = "system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"
_POINTS = 72
WIDE, NARROW = 720, 340
"""Pixels of a page."""

mpl.rcParams.update(
    {
        "svg.fonttype": "none",
        "text.parse_math": False,  # two signs for dollars in a name are no formula
        "svg.hashsalt": "passline",
        "font.family": ["DejaVu Sans"],
        "font.size": 12,
        "text.color": INK,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": SOFT,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "figure.dpi": _POINTS,
        "axes.unicode_minus": False,
        "path.simplify_threshold": 0.5,
    }
)


def sheet(narrow: bool, high: int) -> Figure:
    """An empty figure, `high` pixels high, as wide as a page or a telephone."""
    made = Figure(figsize=((NARROW if narrow else WIDE) / _POINTS, high / _POINTS), dpi=_POINTS, layout="constrained")
    made.get_layout_engine().set(w_pad=0.04, h_pad=0.04)  # type: ignore[union-attr, call-arg]
    made.patch.set_alpha(0)
    return made


def plain(axes: Axes, *, grid: str = "y") -> None:
    """Nothing but the foot of an axis and light lines to read numbers by."""
    axes.patch.set_alpha(0)
    for side in ("top", "right", "left" if grid == "y" else "bottom"):
        axes.spines[side].set_visible(False)
    axes.grid(axis=grid, color=GRID, linewidth=0.8)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def legend(figure: Figure, names: Sequence[str], colours: Sequence[str], narrow: bool) -> None:
    """The names above the plot, each with a square of its colour, in as many lines as they need."""
    marks = [mpl.patches.Patch(facecolor=colour, edgecolor="none") for colour in colours]
    figure.legend(
        marks,
        names,
        loc="outside upper left",
        ncols=_columns(names, 42 if narrow else 95),
        frameon=False,
        handlelength=0.9,
        handleheight=0.9,
        columnspacing=1.3,
        borderaxespad=0,
        borderpad=0.2,
    )


def _columns(names: Sequence[str], room: int) -> int:
    """As many names a line as fit into so many letters; columns are as wide as their widest name."""
    fits = (many for many in range(len(names), 1, -1) if many * (max(map(len, names)) + 4) <= room)
    return next(fits, 1)


def finished(figure: Figure) -> str:
    """The figure as an SVG with colours for day and night."""
    file = StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    drawn = file.getvalue()
    drawn = drawn[drawn.index("<svg") :].strip()
    drawn = re.sub(r"\s*<metadata>.*?</metadata>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"\s*\n\s*", " ", re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL))
    drawn = re.sub(r"(\d+\.\d\d)\d+", r"\1", drawn)
    drawn = re.sub(r"'DejaVu Sans'(?=[;\"])", _FONT, drawn)
    for mark in _BY_DAY:
        drawn = drawn.replace(mark, f"var(--{mark[1:]})")
    night = f"@media (prefers-color-scheme:dark){{svg{{{_declared(_BY_NIGHT)}}}}}"
    style = f"svg{{{_declared(_BY_DAY)}}}{_HALO}{night}"
    return re.sub(r"(<svg [^>]*>)", rf"\1<style>{style}</style>", drawn, count=1)


def _declared(colours: dict[str, Any]) -> str:
    return ";".join(f"--{mark[1:]}:{colour}" for mark, colour in colours.items())
