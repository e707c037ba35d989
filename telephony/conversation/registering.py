"""Becoming known: registration, correction, dependants."""

import re
from collections.abc import Mapping

from codes.fields import Field
from codes.outcomes import Refusal, RefusalReason
from codes.people import Holder, add_person, correct_person
from language.intents import Dialogue
from telephony.conversation.claiming import ask_first_phone
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn, ask_for, first_missing, needed

MOST_PEOPLE = 8
"""On one telephone."""
_SHORTEST_NAME = 3


def register(talk: Talk, dialogue: Dialogue) -> Turn:
    """Registers the sender or corrects what is known, once all that is required is there."""
    known = same_person(talk.holders, dialogue.fields)
    details = {**(known.details if known else {}), **dialogue.fields}
    missing = first_missing(needed(talk.regime, None), details)
    if missing:
        return ask_for(talk, dialogue, missing)
    if not dialogue.fields:
        return ask_for(talk, dialogue, next(iter(talk.regime.registration.required), Field.NAME))
    if known is None and crowded(talk):
        return no_more_people(talk)
    registered = settle_person(talk, known, dialogue.fields)
    template = "corrected" if known else "registered"
    return Turn(_about(template, registered), talk.memory.done(), template)


def crowded(talk: Talk) -> bool:
    """Whether as many people share this telephone as a family may have; more look like somebody selling passes."""
    return len(talk.holders) >= MOST_PEOPLE


def no_more_people(talk: Talk) -> Turn:
    """Somebody decides, by way of an appeal."""
    return Turn(Refusal(RefusalReason.CROWDED), talk.memory.done(), "refused.crowded")


def _about(template: str, holder: Holder) -> Say:
    return Say(template, {"initials": holder.initials, "tail": holder.document_tail})


def settle_person(
    talk: Talk, known: Holder | None, fields: Mapping[Field, str], guardian_id: str | None = None
) -> Holder:
    """The person with `fields`, corrected or added; a telephone that named the document before is asked."""
    if known:
        holder = correct_person(talk.work, talk.meeting.phone, known, fields)
    else:
        holder = add_person(talk.work, talk.meeting.phone, fields, guardian_id)
    document = holder.details.get(Field.DOCUMENT)
    if document and (known is None or known.details.get(Field.DOCUMENT) != document):
        ask_first_phone(talk, holder, document)
    return holder


def same_person(holders: tuple[Holder, ...], fields: Mapping[Field, str]) -> Holder | None:
    """Whom a text means among those on the telephone: by document, else by name, else one without a document yet.

    A dependant's own document comes with the name: without one it may be anybody's.
    """
    document, name = fields.get(Field.DOCUMENT), fields.get(Field.NAME)
    if document:
        nameable = [one for one in holders if Field.DOCUMENT not in one.details and (name or not one.guardian_id)]
        undocumented = [one for one in nameable if _fits(one, name)]
        named = [one for one in holders if one.details.get(Field.DOCUMENT) == document]
        return next(iter([*named, *undocumented]), None)
    if name:
        return next((one for one in holders if _fits(one, name)), None)
    return holders[0] if len(holders) == 1 else None


def named_in(holders: tuple[Holder, ...], text: str) -> Holder | None:
    """The only one of several people with a word of whose name the text has: «цель 8 Маше» for Мария Маша."""
    said = [word for word in re.findall(r"[^\W\d_]+", text.casefold().replace("ё", "е")) if len(word) >= _SHORTEST_NAME]
    named = [one for one in holders if any(_called(said, word) for word in _words(one.details.get(Field.NAME, "")))]
    return named[0] if len(named) == 1 else None


def _called(said: list[str], name: str) -> bool:
    """Whether a name was said, in whatever case its ending shows."""
    stem = name[: max(_SHORTEST_NAME, len(name) - 1)]
    return len(name) >= _SHORTEST_NAME and any(word.startswith(stem) and len(word) <= len(name) + 2 for word in said)


def _fits(holder: Holder, name: str | None) -> bool:
    """Whether every word of the shorter name stands in the longer one, initials counting."""
    theirs = holder.details.get(Field.NAME)
    if name is None or theirs is None:
        return True
    shorter, longer = sorted((_words(name), _words(theirs)), key=len)
    return bool(shorter) and all(any(whole.startswith(word) for whole in longer) for word in shorter)


def names_less(name: str, holder: Holder) -> bool:
    """Whether `name` is a part of the holder's name, or initials of it."""
    return bool(name) and len(_words(name)) <= len(_words(holder.details.get(Field.NAME, ""))) and _fits(holder, name)


def _words(name: str) -> list[str]:
    return name.casefold().replace("ё", "е").replace(".", " ").split()


def add_dependant(talk: Talk, dialogue: Dialogue) -> Turn:
    """Adds a child or dependant to the telephone."""
    guardian = next((one for one in talk.holders if one.guardian_id is None), None)
    if guardian is None:
        return Turn(Say("status_unknown"), talk.memory.done(), "refused.unregistered")
    if Field.NAME not in dialogue.fields:
        return ask_for(talk, dialogue, Field.NAME)
    known = next((one for one in talk.holders if one.guardian_id and _fits(one, dialogue.fields[Field.NAME])), None)
    if known is None and crowded(talk):
        return no_more_people(talk)
    holder = settle_person(talk, known, dialogue.fields, guardian.id)
    return Turn(_about("dependant_added", holder), talk.memory.done(), "registered")
