"""`flask --app wsgi cases schedule`: reckons anew when a case has its patient asked, beside what was done."""

from datetime import date, datetime, time, timedelta
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import Row, select
from sqlmodel import col

from codes.regimes import in_force
from commands.arguments import read_day
from commands.tables import Row as Shown
from commands.tables import iso, show_rows
from commands.terminal import Failure, Single, looked, looking, operator, store
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.checks.planning import order_of, scheduled_times
from store import Work
from store.checks import PresenceCheck
from store.columns import table

MOST_DAYS = 31


@click.command("schedule", cls=Single)
@click.option("--case", "case_id", required=True, help="The case's id.")
@click.option("--date", "day", help="The first day, as 2027-03-01, today or yesterday; today where it is left out.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=1, show_default=True, help="So many days.")
@looking
@with_appcontext
def schedule(*, case_id: str, day: str | None, days: int, as_json: bool) -> None:
    """When the seed of a case has its patient asked, beside what was planned and what came of it.

    A check that stands alone on either side was not planned, or not by the schedule.
    """
    with store().work() as work:
        case = watched_case(work, case_id)
        if case is None:
            raise Failure(f"there is no case {case_id}")
        if not case.seed:
            raise Failure(f"the seed of case {case_id} was destroyed, or it never had one")
        regime = in_force(work).regime
        first = read_day(day, regime, work.now)
        looked(work, [case.person_id], "cases schedule")
        work.audit(operator(), "case.schedule_seen", case.id, {"from": first.isoformat(), "days": days})
        rows = [row for n in range(days) for row in _day(work, case, first + timedelta(days=n))]
    show_rows(as_json, rows)


def _day(work: Work, case: WatchedCase, day: date) -> list[Shown]:
    zone = order_of(work, day).zone
    begins = datetime.combine(day, time(), zone)
    mine = col(PresenceCheck.case_id) == case.id, col(PresenceCheck.origin) == "schedule"
    span = col(PresenceCheck.planned_at) >= begins, col(PresenceCheck.planned_at) < begins + timedelta(days=1)
    planned = {row.planned_at: row for row in work.rows(select(table(PresenceCheck)).where(*mine, *span))}
    reckoned = scheduled_times(work, case, day)
    return [_shown(moment, moment in reckoned, planned.get(moment), zone) for moment in sorted({*reckoned, *planned})]


def _shown(moment: datetime, reckoned: bool, check: Row[Any] | None, zone: Any) -> Shown:
    return {
        "time": iso(moment, zone),
        "by_seed": reckoned,
        "check": check.id if check else None,
        "state": check.state if check else None,
        "asked_at": iso(check.asked_at, zone) if check else None,
        "outcome": check.outcome if check else None,
    }
