"""What is known of a device before its fixes are judged: whose it is, its state, the fences that count now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, Integer, String, and_, bindparam, exists, insert, or_, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from monitoring.cases.watched import WATCHED, Watched, read_watched
from monitoring.fence.outlines import Outline, outline_of
from monitoring.fence.parameters import STREAM
from monitoring.fence.state import State, read_state, write_state
from store import Keyring, Store, Work
from store.cases import Case, Fence
from store.columns import table
from store.patients import Device, FenceState
from store.prepared import Prepared

_DEVICE, _CASE, _FENCE, _STATE = table(Device), table(Case), table(Fence), table(FenceState)
_NOW = {name: bindparam(name, type_=UTCDateTime()) for name in ("now", "then", "since")}
_COUNTS = and_(
    _FENCE.c.replaced_at.is_(None),
    _FENCE.c.starts_at <= _NOW["now"],
    or_(_FENCE.c.ends_at.is_(None), _FENCE.c.ends_at > _NOW["then"]),
)
"""Of fences: those of now."""
_GROUNDS = (
    _FENCE.c.id.label("fence_id"),
    _FENCE.c.role.label("fence_role"),
    _FENCE.c.shape_sealed.label("fence_shape_sealed"),
    _STATE.c.state.label("fence_state"),
)
_SOME_DEVICE = _DEVICE.outerjoin(_FENCE, and_(_FENCE.c.case_id == _DEVICE.c.case_id, _COUNTS)).outerjoin(
    _STATE, and_(_STATE.c.case_id == _DEVICE.c.case_id, _STATE.c.device_id == _DEVICE.c.id)
)
_OF_DEVICE = Prepared(
    select(*_GROUNDS)
    .select_from(_SOME_DEVICE)
    .where(_DEVICE.c.id == bindparam("device_id"), _DEVICE.c.case_id == bindparam("of_case"))
    .order_by(_FENCE.c.id)
)
_BY_TOKEN = Prepared(
    select(
        *WATCHED,
        _DEVICE.c.id.label("device_id"),
        _DEVICE.c.last_heard_at.label("device_last_heard_at"),
        *_GROUNDS,
    )
    .select_from(_SOME_DEVICE.join(_CASE, _CASE.c.id == _DEVICE.c.case_id))
    .where(_DEVICE.c.token_hash == bindparam("token_hash"), _DEVICE.c.ended_at.is_(None))
    .order_by(_FENCE.c.id)
)
_NEXT_STATE = (
    update(_STATE)
    .where(_STATE.c.case_id == bindparam("of_case"), _STATE.c.device_id == bindparam("of_device"))
    .values(
        state=bindparam("told"),
        heard_at=bindparam("at", type_=UTCDateTime()),
        next_s=bindparam("next_s"),
    )
)
_KNOWN_STATE = Prepared(_NEXT_STATE)
_HAS_TOKEN = exists().where(_DEVICE.c.id == bindparam("of_device", type_=String()), _DEVICE.c.ended_at.is_(None))
_SAME_STATE = Prepared(_NEXT_STATE.where(_STATE.c.state == bindparam("was"), _HAS_TOKEN))
_FIRST: Final[Mapping[str, BindParameter[Any]]] = {
    "case_id": bindparam("of_case", type_=String()),
    "device_id": bindparam("of_device", type_=String()),
    "state": bindparam("told", type_=String()),
    "heard_at": bindparam("at", type_=UTCDateTime()),
    "next_s": bindparam("next_s", type_=Integer()),
}
_NO_STATE = ~exists().where(_STATE.c.case_id == _FIRST["case_id"], _STATE.c.device_id == _FIRST["device_id"])
_FIRST_STATE = Prepared(insert(_STATE).from_select(list(_FIRST), select(*_FIRST.values()).where(_NO_STATE, _HAS_TOKEN)))
_HEARD = Prepared(
    update(_DEVICE)
    .where(
        _DEVICE.c.id == bindparam("of_device"),
        or_(_DEVICE.c.last_heard_at.is_(None), _DEVICE.c.last_heard_at < _NOW["since"]),
    )
    .values(last_heard_at=bindparam("at", type_=UTCDateTime()))
)
_TO: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a patient may be now, and what is remembered of one of their devices."""

    outlines: tuple[Outline, ...]
    away_allowed: bool
    """Whether an exemption's fence is among them, so that they may be on their way."""
    state: State
    told: str | None
    """The state as its row says it; None: there is no row yet."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """A device that reports, the case it belongs to, and what its fixes are judged against."""

    token_hash: bytes
    case: Watched
    device_id: str
    heard_at: datetime | None
    """When the device gave its last sign of life, to a minute."""
    grounds: Grounds


def reporting_device(work: Work, token_hash: bytes) -> Reporting | None:
    """The device with this token, unless it ended. Nobody else handles its fixes to the end of the work."""
    work.lock(token_hash)
    rows = work.rows(_BY_TOKEN, token_hash=token_hash, now=work.now, then=work.now)
    device = _reporting(work.keys, token_hash, rows)
    if device is not None:
        _note_heard(work, device)
    return device


def glanced_device(store: Store, token_hash: bytes) -> Reporting | None:
    """The same as it is just now, held by nobody: what comes of it goes to `keep_if_same`."""
    now = store.clock()
    return _reporting(store.keys, token_hash, store.glance(_BY_TOKEN, token_hash=token_hash, now=now, then=now))


def _reporting(keys: Keyring, token_hash: bytes, rows: Sequence[Any]) -> Reporting | None:
    if not rows:
        return None
    case = read_watched(keys, rows[0])
    return Reporting(token_hash, case, rows[0].device_id, rows[0].device_last_heard_at, _grounds(case, rows))


def _note_heard(work: Work, device: Reporting) -> None:
    if device.heard_at is None or device.heard_at < work.now - _TO:
        note_heard(work, device.device_id)


def grounds_of(work: Work, case: Watched, device_id: str) -> Grounds:
    """What the decision starts from. Without outlines nothing can be decided."""
    note_heard(work, device_id)
    return _grounds(case, work.rows(_OF_DEVICE, of_case=case.id, device_id=device_id, now=work.now, then=work.now))


def _grounds(case: Watched, rows: Sequence[Any]) -> Grounds:
    told = rows[0].fence_state if rows else None
    outlines = tuple(_outline(case, row) for row in rows if row.fence_shape_sealed and case.key)
    return Grounds(outlines, any(row.fence_role == "other" for row in rows), read_state(told), told)


def keep_state(work: Work, case: Watched, device_id: str, grounds: Grounds, state: State, next_s: int) -> None:
    """Writes what is remembered from now on."""
    told = write_state(state, STREAM.version)
    if grounds.told is None:
        given = {"case_id": case.id, "device_id": device_id, "state": told}
        work.insert(FenceState, **given, heard_at=work.now, next_s=next_s)
    else:
        work.later(_KNOWN_STATE, of_case=case.id, of_device=device_id, told=told, at=work.now, next_s=next_s)


def keep_if_same(store: Store, device: Reporting, state: State, next_s: int) -> bool:
    """Writes what is remembered from now on, after a glance.

    False where something else was remembered meanwhile, or the device ended.
    """
    told, was = write_state(state, STREAM.version), device.grounds.told
    with store.work() as work:
        work.lock(device.token_hash)
        _note_heard(work, device)
        mine = {"of_case": device.case.id, "of_device": device.device_id}
        known = {"was": was} if was is not None else {}
        statement = _FIRST_STATE if was is None else _SAME_STATE
        work.later(statement, **mine, **known, told=told, at=work.now, next_s=next_s)
    return work.touched == 1


def note_heard(work: Work, device_id: str) -> None:
    """That a device gave a sign of life; to a minute, since each row written costs."""
    work.later(_HEARD, of_device=device_id, at=work.now, since=work.now - _TO)


def _outline(case: Watched, row: Any) -> Outline:
    assert case.key is not None
    return outline_of(case.key.open_bytes(f"fence.shape.{row.fence_id}", row.fence_shape_sealed), STREAM.weak_m)
