"""One alert as its page shows it, all of it in words."""

from datetime import datetime
from typing import Any

from flask import render_template
from sqlalchemy import Row

from codes.regime import Regime
from codes.review.taking import holds
from language.moments import when
from monitoring.alerts import DOUBTS
from monitoring.cases.watched import WatchedCase
from monitoring.duty.deciding import ALERT, Decision, WhyNot, held_alert, why_not
from monitoring.duty.opening import OpenedAlert, Said, opened
from monitoring.patients.words import ANSWERED_WITHIN
from store import Work
from web.clinic.wording import CIRCUMSTANCES
from web.duty.evidence import shown_answer, shown_fact
from web.duty.forms import DecisionForm
from web.duty.timeline import timeline
from web.duty.wording import (
    CHANNELS,
    DECISIONS,
    KINDS,
    POSITIONS,
    URGENCIES,
    WHY_NOT,
    WORDS,
)
from web.once import told
from web.review.wording import waited
from web.visitor import visitor
from web.wording import language_name
from web.words import _, counted


def alert_page(work: Work, opened: OpenedAlert, form: Any) -> str:
    """The page of an alert that is theirs, with what was typed and is wrong."""
    barred = _barred(work, opened)
    shown = form or DecisionForm(_possible(barred), formdata=None, prefix="decide-")
    return render_template(
        "duty/alert.html",
        one=shown_alert(work, opened),
        decide=shown,
        never=_(WHY_NOT[WhyNot.NO_DOUBT]) if any(WhyNot.NO_DOUBT in whys for whys in barred.values()) else "",
        barred=[
            (_(DECISIONS[one]), [_(WHY_NOT[why]) for why in whys])
            for one, whys in barred.items()
            if whys and WhyNot.NO_DOUBT not in whys
        ],
        answer=told(work, visitor().id),
        **({"form": form} if form is not None and form.errors else {}),
    )


def decision_shown(work: Work, alert_id: str) -> dict[str, Any] | None:
    """Why an alert was decided so, and what it rests on, for who answers an appeal from it.

    None where nothing of it is known any more; whoever shows it notes the look.
    """
    found = opened(work, alert_id)
    if found is None or not found.alert.decision:
        return None
    return {
        "reason": found.reason,
        "facts": [shown_fact(found, one, work.now) for one in found.weighed],
        "said": [_said(one, found.regime, work.now) for one in found.said],
    }


def their_alert(work: Work, alert_id: str) -> tuple[Row[Any], WatchedCase] | None:
    """An alert that the visitor is at, with its case; nobody else changes either to the end of the work."""
    return held_alert(work, alert_id) if holds(work, ALERT, alert_id, visitor().actor) else None


def possible_decisions(work: Work, opened: OpenedAlert) -> tuple[Decision, ...]:
    """What the visitor could decide now."""
    return _possible(_barred(work, opened))


def _barred(work: Work, opened: OpenedAlert) -> dict[Decision, tuple[WhyNot, ...]]:
    return {one: why_not(work, opened.alert, opened.case, one, visitor().actor) for one in Decision}


def _possible(barred: dict[Decision, tuple[WhyNot, ...]]) -> tuple[Decision, ...]:
    return tuple(one for one, whys in barred.items() if not whys)


def shown_alert(work: Work, opened: OpenedAlert) -> dict[str, Any]:
    """An alert that is opened."""
    alert, case, regime, now = opened.alert, opened.case, opened.regime, work.now
    return {
        "id": alert.id,
        "kind": _(KINDS[alert.kind]),
        "urgency": _(URGENCIES[alert.urgency][0]),
        "colour": URGENCIES[alert.urgency][1],
        "help": alert.kind == "sos",
        "doubt": alert.kind in DOUBTS,
        "visit": alert.kind == "visit",
        "raised": when(alert.raised_at, regime, now),
        "waited": waited(now - alert.raised_at),
        "happened": _happened(opened),
        "facts": [shown_fact(opened, one, now) for one in opened.weighed],
        "two": opened.two,
        "two_ripe": opened.two_ripe,
        "told": when(alert.told_at, regime, now) if alert.told_at else "",
        "untold": alert.untold_at is not None,
        "answered": when(alert.answered_at, regime, now) if alert.answered_at else "",
        "checks": [
            shown_answer(opened, one, now)
            for one in opened.answered
            if one.check.means == "link" and one.check.answered_at
        ],
        "reference": opened.reference.id if opened.reference else "",
        "said": [_said(one, regime, now) for one in opened.said],
        "timeline": timeline(work, opened),
        "before": [_before(one, regime) for one in opened.before],
        **_patient(opened),
        "paused": when(case.paused_at, regime, now) if case.paused_at else "",
        "promised": when(case.paused_at + ANSWERED_WITHIN, regime, now) if case.paused_at else "",
        "pause": _(WORDS[case.pause_kind or "other"]),
    }


def _patient(opened: OpenedAlert) -> dict[str, Any]:
    case, phone, regime = opened.case, opened.phone, opened.regime
    return {
        "name": opened.person.name or _("no name on file"),
        "tail": opened.person.document_tail,
        "number": phone.number if phone else "",
        "language": language_name((phone.language if phone else None) or regime.default_language),
        "address": case.details.address,
        "note": case.details.note,
        "circumstances": [_(CIRCUMSTANCES[one]) for one in case.details.circumstances],
        "until": when(case.ends_at, regime) if case.ends_at else "",
        "no_position": _no_position(opened),
        "closed": case.closed_at is not None,
    }


def _no_position(opened: OpenedAlert) -> str:
    """Of a browser that reports, or would: one of three reasons, none of which is held against anybody."""
    if opened.no_position is None:
        return ""
    why, since = opened.no_position
    return _("{words}, since {moment}", words=_(POSITIONS[why]), moment=when(since, opened.regime))


def _happened(opened: OpenedAlert) -> str:
    """What it is about, in a sentence."""
    alert = opened.alert
    said = {
        "sos": _("The patient asks for help. Ring them, and if need be the emergency number, before anything else."),
        "pause": _("The patient says why they can't answer, or can't be at home. Nothing is asked until you decide."),
        "no_contact": _("Nobody knows how the patient is: texts don't arrive, or the app stopped reporting."),
        "not_enrolled": _("The patient has not opened their page in time. That is no offence: help them."),
        "consent_withdrawn": _("The patient took their consent back. Nothing is asked any more; speak with them."),
        "phone_not_returned": _("A lent telephone should have come back."),
        "appeal_upheld": _("An appeal was upheld: this case should not have been opened. Have the clinic close it."),
        "not_told": _("Nobody heard on our calls what the patient is to be told. Tell them yourself."),
        "call_wanted": _("The patient wants a person to ring them. Tell them what they have not heard yet."),
        "visit": _("Somebody is to go and see the patient. Note here what they found."),
    }
    if alert.kind in said:
        return said[alert.kind]
    facts = counted("{count} fact raises a doubt.", "{count} facts raise a doubt.", len(opened.weighed))
    return f"{facts} {_('None of them is proof: hear the patient first.')}"


def _said(one: Said, regime: Regime, now: datetime) -> dict[str, Any]:
    return {
        "kind": _(WORDS[one.kind]),
        "channel": _(CHANNELS[one.channel]),
        "words": one.words,
        "at": when(one.said_at, regime, now),
    }


def _before(one: Row[Any], regime: Regime) -> str:
    at = when(one.decided_at, regime)
    said = f"{_(KINDS[one.kind])}: {_(DECISIONS[one.decision])}, {at}"
    return f"{said} ({_('overturned')})" if one.overturned_at else said
