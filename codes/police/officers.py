"""Police officers by telephone: enrolled number, shift with a PIN, a lock after wrong PINs or unknown codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.regimes import Terms
from store import Work
from store.columns import labelled
from store.officers import Officer as OfficerRow
from store.phones import Telephone, ensure_phone, find_phone

SHIFT = timedelta(hours=12)
WRONG_PINS = 5
"""In a row; then a supervisor unlocks."""
UNKNOWN_CODES = 3
"""A day; then a supervisor unlocks. A well-formed code that nobody has is a guess."""
MOST_GUESSES = 10
"""Of what a device hands in, nothing is answered after so many."""
PIN = "pin"
_UNLOCKED = {"locked_at": None, "wrong_pins": 0, "unknown_codes": 0}
OFFICER = labelled(OfficerRow, "officer", without=("phone_id", "unit", "enrolled_at", "left_at", "staff_id"))
"""The columns `officer_on_duty` reads."""
_SELECT = select(*OFFICER)


@dataclass(frozen=True, slots=True)
class Officer:
    """An enrolled officer, as of now."""

    id: str
    on_shift: bool
    zone: str | None
    locked: bool
    wrong_pins: int
    unknown_codes: int
    """Today."""
    shift_until: datetime | None = None
    """Past or None where no shift is open."""

    @property
    def actor(self) -> str:
        """Who they are in the audit."""
        return f"officer:{self.id}"

    @property
    def owner(self) -> Mapping[str, str]:
        """The column that names them in an inspection."""
        return {"officer_id": self.id}

    @property
    def guesses_left(self) -> int:
        """Officers ask for few things at once, and all are answered."""
        return MOST_GUESSES

    def guess(self, work: Work, guesses: int, under: Terms) -> bool:
        """Notes `guesses` today; True where that locks the officer."""
        return count_unknown(work, self, guesses, under)

    @property
    def locked_out(self) -> bool:
        """Whether a look is refused too. Wrong PINs close no shift that is open: anybody can forge a sender."""
        by_pins = self.wrong_pins >= WRONG_PINS and self.unknown_codes < UNKNOWN_CODES
        return self.locked and not (self.on_shift and by_pins)


class UnlockReason(StrEnum):
    """Why a supervisor unlocks."""

    SPOKEN_WITH = "spoken_with"  # the officer was called back and knew the answers
    UNIT_CONFIRMS = "unit_confirms"
    NEW_PIN = "new_pin"  # a new one was given
    OTHER = "other"


class Shift(StrEnum):
    """What became of a wish to open a shift."""

    OPENED = "opened"
    WRONG_PIN = "wrong_pin"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class ShiftAnswer:
    """`until` and `zone` where the shift is open."""

    shift: Shift
    until: datetime | None = None
    zone: str | None = None


def officer_on_duty(row: Row[Any], under: Terms, now: datetime) -> Officer:
    """A row with the columns `OFFICER` as a value."""
    on_shift = row.officer_shift_until is not None and row.officer_shift_until > now
    return Officer(
        row.officer_id,
        on_shift,
        row.officer_shift_zone if on_shift else row.officer_zone,
        row.officer_locked_at is not None,
        row.officer_wrong_pins,
        row.officer_unknown_codes if row.officer_unknown_on == _today(under, now) else 0,
        row.officer_shift_until,
    )


def _today(under: Terms, now: datetime) -> str:
    """The local date, as `Officer.unknown_on` keeps it."""
    return f"{now.astimezone(under.regime.zone):%Y-%m-%d}"


def pin_index(work: Work, officer_id: str, pin: str) -> bytes:
    """What is kept of an officer's PIN."""
    return work.keys.blind(PIN, f"{officer_id}/{pin}")


