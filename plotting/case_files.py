"""`python -m plotting.case_files`: a JSON list of sheets on stdin, a list of PDFs in base64 on stdout.

A sheet has a ``title``, a ``foot`` for every page, and ``parts``, each with a ``heading`` and ``lines``. The fonts are
embedded whole letters, Cyrillic among them, so that the text can be searched and copied.
"""

import base64
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from plotting.working import work_off

PAGE: Final = (8.27, 11.69)
"""A4, in inches."""
_LEFT, _TOP, _BOTTOM = 0.1, 0.92, 0.08
_SIZES: Final = {"title": 16.0, "heading": 12.0, "line": 9.5}
_WIDTHS: Final = {"title": 52, "heading": 70, "line": 92}
"""Signs in a row."""
_STEP: Final = 1.55 / (72 * PAGE[1])
"""Of a row for each point of its size, as a part of the page."""
Sheet = Mapping[str, Any]


def draw_sheet(sheet: Sheet) -> str:
    """The PDF of one sheet, in base64."""
    made = BytesIO()
    with PdfPages(made, metadata={"Title": sheet["title"], "Creator": "Passline", "CreationDate": None}) as pdf:
        for figure in _pages(sheet):
            pdf.savefig(figure)
    return base64.b64encode(made.getvalue()).decode()


def _pages(sheet: Sheet) -> Iterator[Figure]:
    figure, at, number = Figure(figsize=PAGE), _TOP, 1
    for kind, row in _rows(sheet):
        needed = _SIZES[kind] * _STEP
        if at - needed < _BOTTOM:
            yield _footed(figure, sheet, number)
            figure, at, number = Figure(figsize=PAGE), _TOP, number + 1
        at -= needed * (1.6 if kind == "heading" else 1)
        weight = "normal" if kind == "line" else "bold"
        figure.text(_LEFT, at, row, fontsize=_SIZES[kind], fontweight=weight, parse_math=False)
    yield _footed(figure, sheet, number)


def _rows(sheet: Sheet) -> Iterator[tuple[str, str]]:
    said = [("title", sheet["title"])]
    for part in sheet["parts"]:
        said += [("heading", part["heading"]), *(("line", line) for line in part["lines"])]
    for kind, text in said:
        for paragraph in text.splitlines() or [""]:
            yield from ((kind, row) for row in textwrap.wrap(_visible(paragraph), _WIDTHS[kind]) or [""])


def _visible(text: str) -> str:
    """Without signs that nobody sees: one would stop the drawing, others turn the order of what is read around."""
    return "".join(one for one in text.expandtabs(4) if not unicodedata.category(one).startswith("C"))


def _footed(figure: Figure, sheet: Sheet, number: int) -> Figure:
    figure.text(_LEFT, _BOTTOM / 2, f"{sheet['foot']}   {number}", fontsize=7, parse_math=False)
    return figure


if __name__ == "__main__":
    mpl.rcParams["pdf.fonttype"] = 42
    mpl.rcParams["font.family"] = "DejaVu Sans"
    work_off(draw_sheet)
