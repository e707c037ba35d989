"""Draws the plots that pages asked for (`codes.counts.plots`), by the processes that `plotting.process` starts."""

from collections.abc import Sequence

import structlog

from codes.counts.plots import NotDrawn, Request, draw_plots
from plotting.process import CHARTS, MAPS, PlottingFailed, draw
from store import Store

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
