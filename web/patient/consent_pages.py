"""/at-home/consent: what a patient agreed to, what follows where they take it back, asked once more; how it works."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from language.examples import name_in
from language.moments import when
from monitoring.cases.consent import KnownConsent, consent_text, consents_of
from monitoring.cases.watched import WatchedCase
from monitoring.home.links import agrees
from monitoring.home.withdrawing import withdraw_consent
from store import Store, Work
from web.once import Answer, send_once
from web.patient.entering import acting_case, actor, seen_case, sender_id
from web.patient.forms import said_beside
from web.patient.home_pages import CHANNEL
from web.words import spoken


def add_consent_pages(blueprint: Blueprint, store: Store) -> None:
    """/at-home/welcome, /at-home/consent and /at-home/consent/back."""

    @blueprint.get("/at-home/welcome")
    def welcome() -> ResponseReturnValue:
        with store.reading() as work:
            case, regime = seen_case(work), in_force(work).regime
            return render_template("patient/welcome.html", means=case.means, **_asked(regime))

    @blueprint.get("/at-home/consent")
    def consent() -> ResponseReturnValue:
        with store.reading() as work:
            case, regime = seen_case(work), in_force(work).regime
            given = [_shown(work, regime, one) for one in consents_of(work, case)]
            return render_template("patient/consent.html", given=given, agreed=agrees(work, case.id))

    @blueprint.get("/at-home/consent/back")
    def ask_withdraw() -> ResponseReturnValue:
        with store.reading() as work:
            if not agrees(work, seen_case(work).id):
                return redirect(url_for("pages.patient.consent"), 303)
            return render_template("patient/withdraw.html")

    @blueprint.post("/at-home/consent/back")
    def withdraw() -> ResponseReturnValue:
        return send_once(store, sender_id(), lambda work: _withdrawn(work, acting_case(work)))


def _withdrawn(work: Work, case: WatchedCase) -> Answer:
    taken = withdraw_consent(work, case, CHANNEL, said_beside(), actor())
    return Answer(url_for("pages.patient.home"), "withdrawn" if taken else "")


def _asked(regime: Regime) -> dict[str, Any]:
    """What the order asks of everybody at home."""
    isolation = regime.isolation
    return {
        "most_a_day": isolation.checks_a_day,
        "window": isolation.window_minutes,
        "quiet_from": f"{isolation.quiet_from:%H:%M}",
        "quiet_until": f"{isolation.quiet_until:%H:%M}",
        "answer_hours": isolation.answer_hours,
        "days": isolation.appeal_days,
        "sos": isolation.sos_number,
        "number": regime.number,
        "authority": name_in(isolation.authority, spoken(), regime),
    }


def _shown(work: Work, regime: Regime, one: KnownConsent) -> dict[str, Any]:
    """One consent: the very words, in the language they were agreed to in."""
    text = consent_text(one.language, one.version)
    return {
        "version": one.version,
        "language": text.language,
        "paragraphs": text.paragraphs,
        "signed": one.way == "signed",
        "given": when(one.given_at, regime, work.now),
        "back": when(one.withdrawn_at, regime, work.now) if one.withdrawn_at else "",
    }
