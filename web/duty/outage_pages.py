"""Outages set by hand: what lies inside counts against nobody, also what was missed before it was noted."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from codes.review.taking import names_of
from language.moments import when
from monitoring.outages import begin_outage, outages, stop_outage
from store import Store, Work
from web.duty.forms import OutageForm
from web.duty.wording import OUTAGES, actor_words
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

LIST = "pages.duty.outages"
_LATELY = timedelta(days=30)
_FAR = timedelta(days=31)
"""So far back and ahead one can be noted: with a wrong year all that was ever missed would be excused."""
_WRITTEN = ("%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")


def add_outage_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /duty/outages, and POST /duty/outages/ID/end."""

    @blueprint.get("/duty/outages", endpoint="outages")
    def listed() -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work, OutageForm(formdata=None, prefix="outage-"))

    @blueprint.post("/duty/outages", endpoint="begin_outage")
    def begin() -> ResponseReturnValue:
        form = OutageForm(prefix="outage-")
        with store.reading() as work:
            span = _span(form, in_force(work).regime, work.now) if form.validate() else None
            if span is None:
                return _page(work, form), 422
        starts, ends = span
        given = (form.kind.data, starts, visitor().actor, ends, (form.note.data or "").strip())

        def act(work: Work) -> Answer:
            begin_outage(work, *given)
            return Answer(url_for(LIST), "outage_begun")

        return send_once(store, visitor().id, act)

    @blueprint.post("/duty/outages/<outage_id>/end", endpoint="end_outage")
    def end(outage_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            return Answer(url_for(LIST), f"outage_{stop_outage(work, outage_id, visitor().actor)}")

        return send_once(store, visitor().id, act)


def _span(form: Any, regime: Regime, now: datetime) -> tuple[datetime, datetime | None] | None:
    """From when until when; None where one can't be read, which the form says then."""
    starts = _read(form.starts.data, regime, now)
    written = (form.ends.data or "").strip()
    ends = _read(written, regime, now) if written else None
    if starts is None:
        form.refuse("starts", _("Write day and time like 24.11.2026 14:05, at most a month from today"))
    if written and ends is None:
        form.refuse("ends", _("Write day and time like 24.11.2026 14:05, at most a month from today"))
    elif starts and ends and ends <= starts:
        form.refuse("ends", _("It ends after it begins"))
    return (starts, ends) if starts and not form.ends.errors else None


def _read(written: str, regime: Regime, now: datetime) -> datetime | None:
    today = now.astimezone(regime.zone).replace(tzinfo=None)
    for shape in _WRITTEN:
        try:
            wall = datetime.strptime(" ".join(written.split()), shape)  # noqa: DTZ007 - a wall clock's, read as such
        except ValueError:
            continue
        return wall.replace(tzinfo=regime.zone) if abs(wall - today) <= _FAR else None
    return None


def _page(work: Work, form: Any) -> str:
    regime, rows = in_force(work).regime, outages(work, work.now - _LATELY)
    names = names_of(work, {row.raised_by for row in rows})
    shown = [
        {
            "id": row.id,
            "kind": _(OUTAGES[row.kind]),
            "starts": when(row.starts_at, regime),
            "ends": when(row.ends_at, regime) if row.ends_at else "",
            "by": actor_words(names[row.raised_by]),
            "note": row.note,
            "begun": row.starts_at < work.now,
            "over": row.ends_at is not None and row.ends_at <= work.now,
        }
        for row in rows
    ]
    wrong = {"form": form} if form.errors else {}
    return render_template("duty/outages.html", rows=shown, outage=form, answer=told(work, visitor().id), **wrong)
