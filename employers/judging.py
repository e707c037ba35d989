"""Explaining a list: what each line is, before anything is asked for. Nothing that we know of anybody is told.

A line is held against the order, against the others of its list and against what this organisation said itself before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from codes.employers.accounts import Organisation
from codes.employers.employments import Worker, document_index, known_workers
from codes.employers.hiring import COLUMNS, Named
from codes.employers.uploads import Judged
from codes.fields import Field
from codes.phones import read_phone
from codes.regime import Regime
from codes.signing_in import is_mobile
from employers.sheets import MOST_SIGNS, NEEDED, Line
from language.fields import Fit, read_field
from store import Work

EMPTY: Final = "empty"
"""With the column that must be filled in."""
LONG: Final = "long"
"""With the column whose cell is too long."""
WRONG: Final = "wrong"
"""With the column that can't be what it says."""
NO_MOBILE: Final = "no_mobile"
SAME_PHONE: Final = "same_phone"
"""With the line that has the same telephone, as `SAME_DOCUMENT` has that of the same document."""
SAME_DOCUMENT: Final = "same_document"
LIVE: Final = "live"
"""This organisation asked for a pass for them that lives and does not end soon."""
CHANGED: Final = "changed"
"""With the columns that say something else than this organisation's list did before."""
_MENDED: Final = (LIVE, CHANGED)
"""What is no mistake."""
_FIELDS: Final = {"name": Field.NAME, "document": Field.DOCUMENT, "plate": Field.PLATE, "card": Field.CARD}
Found = tuple[str, Any]


@dataclass(slots=True)
class Judge:
    """Explains a list a page at a time, and remembers which telephones and documents it saw."""

    regime: Regime
    now: datetime
    again: bool = False
    phones: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)

    def judge(self, work: Work, found: Organisation, lines: Sequence[Line]) -> list[Judged]:
        """The lines explained, in their order."""
        read = [(line, *self._read(line)) for line in lines]
        indexes = {
            line.number: document_index(work, found.id, named.document) for line, named, _ in read if named is not None
        }
        known = known_workers(work, found, indexes.values()) if indexes else {}
        return [
            self._judged(line, named, faults, known.get(indexes.get(line.number, b""))) for line, named, faults in read
        ]

    def _read(self, line: Line) -> tuple[Named | None, list[Found]]:
        """Whom a line names, and what is wrong with it."""
        values, faults = {}, []
        for column, cell in zip(COLUMNS, line.cells, strict=True):
            value = self._value(column, cell)
            if isinstance(value, str):
                values[column] = value
            else:
                faults.append(value)
        faults += self._twice(line.number, values)
        return (None if faults else Named(**values)), faults

    def _value(self, column: str, cell: str) -> str | Found:
        if not cell:
            return (EMPTY, column) if column in NEEDED else ""
        if len(cell) > MOST_SIGNS:
            return LONG, column
        if column == "phone":
            number = read_phone(cell, self.regime.phone_region)
            if number is None:
                return WRONG, column
            return number if is_mobile(number, {self.regime.phone_region}) else (NO_MOBILE, column)
        today = self.now.astimezone(self.regime.zone).date()
        read = read_field(_FIELDS[column], cell, self.regime, today)
        return read.value if read.fit is Fit.FINE else (WRONG, column)

    def _twice(self, number: int, values: dict[str, str]) -> list[Found]:
        found: list[Found] = []
        for column, seen, code in (("phone", self.phones, SAME_PHONE), ("document", self.documents, SAME_DOCUMENT)):
            value = values.get(column)
            if value:
                first = seen.setdefault(value, number)
                found += [(code, first)] if first != number else []
        return found

    def _judged(self, line: Line, named: Named | None, faults: list[Found], before: Worker | None) -> Judged:
        if named is None:
            return Judged(line.number, line.cells, None, tuple(faults), fine=False)
        if before is None or self.again:
            return Judged(line.number, line.cells, named, (), fine=True)
        if before.state == "live" and not before.ends_soon(self.now):
            return Judged(line.number, line.cells, named, ((LIVE, None),), fine=False)
        kept, said = before.named.kept(), named.kept()
        changed = [column for column in COLUMNS if kept[column] != said[column]]
        return Judged(line.number, line.cells, named, ((CHANGED, changed),) if changed else (), fine=True)


def is_mistake(findings: Collection[Found]) -> bool:
    """Whether a line must be mended before a pass can be asked for."""
    return any(code not in _MENDED for code, _ in findings)


def wrong_numbers(rows: Sequence[Judged]) -> int:
    """How many lines have no telephone that can be one."""
    return sum(
        any((code, told) in ((WRONG, "phone"), (NO_MOBILE, "phone")) for code, told in one.findings) for one in rows
    )
