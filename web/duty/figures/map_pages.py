"""GET /duty/map: people at home by district, as a map, a table and CSV. No number is under ten, and none is exact."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from codes.counts.districts import short_name
from codes.counts.layers import DISTRICTS, KnownLayer, layer
from codes.regimes import in_force
from language.moments import when
from monitoring.figures.counted import LEAST
from monitoring.figures.districts import ELSEWHERE, STEP, AtHome, people_by_district
from store import Store
from web.admin.figures.tables import Row, Section, Told
from web.duty.figures.pages import FEW, told_number, waiting_keys
from web.duty.figures.sections import sheet_rows
from web.figures.charts import Request, pictures
from web.figures.numbers import number, thousands
from web.sheets import csv_answer
from web.words import _

_MAP = "people_at_home"


def add_map_pages(blueprint: Blueprint, store: Store) -> None:
    """The map, and its table as a file."""

    @blueprint.get("/duty/map", endpoint="map")
    def shown() -> ResponseReturnValue:
        part, at = _counted(store)
        drawn = pictures(store, {_MAP: part.plot}) if part.plot is not None else {}
        values: dict[str, Any] = {"drawn": drawn.get(_MAP), "waiting": waiting_keys(drawn), "number": told_number}
        return render_template("duty/map.html", part=part, at=at, least=LEAST, step=STEP, **values)

    @blueprint.get("/duty/map.csv", endpoint="map_sheet")
    def sheet() -> ResponseReturnValue:
        part, _at = _counted(store)
        return csv_answer("passline-home-districts.csv", part.csv_head, sheet_rows(part, FEW))


def _counted(store: Store) -> tuple[Section, str]:
    """The table, with the map it is drawn as, and when it was counted."""
    with store.reading() as work:
        found, known = people_by_district(work), layer(work, DISTRICTS)
        at = when(found[0].counted_at, in_force(work).regime) if found else ""
    rows = [Row(one.name or "elsewhere", one.name or _("In no district"), [_band(one)]) for one in found]
    told = Told(_MAP, _("People at home by district"), _says(found))
    heads = [("people", _("People at home"))]
    return Section(told, ("district", _("District")), heads, rows, _plot(found, known)), at


def _says(found: Sequence[AtHome]) -> str:
    least = sum(one.least or 0 for one in found)
    if not least:
        return _("In no district are there as many that a number could be shown.")
    return _("At home in the districts that are shown: {count} people at least.", count=number(least))


def _band(one: AtHome) -> str | None:
    """``15–19``."""
    return None if one.least is None else f"{number(one.least)}–{number(one.least + STEP - 1)}"


def _plot(found: Sequence[AtHome], known: KnownLayer | None) -> Request | None:
    """The map of those that are shown; None where none is."""
    if known is None or not any(one.least for one in found if one.name != ELSEWHERE):
        return None
    few = _("under {least}, or hidden with one", least=LEAST)
    areas = [
        {"name": one.name, "short": short_name(one.name), "value": one.least, "label": _band(one) or _("hidden")}
        for one in found
        if one.name != ELSEWHERE
    ]
    drawn = {"kind": "map", "layer": DISTRICTS, "version": known.version, "areas": areas}
    return {**drawn, "few": few, "least": LEAST, "step": STEP, "thousands": thousands()}
