"""Asking for a pass: find the person, ask for what is missing, and decide."""

from dataclasses import replace

from codes.applications import Asking
from codes.fields import Field
from codes.issuing import issue_pass
from codes.outcomes import Grant, Referral, Refusal
from codes.people import Holder
from codes.regime import Purpose
from codes.registering import missing, named_in, same_person, settle_request, too_many
from language.intents import Aim, Ask, Dialogue, Request
from telephony.conversation.registering import refused
from telephony.conversation.talk import CHANNEL, Talk, Turn, ask, ask_for, names


def request(talk: Talk, asked: Request) -> Turn:
    """A new request; what was said in an open dialogue is not asked for again."""
    open_now = talk.memory.dialogue
    kept = open_now.fields if open_now and open_now.aim in (Aim.REQUEST, Aim.REGISTER) else {}
    person = open_now.person if open_now and open_now.aim is Aim.REQUEST else None
    fields = {**kept, **asked.fields}
    dialogue = Dialogue(Aim.REQUEST, Ask.PURPOSE, asked.purpose, fields, asked.start, person=person)
    if asked.purpose is None:
        return ask(talk, replace(dialogue, options=tuple(str(number) for number in asked.candidates)))
    if asked.unclear_time:
        return ask_for(talk, dialogue, Ask.TIME)
    return pursue(talk, dialogue)


def pursue(talk: Talk, dialogue: Dialogue) -> Turn:
    """Grants the request, or asks for the next thing it lacks."""
    purpose = talk.regime.by_number.get(dialogue.purpose or 0)
    if purpose is None:
        return ask_for(talk, dialogue, Ask.PURPOSE)
    holder, ambiguous = _choose(talk, dialogue)
    if ambiguous:
        return ask_for(talk, dialogue, Ask.PERSON, names(talk.holders))
    if holder is None and (refusal := too_many(talk.holders)):
        return refused(talk, refusal)
    lacking = missing(talk.regime, purpose, holder, dialogue.fields)
    if lacking:
        return ask_for(talk, dialogue, lacking[0])
    return _decide(talk, dialogue, purpose, holder)


def _choose(talk: Talk, dialogue: Dialogue) -> tuple[Holder | None, bool]:
    """Whom the pass is for (None: somebody new), and whether that must be asked."""
    chosen = talk.holder(dialogue.person)
    if chosen or not talk.holders:
        return chosen, False
    named = Field.DOCUMENT in dialogue.fields or Field.NAME in dialogue.fields
    found = same_person(talk.holders, dialogue.fields) or (None if named else named_in(talk.holders, talk.text))
    return found, found is None and not named


def _decide(talk: Talk, dialogue: Dialogue, purpose: Purpose, known: Holder | None) -> Turn:
    holder = settle_request(talk.work, talk.meeting, known, dialogue.fields)
    asking = Asking(talk.meeting.phone, holder, purpose, dialogue.fields, CHANNEL, talk.actor, dialogue.start)
    outcome = issue_pass(talk.work, talk.meeting.terms, asking)
    return Turn(outcome, talk.memory.done(), _label(outcome))


def _label(outcome: Grant | Refusal | Referral) -> str:
    match outcome:
        case Grant(repeated=True):
            return "repeated"
        case Grant():
            return "granted"
        case Refusal(reason):
            return f"refused.{reason}"
        case Referral():
            return "referred"
