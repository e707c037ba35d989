"""GET /admin/figures: a day or a week in plots, tables and CSV."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.counts.plots import drawn_or_given_up
from codes.regimes import in_force
from store import Store
from web.admin.figures.reading import Length, Seen, see
from web.admin.figures.sections import big_numbers, sections
from web.admin.figures.tables import Section
from web.figures.charts import pictures
from web.figures.numbers import number, written_day
from web.figures.serving import svg_answer, zip_answer
from web.sheets import csv_answer
from web.words import _

_KEY = 20
_AGO = timedelta(days=3660)


def add_figure_pages(blueprint: Blueprint, store: Store) -> None:
    """The page, its plots, and its tables as files."""

    @blueprint.get("/admin/figures")
    def figures() -> ResponseReturnValue:
        seen = _seen(store)
        parts = sections(seen)
        drawn = pictures(store, {one.told.name: one.plot for one in parts if one.plot is not None})
        waiting = [
            key for one in drawn.values() if not one.drawn and not one.given_up for key in (one.wide, one.narrow)
        ]
        values = {"parts": parts, "drawn": drawn, "waiting": ",".join(waiting), "number": number}
        return render_template("admin/figures/page.html", big=big_numbers(seen), **values, **_around(seen))

    @blueprint.get("/admin/figures/drawn")
    def figures_drawn() -> ResponseReturnValue:
        """Has an open page loaded again once all that it waits for is there."""
        keys = [key for key in request.args.get("keys", "").split(",") if len(key) == _KEY][:64]
        with store.reading() as work:
            ready = drawn_or_given_up(work, keys)
        return Response("", headers={"HX-Refresh": "true"} if ready else {})

    @blueprint.get("/admin/figures/plots/<key>.svg")
    def figures_plot(key: str) -> ResponseReturnValue:
        return svg_answer(store, key)

    @blueprint.get("/admin/figures/<name>.csv")
    def figures_sheet(name: str) -> ResponseReturnValue:
        seen = _seen(store)
        found: Section | None = next((one for one in sections(seen) if one.told.name == name), None)
        if found is None:
            abort(404)
        return csv_answer(_file_name(seen, name, "csv"), found.csv_head, found.csv_rows())

    @blueprint.get("/admin/figures/all.zip")
    def figures_everything() -> ResponseReturnValue:
        seen = _seen(store)
        sheets = {one.told.name: (one.csv_head, one.csv_rows()) for one in sections(seen)}
        return zip_answer(_file_name(seen, "all", "zip"), sheets)


def _seen(store: Store) -> Seen:
    """What the address asks for: today where it says nothing that could be a day."""
    length = Length.WEEK if request.args.get("length") == Length.WEEK else Length.DAY
    with store.reading() as work:
        zone = in_force(work).regime.zone
        today = work.now.astimezone(zone).date()
        return see(work, _day(request.args.get("day", ""), today), length)


def _day(written: str, today: date) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return today
    return min(max(day, today - _AGO), today)


def _file_name(seen: Seen, name: str, ending: str) -> str:
    return f"passline-{name}-{seen.length}-{seen.day.isoformat()}.{ending}"


def _around(seen: Seen) -> dict[str, Any]:
    """Where one is, and where one can go from there."""
    step = timedelta(days=1 if seen.length is Length.DAY else 7)
    later_day = min(seen.day + step, seen.today)
    return {
        "title": _title(seen),
        "as_of": f"{seen.as_of:%H:%M}" if seen.as_of and seen.day == seen.today else "",
        "counted": seen.as_of is not None,
        "here_day": {"day": seen.day.isoformat(), "length": str(seen.length)},
        "newest": seen.today.isoformat(),
        "is_week": seen.length is Length.WEEK,
        "links": [
            (_("Today"), _at(seen.today, Length.DAY)),
            (_("Yesterday"), _at(seen.today - timedelta(days=1), Length.DAY)),
            (_("The last seven days"), _at(seen.today, Length.WEEK)),
        ],
        "earlier": _at(seen.day - step, seen.length),
        "later": _at(later_day, seen.length) if later_day > seen.day else "",
    }


def _title(seen: Seen) -> str:
    if seen.length is Length.WEEK:
        first = seen.day - timedelta(days=6)
        return _("{first} to {last}", first=written_day(first), last=written_day(seen.day))
    names = {seen.today: _("Today"), seen.today - timedelta(days=1): _("Yesterday")}
    return f"{names[seen.day]}, {written_day(seen.day)}" if seen.day in names else written_day(seen.day)


def _at(day: date, length: Length) -> str:
    return url_for("pages.admin.figures", day=day.isoformat(), length=str(length))
