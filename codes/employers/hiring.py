"""An organisation asks for a pass for somebody who works there: the same rules, limits and refusals as for everybody.

Whoever is known on the telephone by that document stays as they are: an employer's word corrects nobody.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import exists, select
from sqlmodel import col

from codes.applications import BY_EMPLOYER, Asking
from codes.employers.accounts import Organisation
from codes.fields import Field
from codes.issuing import issue_pass
from codes.meeting import Meeting, meet
from codes.outcomes import Grant, Refusal
from codes.people import Holder
from codes.regime import Purpose
from codes.registering import settle_person, too_many, whom_fields_mean
from store import Work
from store.calls import Call
from store.citizens import CitizenSession
from store.messages import InboundMessage, OutboxMessage
from store.phones import Telephone

COLUMNS: Final = ("name", "phone", "document", "plate", "card")
"""What an employer says of a worker; the last two may be left out."""
GRANTED, REFUSED, ENDED = "work_granted", "work_refused", "work_ended"
"""The texts a worker gets."""
_STRANGERS: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A worker as an organisation names them, normalised: `phone` is E.164."""

    name: str
    phone: str
    document: str
    plate: str = ""
    card: str = ""

    def kept(self) -> dict[str, str]:
        """As JSON has it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: the pass or why not; neither where the telephone is to be left alone today."""

    meeting: Meeting
    outcome: Grant | Refusal | None
    person_id: str | None = None


def ask_for(work: Work, found: Organisation, purpose: Purpose, named: Named) -> Asked:
    """Asks for a worker's pass. Holds the telephone's lock to the end of the work; nobody is told yet."""
    meeting = meet(work, named.phone)
    work.flush()
    if _left_alone(work, meeting.phone):
        return Asked(meeting, None)
    fields = {Field.NAME: named.name, Field.DOCUMENT: named.document}
    known = whom_fields_mean(meeting.holders, fields)
    if known is None and (refusal := too_many(meeting.holders)):
        return Asked(meeting, refusal)
    holder = _settled(work, meeting, known, fields, found.actor)
    said = _said(found, purpose, named)
    asking = Asking(meeting.phone, holder, purpose, said, BY_EMPLOYER, found.actor, vouched=True)
    outcome = issue_pass(work, meeting.terms, asking)
    assert isinstance(outcome, Grant | Refusal), "an organisation that was confirmed is not referred again"
    return Asked(meeting, outcome, holder.id)


def _settled(work: Work, meeting: Meeting, known: Holder | None, fields: Mapping[Field, str], actor: str) -> Holder:
    if known and known.details.get(Field.DOCUMENT) == fields[Field.DOCUMENT]:
        return known
    return settle_person(work, meeting, known, fields, by=actor)


def _said(found: Organisation, purpose: Purpose, named: Named) -> dict[Field, str]:
    """What is kept with the pass: those of the purpose's fields that an employer's list can fill."""
    every = {
        Field.ORGANISATION: found.name,
        Field.TAX_NUMBER: found.tax_number,
        Field.PLATE: named.plate,
        Field.CARD: named.card,
    }
    wanted = {*purpose.fields, *purpose.optional_fields}
    return {name: value for name, value in every.items() if value and name in wanted}


def _left_alone(work: Work, phone: Telephone) -> bool:
    """Whether it never had to do with us but by an employer's text of the last day: one is enough."""
    told = select(col(OutboxMessage.id)).where(
        col(OutboxMessage.phone_id) == phone.id,
        col(OutboxMessage.template).in_((GRANTED, REFUSED)),
        col(OutboxMessage.created_at) > work.now - _STRANGERS,
    )
    if not work.row(told.limit(1)):
        return False
    own = (InboundMessage, Call, CitizenSession)
    spoke = [exists().where(col(table.phone_id) == phone.id) for table in own]
    return not any(work.row(select(one.label("there"))).there for one in spoke)
