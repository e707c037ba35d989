"""GET /duty/figures: a month in plots, tables and CSV. Nothing is told of fewer than ten people."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.counts.plots import drawn_or_given_up
from codes.regimes import in_force
from monitoring.figures.counted import LEAST
from store import Store
from store.patience import take_time
from web.admin.figures.tables import Cell, Section
from web.duty.figures.months import Month, chosen, months
from web.duty.figures.sections import by_name, sections, sheet_rows
from web.figures.charts import Picture, pictures
from web.figures.numbers import number
from web.figures.serving import svg_answer, zip_answer
from web.sheets import csv_answer
from web.words import _

FEW = f"<{LEAST} or hidden"
"""In a CSV."""
PAGE = "pages.duty.figures"
_KEY = 20


def add_figure_pages(blueprint: Blueprint, store: Store) -> None:
    """The page, its plots, and its tables as files."""

    @blueprint.get("/duty/figures", endpoint="figures")
    def shown() -> ResponseReturnValue:
        month, known, parts = _seen(store)
        drawn = pictures(store, {one.told.name: one.plot for one in parts if one.plot is not None})
        links = [(one.label, url_for(PAGE, month=one.key), one == month) for one in known]
        values = {"parts": parts, "drawn": drawn, "waiting": waiting_keys(drawn), "number": told_number}
        return render_template("duty/figures.html", month=month, links=links, least=LEAST, **values)

    @blueprint.get("/duty/figures/drawn", endpoint="figures_drawn")
    def are_drawn() -> ResponseReturnValue:
        """Has an open page loaded again once all that it waits for is there."""
        keys = [key for key in request.args.get("keys", "").split(",") if len(key) == _KEY][:32]
        with store.reading() as work:
            ready = drawn_or_given_up(work, keys)
        return Response("", headers={"HX-Refresh": "true"} if ready else {})

    @blueprint.get("/duty/figures/plots/<key>.svg", endpoint="figures_plot")
    def plot(key: str) -> ResponseReturnValue:
        return svg_answer(store, key)

    @blueprint.get("/duty/figures/<name>.csv", endpoint="figures_sheet")
    def sheet(name: str) -> ResponseReturnValue:
        month, _known, parts = _seen(store)
        part = by_name(parts).get(name) or abort(404)
        return csv_answer(f"passline-home-{name}-{month.key}.csv", part.csv_head, sheet_rows(part, FEW))

    @blueprint.get("/duty/figures/all.zip", endpoint="figures_everything")
    def everything() -> ResponseReturnValue:
        month, _known, parts = _seen(store)
        sheets = {name: (one.csv_head, sheet_rows(one, FEW)) for name, one in by_name(parts).items()}
        return zip_answer(f"passline-home-all-{month.key}.zip", sheets)


def _seen(store: Store) -> tuple[Month, Sequence[Month], list[Section]]:
    """The month that is asked for, those there are, and what is told of it."""
    with store.reading() as work:
        take_time(work.connection)
        zone = in_force(work).regime.zone
        known = months(work.now.astimezone(zone).date())
        month = chosen(request.args.get("month", ""), known)
        return month, known, sections(work, *month.span(zone))


def told_number(value: Cell) -> str:
    """A number; a word where it is of too few people, or would give such a one away."""
    return _("hidden") if value is None else number(value) if isinstance(value, int) else value


def waiting_keys(drawn: dict[str, Picture]) -> str:
    """The plots that are being drawn, for the page to ask for."""
    found: list[Any] = [one for one in drawn.values() if not one.drawn and not one.given_up]
    return ",".join(key for one in found for key in (one.wide, one.narrow))
