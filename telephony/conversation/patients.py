"""People at home by text and on a call: what they tell us, where they stand, an appeal about that."""

from typing import Any

from sqlalchemy import Row, Table, func, select
from sqlmodel import col

from codes.applications import BY_VOICE
from codes.registering import named_in
from codes.review.appealed import About
from language.at_home import Tell, Word
from language.intents import Ask, Dialogue, Intent
from monitoring.cases.fences import allowed_elsewhere
from monitoring.cases.watched import WatchedCase, cases_on
from monitoring.home.appealing import appealable, cases_appealed_from
from monitoring.patients.links import page_address
from monitoring.patients.words import ANSWERED_WITHIN, say, waits_for_answer
from store.checks import Photo, PresenceCheck
from store.columns import table
from store.duty import Alert
from telephony.conversation.replies import Say, Several
from telephony.conversation.talk import Talk, Turn
from telephony.conversation.withdrawing import ask_whether_sure, chosen, sure, withdraw

MOST_TOLD = 2
"""Of a household where everybody stands otherwise, so many are told of in one answer."""
REFUSED, ASKED = "refused.isolation", "ask.purpose"
_MISSED_IT = ("unclear", REFUSED, "refused.no_pass_needed")
"""Labels of answers that may have been no answer to what was meant."""


def tell(talk: Talk, told: Tell) -> Turn | None:
    """Keeps what somebody tells and answers what comes next; None where nobody on this telephone is a patient.

    In a household with several cases it is meant of whoever is named in the text, else of all: a person sorts it out.
    """
    cases = _meant(talk, _cases(talk))
    if told.word is Word.CONSENT:
        return ask_whether_sure(talk, cases, _named(talk, cases))
    if not cases:
        return _call_for_help(talk) if told.word is Word.SOS and talk.channel == BY_VOICE else None
    for case in cases:
        say(talk.work, case, told.word, talk.channel, talk.text, by=talk.actor)
    return Turn(_answer(talk, told.word, cases[0]), talk.memory, f"told.{told.word}")


def _call_for_help(talk: Talk) -> Turn:
    """Whoever calls for help on a call is told whom to call, patient or not: it must not show who is one."""
    return Turn(Say("told_sos", {"number": talk.regime.isolation.sos_number}), talk.memory, "told.sos")


def take_back(talk: Talk, dialogue: Dialogue, said: Intent) -> Turn | None:
    """Answers whoever was asked whether they take their consent back; None where they said something else."""
    cases = _cases(talk)
    if dialogue.asking is Ask.PERSON:
        return chosen(talk, dialogue, cases, said)
    agreed = sure(talk, said)
    if agreed is None:
        return None
    meant = [case for case in cases if dialogue.person in (None, case.person_id)]
    return withdraw(talk, meant, agreed=agreed)


def heard_as_reply(talk: Talk, turn: Turn) -> Turn:
    """What a patient texts after they were told of a doubt, and what nothing else could be made of, is their answer."""
    if turn.label not in (*_MISSED_IT, ASKED) or talk.memory.dialogue is not None or not talk.text:
        return turn
    cases = [case for case in _meant(talk, _cases(talk)) if waits_for_answer(talk.work, case)]
    for case in cases:
        say(talk.work, case, "reply", talk.channel, talk.text, by=talk.actor)
    if not cases or turn.label == ASKED:
        return turn
    kept = Say("told_reply")
    reply = Several((Say("refused_isolation"), kept)) if turn.label == REFUSED else kept
    return Turn(reply, talk.memory, "told.reply")


def at_home(talk: Talk) -> tuple[Say, ...]:
    """Where the patients on this telephone stand: until when they stay at home, and what is to be done next."""
    if not talk.meeting.patient:
        return ()
    standings = [(_standing(talk, case), case) for case in _cases(talk)]
    if all(standing == standings[0][0] for standing, _ in standings):
        return standings[0][0] if standings else ()
    pressing = sorted(standings, key=lambda one: one[0][1].template in ("next_nothing", "next_elsewhere"))
    parts = [part for standing, case in pressing[:MOST_TOLD] for part in (*_whose(talk, case), *standing)]
    left = len(pressing) - MOST_TOLD
    return (*parts, Say("status_more", {"count": left})) if left > 0 else tuple(parts)


def held_at_home(talk: Talk) -> Say | None:
    """What is held of the time at home of the patients here, in numbers, and where all of it stands."""
    cases = _cases(talk) if talk.meeting.patient else []
    if not cases:
        return None
    ids = [case.id for case in cases]
    checks, photos, doubts = (_count(talk, table(model), ids) for model in (PresenceCheck, Photo, Alert))
    by_link = next((case for case in cases if case.means == "link" and case.key), None)
    link = page_address(talk.work, by_link, talk.public_url) if by_link else f"{talk.public_url}/mine"
    return Say("my_data_home", {"checks": checks, "photos": photos, "doubts": doubts, "link": link})


def _count(talk: Talk, rows: Table, cases: list[str]) -> int:
    """Without checks that are planned: nobody is to know of them."""
    asked = (rows.c.asked_at.is_not(None),) if "asked_at" in rows.c else ()
    return talk.work.count(select(func.count()).select_from(rows).where(rows.c.case_id.in_(cases), *asked))


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


def _named(talk: Talk, cases: list[WatchedCase]) -> str | None:
    """The one person who is meant of several on a telephone."""
    return cases[0].person_id if len(cases) == 1 < len(_cases(talk)) else None


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


def _whose(talk: Talk, case: WatchedCase) -> tuple[Say, ...]:
    """Of whom it is said, where they are known on the telephone."""
    known = talk.holder(case.person_id)
    return (Say("home_of", {"initials": known.initials, "tail": known.document_tail}),) if known else ()


def _standing(talk: Talk, case: WatchedCase) -> tuple[Say, Say]:
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
    span = allowed_elsewhere(talk.work, case.id)
    return Say("next_elsewhere", {"valid_from": span[0], "valid_until": span[1]}) if span else Say("next_nothing")


def _open_check(talk: Talk, case: WatchedCase) -> Row[Any] | None:
    asked = select(table(PresenceCheck)).where(
        col(PresenceCheck.case_id) == case.id, col(PresenceCheck.state) == "asked"
    )
    row: Row[Any] | None = talk.work.row(asked.order_by(col(PresenceCheck.window_ends_at)))
    return row
