"""What a duty officer decides: shown first as it will go out, then done once."""

from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from language.wording import say
from monitoring.duty.deciding import (
    Decided,
    Decision,
    Given,
    decide,
    fields_of,
    is_told,
    template_of,
)
from monitoring.duty.opening import OpenedAlert, mark_of, open_alert
from store import Store, Work
from web.duty.alert_pages import LIST, ONE
from web.duty.forms import DecisionForm
from web.duty.showing import alert_page, possible_decisions, their_alert
from web.duty.wording import DECISIONS, KINDS
from web.once import Answer, send_once
from web.review.wording import billed
from web.visitor import visitor
from web.words import _

SEEN: Final = "seen"
"""The field by which a decision says what it was looked at with."""


def add_deciding_pages(blueprint: Blueprint, store: Store) -> None:
    """POST /duty/alerts/ID/decide."""

    @blueprint.post("/duty/alerts/<alert_id>/decide", endpoint="decide")
    def decide_it(alert_id: str) -> ResponseReturnValue:
        with store.work() as work:
            opened = open_alert(work, alert_id, visitor().actor)
            if opened is None or opened.alert.decided_at is not None:
                return redirect(url_for(ONE, alert_id=alert_id), 303)
            form = DecisionForm(possible_decisions(work, opened), prefix="decide-")
            if not form.validate():
                return alert_page(work, opened, form), 422
            if "change" in request.form:
                return alert_page(work, opened, form)
            if "sure" not in request.form:
                return _preview(work, opened, form)
        given, seen = _given(form), request.form.get(SEEN, "")
        return send_once(store, visitor().id, lambda work: _decided(work, alert_id, given, seen))


def _given(form: Any) -> Given:
    words, reason = (form.words.data or "").strip(), (form.reason.data or "").strip()
    return Given(Decision(form.decision.data), reason, words, bool(form.false_alarm.data))


def _decided(work: Work, alert_id: str, given: Given, seen: str) -> Answer:
    """Not where the patient answered, or something else came, after it was looked at."""
    here, found = url_for(ONE, alert_id=alert_id), their_alert(work, alert_id)
    if found is None:
        return Answer(here, "taken_before")
    if seen != mark_of(work, found[0]):
        return Answer(here, "not_decided")
    outcome = decide(work, alert_id, given, visitor().actor)
    if not isinstance(outcome, Decided):
        return Answer(here, "not_decided")
    to = here if given.decision is Decision.VIOLATION else url_for(LIST)
    return Answer(to, "decided" if outcome.message_id else "decided_silently")


def _preview(work: Work, opened: OpenedAlert, form: Any) -> str:
    given, phone = _given(form), opened.phone
    language = (phone.language if phone else None) or opened.regime.default_language
    text = ""
    if phone is not None and is_told(opened.alert, given):
        fields = fields_of(work, given.decision, given.words, opened.regime)
        text = say(template_of(opened.alert, given.decision), language, opened.regime, **fields)
    fields = {
        SEEN: mark_of(work, opened.alert),
        "decide-decision": str(given.decision),
        "decide-reason": given.reason,
        "decide-words": given.words,
        **({"decide-false_alarm": "y"} if given.false_alarm else {}),
    }
    return render_template(
        "duty/sure.html",
        alert_id=opened.alert.id,
        kind=_(KINDS[opened.alert.kind]),
        decision=_(DECISIONS[given.decision]),
        reason=given.reason,
        false_alarm=given.false_alarm,
        text=text,
        billed=billed(text) if text else "",
        language=language,
        unreachable=phone is None,
        fields=fields,
    )