def enroll(work: Work, number: str, unit: str, pin: str, zone: str | None, by: str) -> str:
    """A new officer on the E.164 `number`, or the same one with a new unit, PIN and zone; the officer's id."""
    phone = ensure_phone(work, number)
    row = work.row(_of_phone(phone))
    officer_id = row.officer_id if row else work.new_id()
    values = {"unit": unit, "pin_index": pin_index(work, officer_id, pin), "zone": zone}
    if row:
        anew = {**values, "left_at": None, "locked_at": None, "wrong_pins": 0, "unknown_codes": 0, "shift_until": None}
        work.run(update(OfficerRow).where(col(OfficerRow.id) == officer_id), **anew)
    else:
        fresh = {"wrong_pins": 0, "unknown_codes": 0, "enrolled_at": work.now}
        work.insert(OfficerRow, id=officer_id, phone_id=phone.id, **values, **fresh)
    work.audit(by, "officer.enrolled", officer_id, {"unit": unit, "zone": zone})
    return officer_id


def open_shift(work: Work, officer: Officer, pin: str, zone: str | None, by: str) -> ShiftAnswer:
    """Opens a shift, or counts a wrong PIN."""
    row = work.row(_by_id(officer.id))
    assert row is not None, "an officer on duty has a row"
    change = _change(officer.id)
    if officer.locked:
        return ShiftAnswer(Shift.LOCKED)
    if row.officer_pin_index != pin_index(work, officer.id, pin):
        wrong = officer.wrong_pins + 1
        lock = work.now if wrong >= WRONG_PINS else None
        work.run(change, wrong_pins=wrong, locked_at=lock)
        work.audit(by, "officer.wrong_pin", officer.id, {"wrong": wrong})
        return ShiftAnswer(Shift.LOCKED if lock else Shift.WRONG_PIN)
    return _opened(work, officer.id, zone or row.officer_zone, by)


def open_proved_shift(work: Work, officer: Officer, zone: str | None, by: str) -> ShiftAnswer:
    """Opens a shift for whom a passkey proved; a lock bars it all the same."""
    if officer.locked:
        return ShiftAnswer(Shift.LOCKED)
    row = work.row(_by_id(officer.id))
    return _opened(work, officer.id, zone or row.officer_zone, by)


def _opened(work: Work, officer_id: str, zone: str | None, by: str) -> ShiftAnswer:
    until = work.now + SHIFT
    work.run(_change(officer_id), wrong_pins=0, shift_until=until, shift_zone=zone)
    work.audit(by, "officer.shift_opened", officer_id, {"zone": zone})
    return ShiftAnswer(Shift.OPENED, until, zone)


def close_shift(work: Work, officer_id: str, by: str) -> None:
    """Ends an officer's shift now, where one is open."""
    if work.run(_change(officer_id).where(col(OfficerRow.shift_until) > work.now), shift_until=work.now):
        work.audit(by, "officer.shift_closed", officer_id)


def _change(officer_id: str) -> Any:
    return update(OfficerRow).where(col(OfficerRow.id) == officer_id)


def count_unknown(work: Work, officer: Officer, unknown: int, under: Terms) -> bool:
    """Notes `unknown` guesses today; True where that locks the officer."""
    total = officer.unknown_codes + unknown
    locks = {"locked_at": work.now} if total >= UNKNOWN_CODES else {}
    work.run(_change(officer.id), unknown_on=_today(under, work.now), unknown_codes=total, **locks)
    if locks:
        work.audit("machine", "officer.locked", officer.id, {"unknown": total})
    return bool(locks)


def unlock(work: Work, officer_id: str, by: str, why: UnlockReason) -> bool:
    """A supervisor lets an officer go on; False where there is no such officer, or nothing to unlock."""
    change = _change(officer_id)
    barred = col(OfficerRow.locked_at).is_not(None) | (col(OfficerRow.wrong_pins) > 0)
    if not work.run(change.where(barred | (col(OfficerRow.unknown_codes) > 0)), **_UNLOCKED):
        return False
    work.audit(by, "officer.unlocked", officer_id, {"why": str(why)})
    return True


def officer_on(work: Work, number: str) -> str | None:
    """The id of the officer with this E.164 number."""
    phone = find_phone(work, number)
    row = work.row(_of_phone(phone)) if phone else None
    return str(row.officer_id) if row else None


def _by_id(officer_id: str) -> Any:
    return _SELECT.where(col(OfficerRow.id) == officer_id)


def _of_phone(phone: Telephone) -> Any:
    return _SELECT.where(col(OfficerRow.phone_id) == phone.id)
