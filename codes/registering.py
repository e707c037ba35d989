"""Becoming known: who is meant, what is missing, how many may share a telephone. The same on every channel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from codes.claiming import ask_first_phone
from codes.fields import Field
from codes.isolation import at_home
from codes.meeting import Meeting
from codes.outcomes import Refusal, RefusalReason
from codes.people import Holder, add_person, correct_person, personal
from codes.regime import Purpose, Regime
from store import Work

MOST_PEOPLE = 8
"""On one telephone: a family. More look like somebody selling passes; a person decides, by way of an appeal."""
_SHORTEST_NAME = 3
Holders = tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What must still be asked before a pass can be decided, in this order."""

    fields: tuple[Field, ...]


def too_many(holders: Holders) -> Refusal | None:
    """Why nobody new may be registered beside `holders`, if so."""
    return Refusal(RefusalReason.CROWDED) if len(holders) >= MOST_PEOPLE else None


def missing(
    regime: Regime, purpose: Purpose | None, holder: Holder | None, said: Mapping[Field, str]
) -> tuple[Field, ...]:
    """What must still be known for a purpose, or to be registered at all, in the order it is asked for.

    A child has no passport: it is known by its name and its guardian, and counts for their telephone.
    """
    if purpose is None:
        wanted = regime.registration.required
    else:
        wanted = purpose.fields if holder and holder.guardian_id else regime.needed(purpose)
    known = {**(holder.details if holder else {}), **said}
    return tuple(name for name in wanted if not known.get(name))


def settle_person(
    work: Work,
    meeting: Meeting,
    known: Holder | None,
    fields: Mapping[Field, str],
    guardian_id: str | None = None,
    by: str = "",
) -> Holder:
    """The person with `fields`, corrected or added, `by` the telephone's owner or somebody else.

    A telephone that named the document before is asked. Whoever has to stay at home was met without it until now.
    """
    if known:
        holder = correct_person(work, meeting.phone, known, fields, by)
    else:
        holder = add_person(work, meeting.phone, fields, guardian_id, by)
    document = holder.details.get(Field.DOCUMENT)
    if document and (known is None or known.details.get(Field.DOCUMENT) != document):
        holder = replace(holder, open_case=at_home(work, document) or holder.open_case)
        ask_first_phone(work, meeting, holder, by or meeting.phone.actor)
    return holder


def settle_request(
    work: Work, meeting: Meeting, known: Holder | None, fields: Mapping[Field, str], by: str = ""
) -> Holder:
    """Whom a request is for, with what it tells of them; a part of their name chose them, and corrects nothing."""
    told = personal(fields)
    if known and _names_less(told.get(Field.NAME, ""), known):
        del told[Field.NAME]
    return settle_person(work, meeting, known, told, by=by) if told or known is None else known


def whom_fields_mean(holders: Holders, fields: Mapping[Field, str]) -> Holder | None:
    """Who is meant among those on the telephone: by document, else by name, else one without a document yet.

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


def somebody_else(holders: Holders, fields: Mapping[Field, str]) -> Holder | None:
    """Who is meant where the sender speaks of another: known by that very document, or by every word of the name.

    Nobody else will do, least of all the sender, of whom a document or a name may be unknown.
    """
    document, said = fields.get(Field.DOCUMENT), _words(fields.get(Field.NAME, ""))
    if document:
        return next((one for one in holders if one.details.get(Field.DOCUMENT) == document), None)
    named = [one for one in holders if said and all(_is_of(one, word) for word in said)]
    return named[0] if len(named) == 1 else None


def same_dependant(holders: Holders, name: str) -> Holder | None:
    """The dependant of that name among those on the telephone."""
    return next((one for one in holders if one.guardian_id and _fits(one, name)), None)


def named_in(holders: Holders, text: str) -> Holder | None:
    """The only one of several people with a word of whose name the text has: «цель 8 Маше» for Мария Маша."""
    said = [word for word in re.findall(r"[^\W\d_]+", text.casefold().replace("ё", "е")) if len(word) >= _SHORTEST_NAME]
    named = [one for one in holders if any(_called(said, word) for word in _words(one.details.get(Field.NAME, "")))]
    return named[0] if len(named) == 1 else None


def _is_of(holder: Holder, word: str) -> bool:
    return any(_called([word], name) for name in _words(holder.details.get(Field.NAME, "")))


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


def _names_less(name: str, holder: Holder) -> bool:
    """Whether `name` is a part of the holder's name, or initials of it."""
    return bool(name) and len(_words(name)) <= len(_words(holder.details.get(Field.NAME, ""))) and _fits(holder, name)


def _words(name: str) -> list[str]:
    return name.casefold().replace("ё", "е").replace(".", " ").split()
