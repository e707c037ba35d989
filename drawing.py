"""Draws the plots that pages asked for (`codes.counts.plots`), by the processes that `plotting.process` starts."""

import base64
from collections.abc import Sequence
from typing import Final

import structlog

from codes.counts.plots import NotDrawn, Request, draw_plots
from monitoring.duty.files import Sheet, draw_files
from plotting.process import CHARTS, FILES, MAPS, PlottingFailed, ask, draw
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
