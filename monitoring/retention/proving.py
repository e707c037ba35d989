"""What is left of a case: rows, sealed values, keys and blobs, counted where they lie. The proof that it is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_, select

from codes.regimes import regime_if_any
from codes.rights.keeping_cases import CaseEnd, case_ends
from codes.rights.nobody import NOBODY
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.retention.cases import FACTS
from store import Work
from store.cases import Appeal, Case, LentPhone
from store.checks import Photo
from store.columns import table

_CASE, _PHOTO, _LENT, _APPEAL = (table(one) for one in (Case, Photo, LentPhone, Appeal))
_ROWS = {**FACTS, "photos": _PHOTO, "lent_phones": _LENT}
_PLAIN = ("reason", "closed_reason")
"""Of cases of before they had keys: words in clear."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of one case."""

    case: WatchedCase
    emptied_at: datetime | None
    is_nobodys: bool
    keys: Mapping[str, int]
    """Data keys that are there still, by what they open."""
    rows: Mapping[str, int]
    sealed_values: int
    blobs: int
    appeals: int
    """That name it."""
    end: CaseEnd | None
    """Of a case that is closed and not destroyed."""

    @property
    def anything_personal(self) -> bool:
        """Whether anything can be opened, or says anything of somebody."""
        left = (*self.keys.values(), *self.rows.values(), self.sealed_values, self.blobs, self.appeals)
        return any(left) or not self.is_nobodys


def remains(work: Work, case_id: str) -> Remains | None:
    """What is left of a case; None where there never was one of this id."""
    case = watched_case(work, case_id)
    if case is None:
        return None
    row = work.row(select(_CASE).where(_CASE.c.id == case_id))
    mine = {name: (rows, rows.c.case_id == case_id) for name, rows in _ROWS.items()}
    own: tuple[Table, ColumnElement[bool]] = _CASE, _CASE.c.id == case_id
    keys = {name: _keys(work, *one) for name, one in {"case": own, **mine}.items() if "data_key" in one[0].c}
    sealed = sum(_sealed(work, *one) for one in (own, *mine.values()))
    names = (_PHOTO.c.blob, _PHOTO.c.begun_blob, _PHOTO.c.doomed_blob)
    return Remains(
        case,
        row.emptied_at,
        row.person_id == NOBODY and row.phone_id is None,
        keys,
        {name: _count(work, *one) for name, one in mine.items()},
        sealed + sum(getattr(row, name) is not None for name in _PLAIN),
        sum(_count(work, _PHOTO, mine["photos"][1], name.is_not(None)) for name in names),
        _count(work, _APPEAL, _APPEAL.c.about_id == case_id),
        _end(work, case_id),
    )


def _end(work: Work, case_id: str) -> CaseEnd | None:
    regime = regime_if_any(work)
    return case_ends(work, regime, [case_id]).get(case_id) if regime else None


def _keys(work: Work, rows: Table, mine: ColumnElement[bool]) -> int:
    return _count(work, rows, mine, rows.c.data_key.is_not(None))


def _sealed(work: Work, rows: Table, mine: ColumnElement[bool]) -> int:
    columns = [column for column in rows.c if column.name.endswith("_sealed")]
    return sum(_count(work, rows, mine, column.is_not(None)) for column in columns)


def _count(work: Work, rows: Table, *which: Any) -> int:
    return work.count(select(func.count()).select_from(rows).where(*which))


def undestroyed_cases(work: Work) -> list[str]:
    """Destroyed cases under whose key something could be opened still, by id."""
    there = or_(*(_CASE.c[name].is_not(None) for name in ("data_key", "details_sealed", "seed_sealed", *_PLAIN)))
    rows = work.rows(select(_CASE.c.id).where(_CASE.c.destroyed_at.is_not(None), there))
    return [row.id for row in rows]
