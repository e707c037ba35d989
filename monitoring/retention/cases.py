"""The ends of cases: the key goes, then the rows. What stays says that there was a case, and of nobody.

Whoever is killed in between leaves a case that is found again: past its time, or destroyed and not emptied.
"""

from collections import Counter
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Table, delete, func, or_, select, tuple_, update

from codes.regimes import in_force, regime_if_any
from codes.rights.keeping_cases import MOST_HELD, case_ends, facts_kept_for
from codes.rights.nobody import nobody
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.in_turn import in_turn
from monitoring.photo_ends import destroy_photos_of_case
from monitoring.retention.reports import Report
from store import Store, Work
from store.audit import WORKER
from store.cases import Appeal, Case, CaseChange, CaseProposal, Consent, Fence, LentPhone
from store.checks import Photo, PresenceCheck
from store.columns import table
from store.duty import Alert, CaseFile
from store.notices import SpokenNotice
from store.patients import Departure, Device, FenceState, PatientLink, PatientWord
from store.reviews import Taking

PAGE: Final = 50
_CASE, _ALERT, _APPEAL, _PHOTO, _LENT = (table(one) for one in (Case, Alert, Appeal, Photo, LentPhone))
FACTS: Final = MappingProxyType(
    {
        "case_files": table(CaseFile),
        "notices": table(SpokenNotice),
        "alerts": _ALERT,
        "checks": table(PresenceCheck),
        "departures": table(Departure),
        "fence_states": table(FenceState),
        "words": table(PatientWord),
        "devices": table(Device),
        "links": table(PatientLink),
        "fences": table(Fence),
        "consents": table(Consent),
        "changes": table(CaseChange),
        "proposals": table(CaseProposal),
    }
)
"""By name, what belongs to a case and is deleted with it, in an order that foreign keys allow."""
_NAMELESS: Final = dict.fromkeys(
    (
        *("data_key", "epoch", "details_sealed", "seed_sealed", "reason", "closed_reason", "clinic", "of_case_id"),
        *("paused_at", "pause_kind", "enrol_by", "enrolled_at", "reminded_at", "planned_until"),
    )
)


def destroy_cases(store: Store, report: Report) -> None:
    """Destroys the cases whose time is over."""
    at: datetime | None = None
    after = ""
    while True:
        with store.reading() as work:
            regime = regime_if_any(work)
            if regime is None:
                return
            over = _CASE.c.closed_at.is_not(None), _CASE.c.destroyed_at.is_(None)
            old = select(_CASE.c.id, _CASE.c.closed_at).where(
                *over, _CASE.c.closed_at <= work.now - facts_kept_for(regime)
            )
            further = old if at is None else old.where(tuple_(_CASE.c.closed_at, _CASE.c.id) > (at, after))
            rows = work.rows(further.order_by(_CASE.c.closed_at, _CASE.c.id).limit(PAGE))
            ends = case_ends(work, regime, [row.id for row in rows])
            past = [row for row in rows if row.id in ends and ends[row.id].is_past(work.now)]
        in_turn(store, past, lambda work, row: _destroy_if_past(work, row.id, report), "destroy_cases")
        if len(rows) < PAGE:
            return
        at, after = rows[-1].closed_at, rows[-1].id


def empty_cases(store: Store, report: Report) -> None:
    """Goes on with cases that were destroyed and not emptied: blobs were to be deleted first, a telephone came back."""
    after = ""
    while True:
        with store.reading() as work:
            left = select(_CASE.c.id).where(_CASE.c.destroyed_at.is_not(None), _CASE.c.emptied_at.is_(None))
            rows = work.rows(left.where(_CASE.c.id > after).order_by(_CASE.c.id).limit(PAGE))
        in_turn(store, rows, lambda work, row: _empty_if_destroyed(work, row.id, report), "empty_cases")
        if len(rows) < PAGE:
            return
        after = rows[-1].id


def destroy_case(work: Work, case: WatchedCase) -> Counter[str]:
    """Destroys all that is known of a case that is held; counts by kind."""
    keys = work.count(select(func.count()).where(_CASE.c.id == case.id, _CASE.c.data_key.is_not(None)))
    work.run(update(_CASE).where(_CASE.c.id == case.id).values(**_NAMELESS, destroyed_at=work.now))
    counts = Counter(cases=1, keys=keys) + _empty(work, case)
    work.audit(WORKER, "case.destroyed", case.id, counts)
    return counts


def _destroy_if_past(work: Work, case_id: str, report: Report) -> None:
    case = held_case(work, case_id)
    end = case_ends(work, in_force(work).regime, [case_id]).get(case_id)
    if case is not None and end is not None and end.is_past(work.now):
        report.note(work, destroy_case(work, case))


def _empty_if_destroyed(work: Work, case_id: str, report: Report) -> None:
    case = held_case(work, case_id)
    if case is not None and case.destroyed_at is not None:
        report.note(work, _empty(work, case))


def _empty(work: Work, case: WatchedCase) -> Counter[str]:
    """Deletes the rows of a destroyed case; the case is nobody's once none is left."""
    counts = Counter(photos=destroy_photos_of_case(work, case.id, WORKER))
    counts["lent_phones"] = _forget_phones(work, case.id)
    lent = _count(work, _LENT, case.id)
    alerts = select(_ALERT.c.id).where(_ALERT.c.case_id == case.id)
    named = or_(_APPEAL.c.about_id == case.id, _APPEAL.c.about_id.in_(alerts))
    work.run(update(_APPEAL).where(named).values(about=None, about_id=None))
    work.run(delete(table(Taking)).where(table(Taking).c.subject_id.in_(alerts)))
    for name, facts in FACTS.items():
        gone = delete(facts).where(facts.c.case_id == case.id)
        counts[name] = work.run(gone.where(~_wanted_back()) if lent and facts is _ALERT else gone)
    work.run(delete(_PHOTO).where(_PHOTO.c.case_id == case.id, _PHOTO.c.due_at.is_(None)))
    work.run(update(_CASE).where(_CASE.c.of_case_id == case.id).values(of_case_id=None))
    if not lent and not _count(work, _PHOTO, case.id):
        nameless = {"person_id": nobody(work), "phone_id": None, "emptied_at": work.now}
        work.run(update(_CASE).where(_CASE.c.id == case.id).values(**nameless))
    return counts


def _forget_phones(work: Work, case_id: str) -> int:
    """Telephones that came back, or will not any more. Of one that is out the row stays, and to whom it was lent."""
    back = or_(_LENT.c.returned_at.is_not(None), _LENT.c.due_at <= work.now - MOST_HELD)
    return work.run(delete(_LENT).where(_LENT.c.case_id == case_id, back))


def _wanted_back() -> Any:
    return (_ALERT.c.kind == "phone_not_returned") & _ALERT.c.decided_at.is_(None)


def _count(work: Work, rows: Table, case_id: str) -> int:
    return work.count(select(func.count()).select_from(rows).where(rows.c.case_id == case_id))
