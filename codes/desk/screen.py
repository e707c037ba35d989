"""The caller's screen: who is on the telephone, their passes, what they were refused, what never reached them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from codes.desk.attending import Attended, note_looks, number_on_file
from codes.meeting import meet
from codes.people import Holder
from codes.regimes import Terms, terms
from store import Work
from store.columns import table
from store.desk import CallLook
from store.messages import LOST, OutboxMessage
from store.passes import Application, Pass
from store.phones import Telephone
from store.prepared import Prepared

LATELY = timedelta(days=1)
MOST = 5
_APPLICATION, _OUTBOX, _PASS, _LOOK = table(Application), table(OutboxMessage), table(Pass), table(CallLook)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_REFUSED = (
    select(_APPLICATION.c.asked_at, _APPLICATION.c.purpose, _APPLICATION.c.refusal, _APPLICATION.c.regime_version)
    .where(_APPLICATION.c.person_id.in_(_PEOPLE), _APPLICATION.c.state == "refused")
    .order_by(_APPLICATION.c.id.desc())
    .limit(MOST)
)
_OVER = (
    select(_PASS.c.purpose, _PASS.c.regime_version, _PASS.c.valid_until, _PASS.c.revoked_at, _PASS.c.revoked_reason)
    .where(_PASS.c.person_id.in_(_PEOPLE), _PASS.c.valid_until > bindparam("since"))
    .where((_PASS.c.valid_until <= bindparam("now")) | _PASS.c.revoked_at.is_not(None))
    .order_by(_PASS.c.valid_until.desc())
    .limit(MOST)
)
_FAILED = (
    select(_OUTBOX.c.settled_at, _OUTBOX.c.template, _OUTBOX.c.error_code)
    .where(_OUTBOX.c.phone_id == bindparam("phone_id"), _OUTBOX.c.state.in_(LOST), _OUTBOX.c.kind != "call")
    .order_by(_OUTBOX.c.id.desc())
    .limit(MOST)
)
_FOUND = Prepared(
    select(_LOOK.c.person_id)
    .where(_LOOK.c.call_sid == bindparam("call_sid"), _LOOK.c.staff_id == bindparam("staff_id"), _LOOK.c.why != "call")
    .order_by(_LOOK.c.looked_at)
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody asked and got no pass."""

    at: datetime
    purpose: int
    reason: str
    """A value of `codes.outcomes.RefusalReason`."""
    terms: Terms


@dataclass(frozen=True, slots=True)
class Over:
    """A pass that was, until lately; revoked where there is a reason."""

    purpose: int
    valid_until: datetime
    revoked_reason: str | None
    terms: Terms


@dataclass(frozen=True, slots=True)
class FailedText:
    """A text that never arrived."""

    at: datetime
    template: str
    error_code: int | None


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the agent sees of a caller."""

    people: tuple[Holder, ...]
    """On the caller's telephone; or on that of who was found, who alone is shown until proved."""
    phone: Telephone | None
    refused: Sequence[Refused]
    over: Sequence[Over]
    failed: Sequence[FailedText]


def screen_of(work: Work, attended: Attended) -> Screen:
    """What the agent sees now; each person is noted as looked at, once a call."""
    people, phone = _seen(work, attended)
    if phone is not None:
        note_looks(work, attended, people, phone, "call")
    whom = [one.id for one in people]
    refused = work.rows(_REFUSED, people=whom) if whom else ()
    over = work.rows(_OVER, people=whom, now=work.now, since=work.now - LATELY) if whom else ()
    failed = work.rows(_FAILED, phone_id=phone.id) if phone else ()
    return Screen(
        people,
        phone,
        [Refused(row.asked_at, row.purpose, row.refusal, terms(work, row.regime_version)) for row in refused],
        [Over(row.purpose, row.valid_until, row.revoked_reason, terms(work, row.regime_version)) for row in over],
        [FailedText(*row) for row in failed],
    )


def _seen(work: Work, attended: Attended) -> tuple[tuple[Holder, ...], Telephone | None]:
    """Proved: those whom it opens. Else the one found last by what the caller said; else all on their telephone."""
    if attended.people:
        return attended.people, attended.phone
    found = work.rows(_FOUND, call_sid=attended.call.sid, staff_id=attended.staff_id)
    person_id = found[-1].person_id if found else None
    phone = number_on_file(work, attended.call.sid, person_id) if person_id else None
    if phone is not None:
        there = meet(work, phone.number)
        return tuple(one for one in there.holders if one.id == person_id), there.phone
    meeting = attended.meeting
    return (meeting.holders, meeting.phone) if meeting else ((), None)
