"""Somebody at home takes their consent back: asked whether they are sure, then it is so, and a person rings them.

Where several on a telephone are at home, and nobody is named, it is asked first whose: nobody's ends by the way.
"""

from dataclasses import replace

from codes.applications import BY_VOICE
from codes.registering import named_in
from language.at_home import Word
from language.intents import Aim, Answer, Ask, Decline, Dialogue, Intent
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.home.withdrawing import withdraw_consent
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn, ask, names

YES, NO = "1", "2"
"""As they stand in our question."""
_SURE = Dialogue(Aim.WITHDRAW, Ask.CONFIRM)


def ask_whether_sure(talk: Talk, cases: list[WatchedCase], named: str | None) -> Turn | None:
    """The question, or that there is nothing to take back; None for who is no patient and texts. `named`: a person."""
    if cases:
        whose = _options(talk, cases)
        return _whose(talk, whose) if len(whose) > 1 else ask(talk, replace(_SURE, person=named))
    return Turn(Say("withdraw_none"), talk.memory, "withdraw.none") if talk.channel == BY_VOICE else None


def chosen(talk: Talk, dialogue: Dialogue, cases: list[WatchedCase], said: Intent) -> Turn | None:
    """What follows an answer to the question whose consent it is; None where something else was said."""
    if isinstance(said, Decline):
        return withdraw(talk, [], agreed=False)
    whose = _options(talk, cases)
    place = said.choice if isinstance(said, Answer) else None
    if place is not None and whose != dialogue.options:
        return _whose(talk, whose)  # who is at home changed meanwhile, and so did the numbers
    if place is None or not 0 <= place < len(whose):
        named = named_in(talk.holders, talk.text)
        found = [case for case in cases if named is not None and case.person_id == named.id]
    else:
        found = [cases[place]]
    return ask(talk, replace(_SURE, person=found[0].person_id)) if found else None


def sure(talk: Talk, said: Intent) -> bool | None:
    """What was said to that question; None: something else. Who says the same again is sure."""
    text = talk.text.strip(" .!+")
    if text in (YES, NO):
        return text == YES
    match said:
        case Answer(yes=bool(agreed)):
            return agreed
        case Decline():
            return False
        case _:
            return True if getattr(said, "word", None) is Word.CONSENT else None


def withdraw(talk: Talk, cases: list[WatchedCase], *, agreed: bool) -> Turn:
    """Takes the consent of these cases back, or leaves it."""
    if not agreed:
        return Turn(Say("withdraw_kept"), talk.memory.done(), "withdraw.kept")
    held = [case for one in cases if (case := held_case(talk.work, one.id))]
    done = [withdraw_consent(talk.work, case, talk.channel, talk.text, talk.actor) for case in held]
    return Turn(Say("withdraw_done" if any(done) else "withdraw_none"), talk.memory.done(), "withdraw.done")


def _options(talk: Talk, cases: list[WatchedCase]) -> tuple[str, ...]:
    """These patients as they are offered to choose from; none where one of them is not known on the telephone."""
    known = tuple(holder for case in cases if (holder := talk.holder(case.person_id)))
    return names(known) if len(known) == len(cases) else ()


def _whose(talk: Talk, whose: tuple[str, ...]) -> Turn:
    return ask(talk, replace(_SURE, asking=Ask.PERSON, options=whose))
