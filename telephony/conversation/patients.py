"""People at home by text and on a call: what they tell us, where they stand, an appeal about that."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from codes.applications import BY_VOICE
from codes.registering import named_in
from codes.review.appealed import About
from language.at_home import Tell, Word
from monitoring.cases.watched import WatchedCase, cases_on
from monitoring.home.appealing import appealable, cases_appealed_from
from monitoring.patients.words import ANSWERED_WITHIN, say
from store.checks import PresenceCheck
from store.columns import table
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn


def tell(talk: Talk, told: Tell) -> Turn | None:
    """Keeps what somebody tells and answers what comes next; None where nobody on this telephone is a patient.

    In a household with several cases it is meant of whoever is named in the text, else of all: a person sorts it out.
    """
    cases = _meant(talk, _cases(talk))
    if not cases:
        return _call_for_help(talk) if told.word is Word.SOS and talk.channel == BY_VOICE else None
    for case in cases:
        say(talk.work, case, told.word, talk.channel, talk.text, by=talk.actor)
    return Turn(_answer(talk, told.word, cases[0]), talk.memory, f"told.{told.word}")


def _call_for_help(talk: Talk) -> Turn:
    """Whoever calls for help on a call is told whom to call, patient or not: it must not show who is one."""
    return Turn(Say("told_sos", {"number": talk.regime.isolation.sos_number}), talk.memory, "told.sos")


def at_home(talk: Talk) -> tuple[Say, ...]:
    """Where the patients on this telephone stand: until when they stay at home, and what is to be done next."""
    if not talk.meeting.patient:
        return ()
    return tuple(part for case in _cases(talk) for part in _standing(talk, case))


def appealed_from(talk: Talk) -> About | None:
    """What an appeal of somebody at home is about: the last decision against them, else that they are to stay there."""
    cases = cases_appealed_from(talk.work, talk.regime, talk.meeting.phone)
    found = appealable(talk.work, talk.regime, cases)
    return found[0].about if found else None


def _cases(talk: Talk) -> list[WatchedCase]:
    return [case for case in cases_on(talk.work, talk.meeting.phone) if case.is_open(talk.work.now)]


def _meant(talk: Talk, cases: list[WatchedCase]) -> list[WatchedCase]:
    named = named_in(talk.holders, talk.text) if len(cases) > 1 else None
    return [case for case in cases if named is not None and case.person_id == named.id] or cases


def _answer(talk: Talk, word: Word, case: WatchedCase) -> Say:
    """What happens next, and by when."""
    if word is Word.SOS:
        return Say("told_sos", {"number": talk.regime.isolation.sos_number})
    if word is not Word.HOME:
        return Say("told_pause", {"until": talk.work.now + ANSWERED_WITHIN})
    if case.paused_at is not None:
        return Say("told_home_paused", {"until": case.paused_at + ANSWERED_WITHIN})
    check = _open_check(talk, case)
    if check is not None and check.means == "link":
        return Say("told_home_check", {"until": check.window_ends_at})
    return Say("told_home")


def _standing(talk: Talk, case: WatchedCase) -> Sequence[Say]:
    until = Say("home_until", {"until": case.ends_at}) if case.ends_at else Say("home_open")
    return until, _next(talk, case)


def _next(talk: Talk, case: WatchedCase) -> Say:
    if case.paused_at is not None:
        return Say("next_paused", {"until": case.paused_at + ANSWERED_WITHIN})
    check = _open_check(talk, case)
    if check is not None and check.means == "link":
        return Say("next_check", {"until": check.window_ends_at})
    if case.enrolled_at is None and case.enrol_by is not None and case.enrol_by > talk.work.now:
        return Say("next_enrol", {"until": case.enrol_by})
    return Say("next_nothing")


def _open_check(talk: Talk, case: WatchedCase) -> Row[Any] | None:
    asked = select(table(PresenceCheck)).where(
        col(PresenceCheck.case_id) == case.id, col(PresenceCheck.state) == "asked"
    )
    row: Row[Any] | None = talk.work.row(asked.order_by(col(PresenceCheck.window_ends_at)))
    return row
