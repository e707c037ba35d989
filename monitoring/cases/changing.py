"""Changing a case: its kind, how presence is checked, when it ends. Each change is kept with why, sealed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.cases.circumstances import possible_means
from monitoring.cases.opening import ENROL_WITHIN
from monitoring.cases.watched import WatchedCase
from store import Work
from store.case_details import seal_details
from store.cases import Case, CaseChange
from store.columns import table


@dataclass(frozen=True, slots=True)
class Planned:
    """How somebody is to stay at home from now on."""

    kind: str
    means: str
    ends_at: datetime | None
    circumstances: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was changed, by whom and why; the reason is empty once it was destroyed."""

    kind: str
    reason: str
    changed_at: datetime
    changed_by: str


def change_plan(work: Work, case: WatchedCase, planned: Planned, reason: str, by: str) -> None:
    """Puts another plan in place of a case's. Whoever gets links from now on has a day to open their page anew."""
    assert case.key is not None, "an open case has its key"
    planned = replace(planned, means=possible_means(planned.means, planned.circumstances))
    details = replace(case.details, circumstances=planned.circumstances, note=planned.note)
    values: dict[str, Any] = {"kind": planned.kind, "means": planned.means, "ends_at": planned.ends_at}
    if planned.means == "link" and case.means != "link":
        values |= {"enrol_by": work.now + ENROL_WITHIN, "enrolled_at": None, "reminded_at": None}
    sealed = seal_details(case.key, case.id, details)
    work.run(update(Case).where(col(Case.id) == case.id), **values, details_sealed=sealed)
    note_change(work, case, "plan", reason, by, {"kind": planned.kind, "means": planned.means})


def move_home(work: Work, case: WatchedCase, address: str) -> WatchedCase:
    """The case with another address."""
    assert case.key is not None, "an open case has its key"
    details = replace(case.details, address=address)
    work.run(update(Case).where(col(Case.id) == case.id), details_sealed=seal_details(case.key, case.id, details))
    return replace(case, details=details)


def note_change(
    work: Work, case: WatchedCase, kind: str, reason: str, by: str, told: dict[str, Any] | None = None
) -> None:
    """Keeps that something of a case was changed, `kind` of `store.cases.CHANGE_KINDS`, and why."""
    change_id = work.new_id()
    sealed = case.key.seal(f"case_change.reason.{change_id}", reason) if case.key else None
    given = {"case_id": case.id, "kind": kind, "reason_sealed": sealed}
    work.insert(CaseChange, id=change_id, **given, changed_at=work.now, changed_by=by)
    work.audit(by, "case.changed", case.id, {"what": kind, **(told or {})})


def changes_of(work: Work, case: WatchedCase) -> list[Change]:
    """What was changed of a case, the last first."""
    mine = select(table(CaseChange)).where(col(CaseChange.case_id) == case.id)
    return [
        Change(
            row.kind,
            case.opened(f"case_change.reason.{row.id}", row.reason_sealed),
            row.changed_at,
            row.changed_by,
        )
        for row in work.rows(mine.order_by(col(CaseChange.id).desc()))
    ]
