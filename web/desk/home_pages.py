"""Somebody at home on the line: what may be told them, and what they say, kept as if they had texted it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from codes.desk.attending import Attended, attend
from codes.looking import note_look
from language.at_home import Word
from language.moments import when
from language.visible import visible
from monitoring.cases.watched import WatchedCase, cases_on, held_case
from monitoring.home.links import agrees
from monitoring.home.withdrawing import withdraw_consent
from monitoring.patients.words import ANSWERED_WITHIN, PAUSES, say, waits_for_answer
from store import Store, Work
from web.desk.wording import AT_HOME, masked_person
from web.forms import PageForm
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import _, later

REPLY: Final = "reply"
CHANNEL: Final = "voice"
_ALWAYS: Final = ("home", *PAUSES, "sos")
_LONGEST: Final = 1000
SAID: Mapping[str, str] = MappingProxyType(
    {
        "home": "told_home",
        "sos": "told_sos",
        REPLY: "told_reply",
        Word.CONSENT: "withdraw_done",
        **dict.fromkeys(PAUSES, "told_pause"),
    }
)
"""What the agent reads out of what they noted: templates."""


class SaidForm(PageForm):
    """What somebody at home says on a call."""

    kind = RadioField(
        later("What they say"), widget=GovRadioInput(), validators=[InputRequired(later("Choose what they say"))]
    )
    words = TextAreaField(
        later("In their words (may be left out)"),
        description=later("Kept under lock with the case. Duty officers read it."),
        widget=GovTextArea(),
        validators=[Length(max=_LONGEST, message=later("That is too long"))],
    )

    def __init__(self, kinds: tuple[str, ...], **given: Any) -> None:
        super().__init__(prefix="said-", **given)
        self.kind.choices = [SelectChoice(kind, _(AT_HOME[kind])) for kind in kinds]


def add_home_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /desk/calls/SID/people/ID/home."""

    @blueprint.route("/desk/calls/<sid>/people/<person_id>/home", methods=["GET", "POST"])
    def at_home(sid: str, person_id: str) -> ResponseReturnValue:
        call = url_for("pages.desk.call", sid=sid)
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            case = _case(work, attended, person_id)
            if case is None:
                return render_template("desk/not_at_home.html", sid=sid), 404
            form = SaidForm(_kinds(work, case))
            if request.method == "GET" or not form.validate():
                note_look(work, person_id, attended.actor, "call", "desk")
                return _page(work, attended, case, form), 200 if request.method == "GET" else 422
        kind, words = form.kind.data, visible(form.words.data or "").strip()

        def act(work: Work) -> Answer:
            attended = attend(work, visitor().id, sid)
            case = _case(work, attended, person_id)
            held = held_case(work, case.id) if case else None
            if held is None or not _note(work, attended, held, kind, words):
                return Answer(call, "home_refused")
            until = (work.now + ANSWERED_WITHIN).isoformat()
            return Answer(call, "home_noted", {"template": SAID[kind], "until": until})

        return send_once(store, visitor().id, act)


def _case(work: Work, attended: Attended, person_id: str) -> WatchedCase | None:
    """The open case of one of these people; NotAttended for anybody else."""
    person = attended.person(person_id)
    mine = (one for one in cases_on(work, attended.phone) if one.person_id == person.id)
    return next((one for one in mine if one.is_open(work.now)), None)


def _kinds(work: Work, case: WatchedCase) -> tuple[str, ...]:
    reply = (REPLY,) if waits_for_answer(work, case) else ()
    return (*reply, *_ALWAYS, *((str(Word.CONSENT),) if agrees(work, case.id) else ()))


def _note(work: Work, attended: Attended, case: WatchedCase, kind: str, words: str) -> bool:
    """Whether it is kept. It is the patient's word; the audit has whom it was said to."""
    if kind == Word.CONSENT:
        return withdraw_consent(work, case, CHANNEL, words, attended.actor)
    say(work, case, kind, CHANNEL, words, by=attended.actor)
    return True


def _page(work: Work, attended: Attended, case: WatchedCase, form: SaidForm) -> str:
    regime = attended.terms.regime
    promised = _moment(case.paused_at + ANSWERED_WITHIN, attended, work.now) if case.paused_at else ""
    return render_template(
        "desk/home.html",
        sid=attended.call.sid,
        person_id=case.person_id,
        name=masked_person(attended.person(case.person_id), proved=True),
        until=when(case.ends_at, regime) if case.ends_at else "",
        promised=promised,
        doubted=waits_for_answer(work, case),
        consent=agrees(work, case.id),
        sos=regime.isolation.sos_number,
        form=form,
    )


def _moment(moment: datetime, attended: Attended, now: datetime) -> str:
    return when(moment, attended.terms.regime, now)
