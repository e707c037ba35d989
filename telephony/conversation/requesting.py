"""Asking for a pass: find the person, ask for what is missing, and decide."""

from dataclasses import replace

from codes.applications import Asking
from codes.fields import Field
from codes.issuing import issue_pass
from codes.outcomes import Grant, Referral, Refusal
from codes.people import Holder
from codes.regime import Purpose
from codes.registering import missing, named_in, settle_request, somebody_else, too_many, whom_fields_mean
from language.intents import Aim, Answer, Ask, Dialogue, Fields, Request
from telephony.conversation.registering import refused, settle_dependant
from telephony.conversation.talk import Talk, Turn, ask, ask_for, names

WHO = frozenset({Field.DOCUMENT, Field.NAME})
"""What tells one person from another."""


def request(talk: Talk, asked: Request) -> Turn:
    """A new request; what was said in an open dialogue is not asked for again."""
    open_now = None if asked.other else talk.memory.dialogue
    kept = open_now.fields if open_now and open_now.aim in (Aim.REQUEST, Aim.REGISTER) else {}
    before = open_now if open_now and open_now.aim is Aim.REQUEST else None
    dialogue = Dialogue(
        Aim.REQUEST,
        Ask.PURPOSE,
        asked.purpose,
        {**kept, **asked.fields},
        asked.start,
        person=before.person if before else None,
        other=before.other if before else asked.other,
    )
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
    pointed_out = dialogue.other and holder and Field.DOCUMENT not in dialogue.fields
    told = replace(dialogue, fields=_unnamed(dialogue.fields)) if pointed_out else dialogue
    return _complete(talk, told, purpose, holder)


def pursue_for_dependant(talk: Talk, dialogue: Dialogue, said: Fields) -> Turn:
    """A child or dependant was named where it was asked whom the pass is for."""
    added = settle_dependant(talk, Dialogue(Aim.DEPENDANT, Field.NAME, fields=said))
    if isinstance(added, Turn):
        return added
    told = replace(dialogue, person=added.id, fields=_unnamed(dialogue.fields))
    purpose = talk.regime.by_number.get(dialogue.purpose or 0)
    return _complete(talk, told, purpose, added) if purpose else ask_for(talk, told, Ask.PURPOSE)


def decide_whom(talk: Talk, dialogue: Dialogue, said: Answer) -> Dialogue:
    """`dialogue` with what was said, and with whom the pass is for, as far as an answer to that question tells."""
    told = replace(dialogue, fields={**dialogue.fields, **said.fields})
    if dialogue.asking is not Ask.PERSON:
        return told
    if said.choice is not None and said.choice < len(talk.holders):
        return replace(told, person=talk.holders[said.choice].id)
    if said.sender:
        adults = [holder for holder in talk.holders if holder.guardian_id is None]
        if len(adults) > 1:
            return dialogue
        own = adults[0].id if adults else None
        return replace(told, person=own, fields=_unnamed(told.fields), other="")
    if dialogue.other or Field.DOCUMENT in said.fields or not (named := named_in(talk.holders, talk.text)):
        return told
    return replace(told, person=named.id, fields=_unnamed(told.fields))


def _unnamed(fields: Fields) -> Fields:
    """What was said, but not of whom: whoever is known already was only pointed out by it, in whatever case."""
    return {field: value for field, value in fields.items() if field not in WHO}


def _complete(talk: Talk, dialogue: Dialogue, purpose: Purpose, holder: Holder | None) -> Turn:
    """Grants the request, or asks for what is not known of the person or the errand."""
    if holder is None and (refusal := too_many(talk.holders)):
        return refused(talk, refusal)
    lacking = missing(talk.regime, purpose, holder, dialogue.fields)
    unnamed = not WHO.isdisjoint(lacking) or WHO.isdisjoint(dialogue.fields)
    if dialogue.other and holder is None and unnamed:
        return ask_for(talk, dialogue, Ask.PERSON)
    if lacking:
        return ask_for(talk, dialogue, lacking[0])
    return _decide(talk, dialogue, purpose, holder)


def _choose(talk: Talk, dialogue: Dialogue) -> tuple[Holder | None, bool]:
    """Whom the pass is for (None: somebody new), and whether that must be asked."""
    chosen = talk.holder(dialogue.person)
    if chosen or not talk.holders:
        return chosen, False
    named = not WHO.isdisjoint(dialogue.fields)
    if dialogue.other:
        return somebody_else(talk.holders, dialogue.fields), not named and len(talk.holders) > 1
    found = whom_fields_mean(talk.holders, dialogue.fields) or (None if named else named_in(talk.holders, talk.text))
    return found, found is None and not named


def _decide(talk: Talk, dialogue: Dialogue, purpose: Purpose, known: Holder | None) -> Turn:
    holder = settle_request(talk.work, talk.meeting, known, dialogue.fields)
    who = talk.meeting.phone, holder, purpose, dialogue.fields
    asking = Asking(*who, talk.channel, talk.actor, dialogue.start, talk.call_sid)
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
