"""Draws the plots that pages asked for (`codes.counts.plots`), and places homes in districts, by the processes that
`plotting.process` starts.
"""

import base64
from collections.abc import Sequence
from typing import Final

import structlog

from codes.counts.plots import NotDrawn, Request, draw_plots
from monitoring.duty.files import Sheet, draw_files
from monitoring.figures import districts
from monitoring.outlines import Point
from plotting.process import CHARTS, FILES, MAPS, WITHIN, PlottingFailed, ask, draw
from store import Store

_MOST_PDF: Final = 4 * 1024 * 1024
"""Signs of base64."""
_log = structlog.get_logger("worker")


def draw_wanted(store: Store) -> int:
    """Draws what waits; how many could be drawn."""
    return draw_plots(store, _draw)


def _draw(maps: bool, requests: Sequence[Request]) -> Sequence[str | None]:
    try:
        return draw(MAPS if maps else CHARTS, requests)
    except PlottingFailed as error:
        _log.error("part_failed", part="plotting", error=str(error))
        raise NotDrawn from None


def count_districts(store: Store) -> bool:
    """Counts people at home by district where that is due; whether it did."""
    return districts.count_districts(store, _place)


def _place(areas: Sequence[bytes], points: Sequence[Point]) -> list[int | None]:
    """Raises PlottingFailed: then it is tried again later."""
    placed = ask(WITHIN, given={"areas": [one.hex() for one in areas], "points": list(points)})
    fits = isinstance(placed, list) and len(placed) == len(points)
    if not fits or not all(one is None or (isinstance(one, int) and 0 <= one < len(areas)) for one in placed):
        raise PlottingFailed("it answered something else than was asked")
    return list(placed)


def draw_case_files(store: Store) -> int:
    """Draws the case files that wait as PDF; how many could be drawn."""
    return draw_files(store, _draw_sheets)


def _draw_sheets(sheets: Sequence[Sheet]) -> list[bytes | None]:
    try:
        answered = ask(FILES, given=list(sheets))
    except PlottingFailed as error:
        _log.error("part_failed", part="plotting", error=str(error))
        return [None] * len(sheets)
    drawn = [_pdf(one) for one in answered] if isinstance(answered, list) else []
    return drawn if len(drawn) == len(sheets) else [None] * len(sheets)


def _pdf(answered: object) -> bytes | None:
    """A PDF of a size that can be; nothing else is believed."""
    if not isinstance(answered, str) or len(answered) > _MOST_PDF:
        return None
    try:
        pdf = base64.b64decode(answered, validate=True)
    except ValueError:
        return None
    return pdf if pdf.startswith(b"%PDF-") else None
