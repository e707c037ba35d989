"""Which person of a telephone a command is about; somebody new is registered there."""

import re
from collections.abc import Mapping, Sequence

from codes.fields import Field
from codes.meeting import Meeting
from codes.people import Holder, personal
from codes.regimes import Terms
from codes.registering import settle_request, whom_fields_mean
from commands.terminal import Failure, operator
from language.examples import sample
from language.fields import Fit, read_field
from store import Work

_TAIL_SIGNS = 4


def read_said(work: Work, under: Terms, written: Mapping[str, str | None]) -> dict[Field, str]:
    """What was typed for each field (by name; None: nothing), checked and normalised; raises Failure."""
    said, today = {}, work.now.astimezone(under.regime.zone).date()
    for name, text in written.items():
        if text is None:
            continue
        if name not in set(Field):
            raise Failure(f"there is no field {name!r}: the fields are {', '.join(Field)}")
        reading = read_field(Field(name), text, under.regime, today)
        if reading.fit is not Fit.FINE:
            like = sample(name, under.regime.default_language, under.regime)
            raise Failure(f"{text!r} is no {name.replace('_', ' ')}" + (f": write it as {like}" if like else ""))
        said[Field(name)] = reading.value
    return said


def the_holder(work: Work, meeting: Meeting, number: str, person: str | None, said: Mapping[Field, str]) -> Holder:
    """Who is meant: by `person` among those known, or whoever `said` describes, registered where nobody fits.

    Raises Failure.
    """
    if person is not None or not personal(said):
        known: Holder | None = the_person(meeting.holders, person, number)
    else:
        known = whom_fields_mean(meeting.holders, said)
    return settle_request(work, meeting, known, said, operator())


def the_person(holders: Sequence[Holder], wanted: str | None, number: str) -> Holder:
    """Who is meant on a telephone: the only one, else by id, by document or its end, or by name; raises Failure."""
    found = [holder for holder in holders if wanted is None or _is_meant(holder, wanted)]
    if len(found) == 1:
        return found[0]
    if not holders:
        raise Failure(f"nobody is registered on {number}: --name and --document register somebody")
    known = "; ".join(f"{one.id} {one.initials} {one.document_tail}".strip() for one in holders)
    trouble = f"{len(holders)} people are on {number}" if wanted is None else f"{wanted!r} is no one person on {number}"
    raise Failure(f"{trouble}: say which by --person and an id, a name or a document's end; there are {known}")


def _is_meant(holder: Holder, wanted: str) -> bool:
    signs = re.sub(r"\W", "", wanted).upper()
    by_document = len(signs) >= _TAIL_SIGNS and holder.details.get(Field.DOCUMENT, "").endswith(signs)
    words, name = wanted.casefold().split(), holder.details.get(Field.NAME, "").casefold().split()
    return holder.id == wanted or by_document or (bool(words) and all(word in name for word in words))
