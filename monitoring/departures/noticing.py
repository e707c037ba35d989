"""A departure becomes a fact; by day a challenge is asked after it, and whatever can't be asked goes to a person."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, select, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import Fact, raise_alert
from monitoring.cases.watched import Watched, WatchedCase, held_case
from monitoring.fence.bands import distance_band, radius_band
from monitoring.fence.deciding import Decision, is_plain
from monitoring.fence.fixes import Fix
from monitoring.fence.parameters import Parameters
from monitoring.quiet import is_quiet
from store import Work
from store.audit import SERVICE
from store.checks import OPEN_CHECKS, PresenceCheck
from store.columns import table
from store.patients import Departure

TOO_OLD: Final = timedelta(minutes=30)
"""Nobody is alarmed by what was so long ago."""
_TO: Final = 300
"""Seconds: moments of leaving are kept to five minutes."""
_SIGN_EVERY: Final = timedelta(hours=12)
"""Between two challenges for what only looks strange."""


def notice_departure(
    work: Work, case: Watched, device_id: str, decision: Decision, fix: Fix, given: Parameters
) -> str | None:
    """Keeps the fact and asks after it; the departure's id. None where the case ended meanwhile, or it is too late."""
    held = held_case(work, case.id)
    if held is None or not held.is_watched(work.now) or work.now - _moment(fix.t) > TOO_OLD:
        return None
    known = work.row(_open_departure(case.id, device_id))
    if known is not None:
        return str(known.id)
    departure_id, check_id = work.new_id(), _challenge(work, held)
    facts = (Fact("departure", departure_id),)
    alert_id = raise_alert(work, held, "departure", facts) if check_id is None else None
    state, distance = decision.state, decision.distance_m or 0.0
    work.insert(
        Departure,
        id=departure_id,
        case_id=case.id,
        device_id=device_id,
        left_at=_to_five_minutes(state.first or fix.t),
        detected_at=work.now,
        distance_band=distance_band(distance),
        radius_band=radius_band(fix.radius_m),
        fixes=state.outside,
        span_s=round(fix.t - (state.first or fix.t)),
        plain=is_plain(given, state),
        parameters=given.version,
        check_id=check_id,
        alert_id=alert_id,
    )
    work.audit(SERVICE, "departure.noticed", departure_id, {"case": case.id, "check": check_id, "alert": alert_id})
    return departure_id


def notice_return(work: Work, case: Watched, device_id: str, fix: Fix) -> None:
    """Closes the departure of a device that is back."""
    row = work.row(_open_departure(case.id, device_id))
    if row is None:
        return
    back = min(max(_moment(fix.t), row.left_at), work.now)
    work.run(update(Departure).where(col(Departure.id) == row.id), back_at=back)
    work.audit(SERVICE, "departure.ended", row.id, {"case": case.id})


def notice_sign(work: Work, case: Watched, device_id: str, sign: str) -> str | None:
    """Asks for a challenge where something looks strange; its id. Not at night, and not twice within half a day."""
    held = held_case(work, case.id)
    if held is None or not held.is_watched(work.now):
        return None
    lately = select(table(PresenceCheck)).where(
        col(PresenceCheck.case_id) == case.id,
        col(PresenceCheck.origin) == "challenge",
        col(PresenceCheck.planned_at) > work.now - _SIGN_EVERY,
    )
    check_id = None if work.row(lately) else _challenge(work, held)
    if check_id is not None:
        work.audit(SERVICE, "fixes.strange", case.id, {"device": device_id, "sign": sign, "check": check_id})
    return check_id


def departures_behind(work: Work, check_id: str, *, open_only: bool = False) -> list[Fact]:
    """The departures that a challenge was asked after, as facts of an alert; or those alone that go on."""
    behind = select(table(Departure)).where(col(Departure.check_id) == check_id).order_by(col(Departure.id))
    rows = work.rows(behind.where(col(Departure.back_at).is_(None)) if open_only else behind)
    return [Fact("departure", row.id) for row in rows]


def settled_departure(work: Work, check_id: str) -> datetime | None:
    """When a telephone left of whose departures behind this challenge none is held against its patient, if one did."""
    behind = select(col(Departure.left_at), col(Departure.alert_id)).where(col(Departure.check_id) == check_id)
    rows = work.rows(behind.order_by(col(Departure.left_at)))
    return rows[0].left_at if rows and all(row.alert_id is None for row in rows) else None


def put_before(work: Work, facts: Sequence[Fact], alert_id: str) -> None:
    """Keeps with these departures which alert they are facts of."""
    mine = col(Departure.id).in_([fact.id for fact in facts if fact.what == "departure"])
    work.run(update(Departure).where(mine), alert_id=alert_id)


def _challenge(work: Work, case: WatchedCase) -> str | None:
    """A check that is due now, or one that is open already; None where nothing may be asked: by night, or of visits."""
    if case.means == "visit" or is_quiet(in_force(work).regime, work.now):
        return None
    mine = select(table(PresenceCheck)).where(
        col(PresenceCheck.case_id) == case.id, col(PresenceCheck.state).in_(OPEN_CHECKS)
    )
    asked = mine.where((col(PresenceCheck.origin) == "challenge") | (col(PresenceCheck.state) == "asked"))
    row = work.row(asked.order_by(col(PresenceCheck.id)))
    if row is not None:
        return str(row.id)
    check_id = work.new_id()
    given = {"id": check_id, "case_id": case.id, "origin": "challenge", "means": case.means, "state": "planned"}
    work.insert(PresenceCheck, **given, planned_at=work.now, due_at=work.now, step=0, attempts=0)
    work.audit(SERVICE, "check.planned", check_id, {"case": case.id, "origin": "challenge"})
    return check_id


def _open_departure(case_id: str, device_id: str) -> Select[Any]:
    mine = select(table(Departure)).where(col(Departure.case_id) == case_id, col(Departure.device_id) == device_id)
    return mine.where(col(Departure.back_at).is_(None))


def _moment(t: float) -> datetime:
    return datetime.fromtimestamp(t, UTC)


def _to_five_minutes(t: float) -> datetime:
    return _moment(t // _TO * _TO)
