"""GET and POST /at-home/alerts/ID: what was noticed, in plain words, until when to answer, and the answer."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from codes.regime import Regime
from codes.regimes import in_force
from language.moments import when
from monitoring.cases.watched import WatchedCase
from monitoring.home.appealing import appealable
from monitoring.home.replying import reply
from monitoring.home.standing import alert_of, facts_behind, replies_to
from store import Store, Work
from web.once import Answer, send_once, told
from web.patient.entering import acting_case, actor, seen_case, sender_id
from web.patient.forms import ReplyForm
from web.patient.home_pages import CHANNEL
from web.patient.showing import shown_alert
from web.patient.wording import outcome_words
from web.wording import sentence
from web.words import _


def add_alert_pages(blueprint: Blueprint, store: Store) -> None:
    """/at-home/alerts/ID."""

    @blueprint.get("/at-home/alerts/<alert_id>")
    def alert(alert_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work, seen_case(work), alert_id, ReplyForm(formdata=None))

    @blueprint.post("/at-home/alerts/<alert_id>", endpoint="reply")
    def answer(alert_id: str) -> ResponseReturnValue:
        return send_once(store, sender_id(), lambda work: _reply(work, alert_id))


def _reply(work: Work, alert_id: str) -> Answer:
    case, form = acting_case(work), ReplyForm()
    if not form.validate():
        abort(Response(_page(work, case, alert_id, form), 422))
    in_time = reply(work, case, alert_id, CHANNEL, form.text.data.strip(), actor())
    if in_time is None:
        abort(404)
    return Answer(url_for("pages.patient.alert", alert_id=alert_id), "replied" if in_time else "late")


def _page(work: Work, case: WatchedCase, alert_id: str, form: ReplyForm) -> str:
    row = alert_of(work, case, alert_id)
    if row is None:
        abort(404)
    regime = in_force(work).regime
    return render_template(
        "patient/alert.html",
        one=shown_alert(work, regime, row),
        facts=[shown_fact(work, regime, fact.what, row_of) for fact, row_of in facts_behind(work, row)],
        replies=[(when(at, regime, work.now), words) for at, words in replies_to(work, case, alert_id)],
        words=case.opened(f"alert.words.{row.id}", row.words_sealed),
        appeal=any(found.about.id == row.id for found in appealable(work, regime, [case])),
        form=form,
        answer=told(work, sender_id()),
        sos=regime.isolation.sos_number,
    )


def shown_fact(work: Work, regime: Regime, what: str, row: Row[Any]) -> str:
    """One thing that was noticed, in a sentence or two."""
    if what == "departure":
        return _departed(work, regime, row)
    asked = when(row.asked_at or row.planned_at, regime, work.now)
    said = {
        "missed": _("To the check of {moment} no answer came in time.", moment=asked),
        "failed": _("Your answer to the check of {moment} did not fit.", moment=asked),
        "unclear": _("Your answer to the check of {moment} could not be made out.", moment=asked),
        "excused": _("The check of {moment} does not count any more.", moment=asked),
    }
    why = outcome_words(row.outcome) if row.state in said else ""
    return " ".join(filter(None, (said.get(row.state, _("A check at {moment}.", moment=asked)), sentence(why))))


def _departed(work: Work, regime: Regime, row: Row[Any]) -> str:
    """In bands: a position itself is not kept, and nobody could show it."""
    left, band = when(row.left_at, regime, work.now), row.distance_band.replace("-", "–")
    said = _(
        "From about {moment} on your telephone said that it is not at home, but {band} m away.", moment=left, band=band
    )
    minutes = max(row.span_s // 60, 1)
    rests = _("Positions it rests on: {count}, within {minutes} min.", count=row.fixes, minutes=minutes)
    back = _("Back at {moment}.", moment=when(row.back_at, regime, work.now)) if row.back_at else ""
    return " ".join(filter(None, (said, rests, back)))
