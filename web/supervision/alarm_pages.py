"""Alarms about agents and officers who looked up too much; a supervisor looks into them."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.desk.alarms import THRESHOLDS, Alarm, Kind, LookedInto, alarms, looked_into, settle
from codes.regime import Regime
from codes.regimes import in_force
from language.moments import when
from store import Store, Work
from web.once import Answer, send_once, told
from web.supervision.forms import LookedIntoForm
from web.supervision.wording import ALARMS, of_officer, whom_words
from web.visitor import visitor
from web.words import _


def add_alarm_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /desk/alarms and POST /desk/alarms/KIND/ID."""

    @blueprint.get("/desk/alarms", endpoint="alarms")
    def show_alarms() -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work)

    @blueprint.post("/desk/alarms/<kind>/<subject>")
    def look_into(kind: str, subject: str) -> ResponseReturnValue:
        if kind not in [str(one) for one in Kind]:
            abort(404)
        form = LookedIntoForm(prefix=_prefix(kind, subject))
        if not form.validate():
            with store.reading() as work:
                return _page(work, form), 422

        def act(work: Work) -> Answer:
            became = settle(work, Kind(kind), subject, visitor().id, form.note.data.strip())
            return Answer(url_for("pages.supervision.alarms"), f"alarm_{became}")

        return send_once(store, visitor().id, act)


def _page(work: Work, failed: LookedIntoForm | None = None) -> str:
    regime = in_force(work).regime
    return render_template(
        "supervision/alarms.html",
        answer=told(work, visitor().id),
        alarms=[_shown(work, one, regime, failed) for one in alarms(work)],
        looked_into=[_settled(work, one, regime) for one in looked_into(work)],
        **({"form": failed} if failed else {}),
    )


def _shown(work: Work, one: Alarm, regime: Regime, failed: LookedIntoForm | None) -> dict[str, Any]:
    title, why = ALARMS[one.kind]
    prefix = _prefix(str(one.kind), one.whom.id)
    mine = failed if failed is not None and failed.note.name.startswith(prefix) else None
    return {
        "kind": str(one.kind),
        "subject": one.whom.id,
        "title": _(title),
        "why": _(why, threshold=THRESHOLDS[one.kind]),
        "whom": whom_words(one.whom),
        "officer": of_officer(one),
        "count": one.count,
        "first": when(one.first_at, regime, work.now),
        "last": when(one.last_at, regime, work.now),
        "own": one.whom.id == visitor().id,
        "form": mine or LookedIntoForm(formdata=None, prefix=prefix),
    }


def _settled(work: Work, one: LookedInto, regime: Regime) -> dict[str, Any]:
    return {
        "title": _(ALARMS[one.kind][0]),
        "whom": whom_words(one.whom),
        "count": one.count,
        "at": when(one.settled_at, regime, work.now),
        "by": one.by,
        "note": one.note,
    }


def _prefix(kind: str, subject: str) -> str:
    return f"{kind}-{subject}-"
