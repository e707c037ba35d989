"""What is known of a device before its fixes are judged: whose it is, its state, the fences that count now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from monitoring.cases.watched import WatchedCase, read_case
from monitoring.fence.outlines import Outline, outline_of
from monitoring.fence.parameters import STREAM
from monitoring.fence.state import State, read_state, write_state
from store import Work
from store.cases import Case, Fence
from store.columns import labelled, table
from store.patients import Device, FenceState
from store.prepared import Prepared

_DEVICE, _CASE, _FENCE, _STATE = table(Device), table(Case), table(Fence), table(FenceState)
_BY_TOKEN = Prepared(
    select(_CASE, *labelled(Device, "device", without=("token_hash",)))
    .join(_CASE, _CASE.c.id == _DEVICE.c.case_id)
    .where(_DEVICE.c.token_hash == bindparam("token_hash"), _DEVICE.c.ended_at.is_(None))
)
_NOW = bindparam("now", type_=UTCDateTime())
_GROUNDS = Prepared(
    select(
        _FENCE.c.id,
        _FENCE.c.role,
        _FENCE.c.shape_sealed,
        _FENCE.c.weak,
        _STATE.c.state,
    )
    .select_from(
        _FENCE.outerjoin(
            _STATE, and_(_STATE.c.case_id == _FENCE.c.case_id, _STATE.c.device_id == bindparam("device_id"))
        )
    )
    .where(
        _FENCE.c.case_id == bindparam("of_case"),
        _FENCE.c.replaced_at.is_(None),
        _FENCE.c.starts_at <= _NOW,
        or_(_FENCE.c.ends_at.is_(None), _FENCE.c.ends_at > bindparam("then", type_=UTCDateTime())),
    )
    .order_by(_FENCE.c.id)
)
_KNOWN_STATE = Prepared(
    update(_STATE)
    .where(_STATE.c.case_id == bindparam("of_case"), _STATE.c.device_id == bindparam("of_device"))
    .values(
        state=bindparam("told"),
        heard_at=bindparam("at", type_=UTCDateTime()),
        next_s=bindparam("next_s"),
    )
)
_HEARD = Prepared(
    update(_DEVICE)
    .where(_DEVICE.c.id == bindparam("of_device"))
    .values(last_heard_at=bindparam("at", type_=UTCDateTime()))
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """A device that reports, and the case it belongs to."""

    case: WatchedCase
    device_id: str
    last_heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a patient may be now, and what is remembered of one of their devices."""

    outlines: tuple[Outline, ...]
    away_allowed: bool
    """Whether an exemption's fence is among them, so that they may be on their way."""
    state: State
    is_new: bool


def reporting_device(work: Work, token_hash: bytes) -> Reporting | None:
    """The device with this token, unless it ended. Nobody else handles its fixes to the end of the work."""
    work.lock(token_hash)
    row = work.row(_BY_TOKEN, token_hash=token_hash)
    return Reporting(read_case(work, row), row.device_id, row.device_last_heard_at) if row else None


def knows_device(work: Work, token_hash: bytes) -> bool:
    """Whether a device has this token and did not end."""
    return work.row(_BY_TOKEN, token_hash=token_hash) is not None


def grounds_of(work: Work, case: WatchedCase, device_id: str) -> Grounds:
    """What the decision starts from. Without outlines nothing can be decided."""
    rows = work.rows(_GROUNDS, of_case=case.id, device_id=device_id, now=work.now, then=work.now)
    state = rows[0].state if rows else None
    outlines = tuple(_outline(case, row) for row in rows if row.shape_sealed and case.key)
    return Grounds(outlines, any(row.role == "other" for row in rows), read_state(state), state is None)


def keep_state(work: Work, case: WatchedCase, device_id: str, grounds: Grounds, state: State, next_s: int) -> None:
    """Writes what is remembered from now on."""
    told = write_state(state, STREAM.version)
    if grounds.is_new:
        given = {"case_id": case.id, "device_id": device_id, "state": told}
        work.insert(FenceState, **given, heard_at=work.now, next_s=next_s)
    else:
        work.later(_KNOWN_STATE, of_case=case.id, of_device=device_id, told=told, at=work.now, next_s=next_s)


def note_heard(work: Work, device_id: str) -> None:
    """That a device gave a sign of life."""
    work.later(_HEARD, of_device=device_id, at=work.now)


def _outline(case: WatchedCase, row: Any) -> Outline:
    assert case.key is not None
    return outline_of(case.key.open_bytes(f"fence.shape.{row.id}", row.shape_sealed), STREAM.weak_m)
