"""The daily figures for the public: a page, JSON and CSV, of what `codes.counts.publishing` lets be seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from codes.counts.plots import key_of
from codes.counts.publishing import published
from store import Store
from web.figures.charts import Request, Series, bars, pictures
from web.figures.numbers import NARROW_SPACE, milliseconds, number, short_day, written_day
from web.figures.serving import svg_answer
from web.figures.wording import REFUSALS, VERDICTS, say
from web.sheets import csv_answer
from web.words import LANGUAGES, _, spoken, spoken_by_browser

Day = Mapping[str, Any]
"""`codes.counts.publishing.PublicDay` as JSON has it."""
_FRESH = "public, max-age=300"
_PLAIN = ("passes", "texts_understood", "texts_not_understood", "answer_p50_ms", "answer_p95_ms")
_PARTED = ("refused", "inspections")


def public_blueprint(store: Store) -> Blueprint:
    """GET /figures, /figures.json, /figures.csv, and the plot."""
    blueprint = Blueprint("public", __name__)
    blueprint.before_request(_choose_language)
    blueprint.after_request(_let_keep)
    _add_page(blueprint, store)
    _add_files(blueprint, store)
    return blueprint


def _choose_language() -> None:
    """That of the address, else the browser's: no cookie is read, so that copies may be kept for all."""
    asked = request.args.get("language", "")
    g.language = asked if asked in LANGUAGES else spoken_by_browser()


def _let_keep(response: Response) -> Response:
    if response.status_code == 200:
        response.headers.setdefault("Cache-Control", _FRESH)
        response.headers["Vary"] = "Accept-Language"
        response.add_etag()
        response.make_conditional(request)
    return response


def _add_page(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/figures")
    def figures() -> ResponseReturnValue:
        found = _published(store)
        if found is None or found["latest_day"] is None:
            return make_response(render_template("public/nothing.html"), 503, {"Retry-After": "3600"})
        plot = pictures(store, {"passes": _plot(found)})["passes"]
        page = make_response(render_template("public/figures.html", plot=plot, **_shown(found)))
        if not plot.drawn:
            page.headers["Cache-Control"] = "no-store"  # the next one has it
        return page

    @blueprint.get("/figures/passes-<size>.svg")
    def figures_plot(size: str) -> ResponseReturnValue:
        """The plot of the document as it is now, and no other one that staff may have."""
        found = _published(store)
        if found is None or size not in ("wide", "narrow"):
            abort(404)
        return svg_answer(store, key_of({**_plot(found), "narrow": size == "narrow"}))


def _add_files(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/figures.json")
    def figures_json() -> ResponseReturnValue:
        return jsonify(_published(store) or abort(503))

    @blueprint.get("/figures.csv")
    def figures_csv() -> ResponseReturnValue:
        found = _published(store) or abort(503)
        lines = [line for day in found["days"] for line in _lines(day)]
        return csv_answer("passline-figures.csv", ("date", "figure", "part", "value"), lines)


def _published(store: Store) -> dict[str, Any] | None:
    with store.reading() as work:
        return published(work)


def _plot(found: Mapping[str, Any]) -> Request:
    days = found["days"]
    values = [day["passes"] or 0 for day in days]
    return bars([short_day(date.fromisoformat(day["date"])) for day in days], [Series(_("Passes"), values)])


def _shown(found: Mapping[str, Any]) -> dict[str, Any]:
    latest, month = found["latest_day"], found["last_30_days"]
    return {
        "made": f"{datetime.fromisoformat(found['made_at']):%d.%m.%Y %H:%M}",
        "day": written_day(date.fromisoformat(latest["date"])),
        "days": month["days"],
        "big": [(title, told(latest), told(month)) for title, told in _bigs()],
        "refused": _parts(latest, month, "refused", REFUSALS),
        "inspections": _parts(latest, month, "inspections", VERDICTS),
        "least": found["hidden_under"],
        "rows": [(written_day(date.fromisoformat(one["date"])), _count(one["passes"])) for one in found["days"]],
    }


def _bigs() -> Sequence[tuple[str, Callable[[Day], str]]]:
    return [
        (_("Passes issued"), lambda day: _count(day["passes"])),
        (_("Texts understood"), lambda day: _share(day["share_understood"])),
        (_("Half of all answers within"), lambda day: milliseconds(day["answer_p50_ms"])),
        (_("95 of 100 answers within"), lambda day: milliseconds(day["answer_p95_ms"])),
    ]


def _parts(latest: Day, month: Day, name: str, words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Those that can be seen of the day or of the month, the most frequent first."""
    parts = sorted({*latest[name], *month[name]}, key=lambda part: -month[name].get(part, 0))
    return [(say(words, part), _count(latest[name].get(part)), _count(month[name].get(part))) for part in parts]


def _count(count: int | None) -> str:
    return _("fewer than 10") if count is None else number(count)


def _share(share: Mapping[str, Any] | None) -> str:
    if share is None:
        return "–"
    space = "" if spoken() == "en" else NARROW_SPACE
    said = f"{share['percent']}{space}%"
    return _("at least {share}", share=said) if share["at_least"] else said


def _lines(day: Day) -> Iterator[tuple[str, str, str, Any]]:
    """Of the CSV; what is hidden has no value."""
    for name in _PLAIN:
        yield day["date"], name, "", day[name]
    share = day["share_understood"]
    part = "at_least" if share and share["at_least"] else ""
    yield day["date"], "share_understood_percent", part, share["percent"] if share else None
    for name in _PARTED:
        for one, count in day[name].items():
            yield day["date"], name, one, count
