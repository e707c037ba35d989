"""Planning: the checks of the coming hours become rows, from the seeds of the cases that are watched.

An index lets each moment of a case be there once, so that several hosts may plan at once, and whoever was killed in
between is simply followed by another.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import Row, bindparam, or_, text, update
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from codes.regime import Regime
from codes.regimes import in_force, regime_if_any
from monitoring.cases.watched import WatchedCase, open_rows, read_case
from monitoring.checks.schedule import AskingDay, asking_day
from store import Store, Work
from store.cases import Case
from store.keyring import KeyMissing, Tampered

AHEAD: Final = timedelta(hours=6)
"""So far ahead everything is planned; half of it is planned anew in time."""
MISPLANNED: Final = AHEAD + timedelta(hours=1)
"""Whoever is planned further ahead was so while our clock was: they are planned anew."""
PAGE: Final = 200
"""Cases that one transaction plans, so that nobody waits long for the one writer."""
_log = structlog.get_logger("checks")
_WANTING = open_rows().where(
    col(Case.enrolled_at).is_not(None),
    col(Case.seed_sealed).is_not(None),
    or_(
        col(Case.planned_until).is_(None),
        col(Case.planned_until) < bindparam("before", type_=UTCDateTime()),
        col(Case.planned_until) > bindparam("beyond", type_=UTCDateTime()),
    ),
    col(Case.id) > bindparam("after"),
)
_PLAN = text(
    "INSERT INTO presence_check (id, case_id, origin, means, state, planned_at, step, due_at, attempts) "
    "VALUES (:id, :case_id, 'schedule', :means, 'planned', :planned_at, 0, :planned_at, 0) ON CONFLICT DO NOTHING"
).bindparams(bindparam("planned_at", type_=UTCDateTime()))


def plan_checks(store: Store) -> int:
    """Plans what is to be planned by now; for how many cases it did so."""
    planned, after = 0, ""
    while True:
        with store.work() as work:
            spans = {"before": work.now + AHEAD / 2, "beyond": work.now + MISPLANNED}
            rows = work.rows(_WANTING.limit(PAGE), **spans, after=after)
            _plan_page(work, rows)
        planned += len(rows)
        if len(rows) < PAGE:
            return planned
        after = rows[-1].id


def scheduled_times(work: Work, case: WatchedCase, day: date) -> tuple[datetime, ...]:
    """When the schedule asks a patient on a day of the order's calendar: whoever audits reckons it again by this.

    By the order that was in force when the day began, else by the one that is now. Raises NoRegime.
    """
    regime = order_of(work, day)
    return asked_at(case, asking_day(regime, day), regime)


def asked_at(case: WatchedCase, day: AskingDay, regime: Regime) -> tuple[datetime, ...]:
    """Of a day's times those that count for a case: none before it is enrolled, none whose window ends after its end.

    Who is visited is visited once a day.
    """
    since, window = case.enrolled_at, timedelta(minutes=regime.isolation.window_minutes)
    if since is None:
        return ()
    times = day.times(case.seed)[:1] if case.means == "visit" else day.times(case.seed)
    return tuple(one for one in times if one >= since and (case.ends_at is None or one + window <= case.ends_at))


def order_of(work: Work, day: date) -> Regime:
    """The order whose rules a day's schedule follows. Raises NoRegime."""
    regime = in_force(work).regime
    return regime_if_any(work, datetime(day.year, day.month, day.day, tzinfo=regime.zone)) or regime


def _plan_page(work: Work, rows: Sequence[Row[Any]]) -> None:
    if not rows:
        return
    until = work.now + AHEAD
    days = [(asking_day(regime, day), regime) for day, regime in _orders(work, until)]
    for row in rows:
        case = _readable(work, row)
        if case is None:
            continue
        known = row.planned_until if row.planned_until and row.planned_until < until else work.now
        since = max(work.now, known)
        for day, regime in days:
            for moment in asked_at(case, day, regime):
                if since <= moment < until:
                    work.run(_PLAN, id=work.new_id(), case_id=case.id, means=case.means, planned_at=moment)
    planned = update(Case).where(col(Case.id).in_([row.id for row in rows]))
    work.run(planned, planned_until=until)


def _readable(work: Work, row: Row[Any]) -> WatchedCase | None:
    """The case; None where its key or what it opens was damaged: nobody else goes unasked because of that."""
    try:
        return read_case(work, row)
    except (Tampered, KeyMissing) as error:
        _log.error("row_failed", part="plan_checks", sid=row.id, error=type(error).__name__)
        return None


def _orders(work: Work, until: datetime) -> list[tuple[date, Regime]]:
    """The days of the order's calendar from now to `until`, each with its order."""
    zone = in_force(work).regime.zone
    first, last = work.now.astimezone(zone).date(), until.astimezone(zone).date()
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return [(day, order_of(work, day)) for day in days]
