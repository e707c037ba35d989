"""Officers enrolled by administrators: one, or many from a sheet that is tried first; changing and leaving."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from codes.phones import read_phone
from codes.police.officers import enroll, pin_index
from codes.police.roster import Enrolled, roster
from codes.regime import Regime
from codes.regimes import Terms
from store import Work
from store.officers import Officer

MOST = 200
"""Lines of a sheet: each is written while others wait."""
LONGEST_UNIT = 80
_PIN_DIGITS = 6
_COLUMNS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "phone": frozenset({"phone", "telephone", "телефон", "номер"}),
        "unit": frozenset({"unit", "подразделение", "бүлек", "отдел"}),
        "zone": frozenset({"zone", "зона"}),
    }
)
"""What the head of a column may say."""


class Trouble(StrEnum):
    """Why nobody is enrolled by this line."""

    NUMBER = "number"
    UNIT = "unit"
    ZONE = "zone"
    TWICE = "twice"  # the number stands higher up
    ENROLLED = "enrolled"  # an officer serves on this number


class SheetTrouble(StrEnum):
    """Why a sheet can't be read at all."""

    EMPTY = "empty"
    COLUMNS = "columns"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: the E.164 number where it is one, and what is wrong with it."""

    place: int
    """As spreadsheets count: the head is 1."""
    number: str
    unit: str
    zone: str | None
    trouble: Trouble | None


def read_sheet(written: str) -> list[dict[str, str]] | SheetTrouble:
    """The lines of a CSV, by our names of columns; with commas or semicolons, and a head."""
    text = written.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
    if not text:
        return SheetTrouble.EMPTY
    divider = ";" if ";" in text.splitlines()[0] else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider) if any(row)]
    except csv.Error:
        return SheetTrouble.COLUMNS
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    places = {name: head.index(one) for name, words in _COLUMNS.items() for one in head if one in words}
    if not {"phone", "unit"} <= set(places):
        return SheetTrouble.COLUMNS
    if len(rows) == 1:
        return SheetTrouble.EMPTY
    if len(rows) - 1 > MOST:
        return SheetTrouble.LONG
    return [{name: (row[at] if at < len(row) else "").strip() for name, at in places.items()} for row in rows[1:]]


def try_lines(work: Work, under: Terms, rows: Sequence[Mapping[str, str]]) -> list[Line]:
    """What each line would do; nothing is written."""
    serving = {one.phone for one in roster(work, under)}
    lines, seen = list[Line](), set[str]()
    for place, row in enumerate(rows, 2):
        line = _try(under.regime, place, row, serving, seen)
        seen.add(line.number)
        lines.append(line)
    return lines


def _try(regime: Regime, place: int, row: Mapping[str, str], serving: set[str], seen: set[str]) -> Line:
    written, unit, named = row.get("phone", ""), " ".join(row.get("unit", "").split()), row.get("zone", "")
    number, zone = read_phone(written.removeprefix("'"), regime.phone_region), zone_named(regime, named)
    trouble = None
    if number is None:
        trouble = Trouble.NUMBER
    elif not unit or len(unit) > LONGEST_UNIT or not unit.isprintable():
        trouble = Trouble.UNIT
    elif named and zone is None:
        trouble = Trouble.ZONE
    elif number in seen:
        trouble = Trouble.TWICE
    elif number in serving:
        trouble = Trouble.ENROLLED
    return Line(place, number or "", unit, zone, trouble)


def zone_named(regime: Regime, written: str) -> str | None:
    """The key of a zone, by its key or any of its names; None where there is none."""
    wanted = written.strip().casefold()
    return next(
        (one.key for one in regime.zones if wanted in {name.casefold() for name in (one.key, *one.name.values())}), None
    )


def enlist(work: Work, lines: Sequence[Line], by: str) -> list[tuple[Line, str]]:
    """Enrols the lines that have no trouble, each with a new PIN, to be shown once."""
    fresh = [(line, new_pin(work.random)) for line in lines if line.trouble is None]
    for line, pin in fresh:
        enroll(work, line.number, line.unit, pin, line.zone, by)
    return fresh


def new_pin(random: Random) -> str:
    """Six digits, not all alike and not in a row."""
    while True:
        pin = f"{random.randrange(10**_PIN_DIGITS):0{_PIN_DIGITS}}"
        steps = {int(later) - int(sooner) for sooner, later in pairwise(pin)}
        if steps not in ({0}, {1}, {-1}):
            return pin


def enrolled(work: Work, under: Terms, officer_id: str) -> Enrolled | None:
    """An officer who serves."""
    return next((one for one in roster(work, under) if one.officer.id == officer_id), None)


def transfer(work: Work, officer_id: str, unit: str, zone: str | None, by: str) -> bool:
    """Another unit and usual zone; False where no such officer serves. A shift that is open goes on where it is."""
    if not work.run(_serving(officer_id), unit=unit, zone=zone):
        return False
    work.audit(by, "officer.transferred", officer_id, {"unit": unit, "zone": zone})
    return True


def renew_pin(work: Work, officer_id: str, by: str) -> str | None:
    """A new PIN, to be shown once; it ends an open shift. None where no such officer serves."""
    pin = new_pin(work.random)
    values: dict[str, Any] = {"pin_index": pin_index(work, officer_id, pin), "wrong_pins": 0, "shift_until": None}
    if not work.run(_serving(officer_id), **values):
        return None
    work.audit(by, "officer.pin_renewed", officer_id)
    return pin


def _serving(officer_id: str) -> Any:
    return update(Officer).where(col(Officer.id) == officer_id, col(Officer.left_at).is_(None))
