"""A text or call arrives: everything the counter must know of its sender, in one read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Table, bindparam, literal, or_, select
from sqlmodel.sql.sqltypes import UTCDateTime

from codes.passes import PASS, live_pass
from codes.people import PERSON, Holder, holder
from codes.police.officers import OFFICER, Officer, officer_on_duty
from codes.regimes import NoRegime, Terms, terms, version_in_force
from store import Work
from store.calls import CallStep
from store.cases import Case
from store.columns import table
from store.messages import InboundMessage, OpenDialogue
from store.officers import Officer as OfficerRow
from store.passes import Pass
from store.people import Document, Person, PersonPhone, Phone
from store.phones import NUMBER, PHONE, Telephone, add_phone, telephone
from store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who is at the counter, under which terms."""

    phone: Telephone
    holders: tuple[Holder, ...]
    officer: Officer | None
    terms: Terms
    dialogue: bytes | None
    """The open dialogue, sealed; None where there is none or it ran out."""
    answered: bytes | None
    """The stored reply where this very message was answered before, sealed."""
    patient: bool = False
    """Somebody on this telephone has to stay at home, or it was lent to them."""


_INBOUND, _DIALOGUE, _PHONE, _OFFICER = (table(model) for model in (InboundMessage, OpenDialogue, Phone, OfficerRow))
_STEP = table(CallStep)
_LINK, _PERSON, _PASS, _CASE = (table(model) for model in (PersonPhone, Person, Pass, Case))
_NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime())
_ONE = select(literal(1).label("one")).subquery("one")


def _open_case() -> Any:
    """Whether the person of the row, or anybody who named one of their documents, has an open case."""
    theirs, same = table(Document).alias("theirs"), table(Document).alias("same")
    sharing = (
        select(same.c.person_id)
        .join(theirs, theirs.c.document_index == same.c.document_index)
        .where(theirs.c.person_id == _PERSON.c.id)
        .correlate(_PERSON)
    )
    concerned = or_(_CASE.c.person_id == _PERSON.c.id, _CASE.c.person_id.in_(sharing))
    return (
        select(_CASE.c.id).where(_CASE.c.closed_at.is_(None), concerned).limit(1).correlate(_PERSON).scalar_subquery()
    )


OPEN_CASE = _open_case()
_CASE_HERE = (
    select(_CASE.c.id)
    .where(_CASE.c.closed_at.is_(None), _CASE.c.phone_id == _PHONE.c.id)
    .limit(1)
    .correlate(_PHONE)
    .scalar_subquery()
)
"""An open case that names the telephone itself, whoever is known on it."""
LIVE = (_PASS.c.person_id == _PERSON.c.id) & (_PASS.c.valid_until > _NOW) & _PASS.c.revoked_at.is_(None)
_SID: BindParameter[str] = bindparam("sid")


def _meeting(answered: Table, this_one: ColumnElement[bool], key: ColumnElement[str]) -> Prepared:
    """The one read: `answered` keeps what was replied, to `this_one`; the open dialogue lies under `key`."""
    return Prepared(
        select(
            *PHONE,
            *OFFICER,
            *PERSON,
            *PASS,
            answered.c.reply_sealed,
            _DIALOGUE.c.state_sealed,
            OPEN_CASE.label("open_case"),
            _CASE_HERE.label("case_here"),
            version_in_force(_NOW).label("version"),
        )
        .select_from(_ONE)
        .outerjoin(answered, this_one)
        .outerjoin(_PHONE, _PHONE.c.number_index == bindparam("index"))
        .outerjoin(_DIALOGUE, (_DIALOGUE.c.key == key) & (_DIALOGUE.c.expires_at > _NOW))
        .outerjoin(_OFFICER, (_OFFICER.c.phone_id == _PHONE.c.id) & _OFFICER.c.left_at.is_(None))
        .outerjoin(_LINK, _LINK.c.phone_id == _PHONE.c.id)
        .outerjoin(_PERSON, _PERSON.c.id == _LINK.c.person_id)
        .outerjoin(_PASS, LIVE)
        .order_by(_LINK.c.added_at, _PERSON.c.id, _PASS.c.issued_at)
    )


_MEET = _meeting(_INBOUND, _INBOUND.c.sid == _SID, _PHONE.c.id)
_MEET_IN_CALL = _meeting(_STEP, (_STEP.c.call_sid == _SID) & (_STEP.c.step == bindparam("step")), _SID)


def meet(work: Work, number: str, sid: str = "") -> Meeting:
    """Who `number` (E.164) is. Holds the telephone's lock to the end of the work; a new number gets its row.

    `sid` is the message's: one answered before comes with its stored reply. Raises NoRegime.
    """
    return _met(work, number, _MEET, sid=sid)


def meet_in_call(work: Work, number: str, call_sid: str, step: int) -> Meeting:
    """As `meet`, for a step of a call: what is remembered lies under the call, and each step is answered once."""
    return _met(work, number, _MEET_IN_CALL, sid=call_sid, step=step)


def glance(work: Work, phone: Telephone) -> Meeting:
    """As `meet`, of a telephone that is known, for who only looks: holds no lock, so that nobody waits for it."""
    return _who(work, work.rows(_MEET, now=work.now, index=phone.index, sid=""), phone.number)


def _met(work: Work, number: str, read: Prepared, **asked: str | int) -> Meeting:
    index = work.keys.blind(NUMBER, number)
    work.lock(index)
    return _who(work, work.rows(read, now=work.now, index=index, **asked), number)


def _who(work: Work, rows: Sequence[Row[Any]], number: str) -> Meeting:
    first = rows[0]
    if first.version is None:
        raise NoRegime
    under = terms(work, first.version)
    if first.phone_id is None:
        return Meeting(add_phone(work, number), (), None, under, first.state_sealed, first.reply_sealed)
    officer = officer_on_duty(first, under, work.now) if first.officer_id else None
    patient = first.case_here is not None or any(row.open_case is not None for row in rows)
    kept = first.state_sealed, first.reply_sealed
    return Meeting(telephone(work, first), _holders(work, rows), officer, under, *kept, patient)


def _holders(work: Work, rows: Sequence[Row[Any]]) -> tuple[Holder, ...]:
    people = []
    for person_id, group in groupby(rows, key=attrgetter("person_id")):
        if person_id is not None:
            people.append(holder_with_passes(work, list(group)))
    return tuple(people)


def holder_with_passes(work: Work, rows: Sequence[Row[Any]]) -> Holder:
    """One person from a row a live pass, with the columns `PERSON`, `PASS` and `OPEN_CASE` as ``open_case``."""
    known = holder(work, rows[0], rows[0].open_case is not None)
    return replace(known, live=tuple(live_pass(known.key, row) for row in rows if row.pass_id is not None))
