"""What must hold of people at home whatever happened to the processes: beside `codes.invariants`, checked with it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import func, or_, select

from codes import invariants
from codes.regimes import regime_if_any
from codes.rights.keeping_cases import case_ends, facts_kept_for
from codes.rights.keeping_photos import kept_photos, photo_end
from monitoring.alerts import DOUBTFUL, DOUBTS, facts_of
from monitoring.retention.proving import undestroyed_cases
from store import Work
from store.audit import SERVICE, WORKER
from store.cases import Case
from store.checks import OPEN_CHECKS, Photo, PresenceCheck
from store.columns import table
from store.duty import Alert
from store.ids import first_id
from store.patients import Device, PatientLink

LATE: Final = timedelta(hours=6)
"""So long after its time something may be there still, where the worker was away."""
MACHINES: Final = (SERVICE, WORKER)
_MOST: Final = 20
_CASE, _CHECK, _PHOTO, _ALERT = table(Case), table(PresenceCheck), table(Photo), table(Alert)
_LINK, _DEVICE = table(PatientLink), table(Device)


def broken(work: Work) -> list[str]:
    """As `codes.invariants.broken`, with what concerns people at home. A long read."""
    found = invariants.broken(work)
    for rule, check in CHECKS.items():
        found += [f"{rule}: {row}" for row, _ in zip(check(work), range(_MOST), strict=False)]
    return found


def _ids(work: Work, statement: Any) -> Iterator[str]:
    return (str(row[0]) for row in work.rows(statement))


def _photo_past_its_time(work: Work) -> Iterator[str]:
    since = work.now - LATE
    rows = work.rows(kept_photos(work.now).where(_PHOTO.c.id < first_id(since)))
    yield from (row.id for row in rows if (end := photo_end(row)) is not None and end < since)
    faces = or_(_PHOTO.c.data_key.is_not(None), _PHOTO.c.template_sealed.is_not(None))
    ended = or_(_CASE.c.closed_at < since, _CASE.c.ends_at < since)
    references = select(_PHOTO.c.id).join(_CASE, _CASE.c.id == _PHOTO.c.case_id)
    yield from _ids(work, references.where(_PHOTO.c.purpose == "reference", faces, ended))


def _case_past_its_time(work: Work) -> Iterator[str]:
    yield from undestroyed_cases(work)
    regime = regime_if_any(work)
    if regime is None:
        return
    late = _CASE.c.closed_at < work.now - facts_kept_for(regime) - LATE, _CASE.c.destroyed_at.is_(None)
    ids = [row.id for row in work.rows(select(_CASE.c.id).where(*late))]
    for start in range(0, len(ids), 100):
        ends = case_ends(work, regime, ids[start : start + 100])
        yield from (case_id for case_id, end in ends.items() if end.is_past(work.now - LATE))


def _link_used_after_its_end(work: Work) -> Iterator[str]:
    """Each is used once, by one statement; none after its end."""
    late = select(_LINK.c.case_id).where(_LINK.c.used_at > _LINK.c.ends_at)
    return _ids(work, late)


def _goes_on_after_the_end(work: Work) -> Iterator[str]:
    """Of a closed case nothing is asked, no link opens it and no device reports."""
    closed = _CASE.c.closed_at.is_not(None)
    asked = select(_CHECK.c.id).join(_CASE, _CASE.c.id == _CHECK.c.case_id)
    yield from _ids(work, asked.where(closed, _CHECK.c.state.in_(OPEN_CHECKS)))
    yield from _ids(work, select(_DEVICE.c.id).join(_CASE).where(closed, _DEVICE.c.ended_at.is_(None)))


def _asked_before_enrolment(work: Work) -> Iterator[str]:
    asked = select(_CHECK.c.id).join(_CASE, _CASE.c.id == _CHECK.c.case_id)
    early = or_(_CASE.c.enrolled_at.is_(None), _CHECK.c.asked_at < _CASE.c.enrolled_at)
    return _ids(work, asked.where(_CASE.c.destroyed_at.is_(None), _CHECK.c.asked_at.is_not(None), early))


def _decided_by_a_machine(work: Work) -> Iterator[str]:
    """A machine may excuse, and nothing else."""
    machine = _ALERT.c.decided_by.in_(MACHINES), _ALERT.c.decision != "excused"
    return _ids(work, select(_ALERT.c.id).where(*machine))


def _violation_without_its_reasons(work: Work) -> Iterator[str]:
    """Two facts of which the patient was told and had all the time to answer, and who did not open the case."""
    found = work.rows(select(_ALERT).where(_ALERT.c.decision == "violation"))
    for row in found:
        waited = [one for one in facts_of(row) if one.is_over(row.decided_at)]
        if len(waited) < 2 or row.decided_by == row.opened_by or row.reason_sealed is None:
            yield row.id


def _doubt_without_an_alert(work: Work) -> Iterator[str]:
    """A check that failed or was missed is before a person."""
    doubt = _CHECK.c.state.in_(DOUBTFUL), _CHECK.c.alert_id.is_(None)
    return _ids(work, select(_CHECK.c.id).where(*doubt))


def _two_open_doubts(work: Work) -> Iterator[str]:
    doubts = _ALERT.c.kind.in_(DOUBTS), _ALERT.c.decided_at.is_(None)
    twice = select(_ALERT.c.case_id).where(*doubts).group_by(_ALERT.c.case_id)
    return _ids(work, twice.having(func.count() > 1))


CHECKS: Final[Mapping[str, Callable[[Work], Iterator[str]]]] = MappingProxyType(
    {
        "a photo or face can be seen after its time": _photo_past_its_time,
        "a case can be opened after its time": _case_past_its_time,
        "a patient's link was used after its end": _link_used_after_its_end,
        "something is asked of a closed case": _goes_on_after_the_end,
        "a patient was asked before they could be": _asked_before_enrolment,
        "a machine decided": _decided_by_a_machine,
        "a violation without its reasons": _violation_without_its_reasons,
        "a doubt that nobody sees": _doubt_without_an_alert,
        "two doubts about one patient are open apart": _two_open_doubts,
    }
)
