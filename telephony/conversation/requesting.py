"""Asking for a pass: find the person, ask for what is missing, and decide."""

from dataclasses import replace

from codes.applications import Asking
from codes.fields import PERSONAL, Field
from codes.isolation import at_home
from codes.issuing import issue_pass
from codes.outcomes import Grant, Referral, Refusal
from codes.people import Holder
from codes.regime import Purpose
from language.intents import Aim, Ask, Dialogue, Request
from telephony.conversation.registering import crowded, named_in, names_less, no_more_people, same_person, settle_person
from telephony.conversation.talk import CHANNEL, Talk, Turn, ask, ask_for, first_missing, names, needed


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
    known = {**(holder.details if holder else {}), **dialogue.fields}
    if holder is None and crowded(talk):
        return no_more_people(talk)
    # A child has no passport: it is known by its name and its guardian, and counts for their telephone.
    wanted = purpose.fields if holder and holder.guardian_id else needed(talk.regime, purpose)
    missing = first_missing(wanted, known)
    if missing:
        return ask_for(talk, dialogue, missing)
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
    said = {name: value for name, value in dialogue.fields.items() if name in PERSONAL}
    if known and names_less(said.get(Field.NAME, ""), known):
        del said[Field.NAME]  # it chose the person, and corrects nothing
    holder = settle_person(talk, known, said) if said or known is None else known
    if Field.DOCUMENT in said and at_home(talk.work, said[Field.DOCUMENT]):
        holder = replace(holder, open_case=True)  # whoever told the document just now was met without it
    phone = talk.meeting.phone
    asking = Asking(phone, holder, purpose, dialogue.fields, CHANNEL, talk.actor, dialogue.start)
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
