"""Silence: an app that should report and does not. That is "no contact", never "left".

A browser's page reports while it is open and no longer, so that its silence says nothing; presence checks look after
those patients. An app is asked for a fix every ten minutes. Telephones that save power hold that back for an hour or
two at a stretch, so that four waking hours without a word mean that somebody should ask what happened; nights don't
count, and neither do outages.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import NoRegime, in_force
from monitoring.alerts import raise_alert
from monitoring.cases.watched import held_case
from monitoring.outages import outage_between
from monitoring.quiet import is_quiet, next_quiet
from store import Store, Work
from store.cases import Case
from store.columns import table
from store.duty import Alert
from store.patients import Device

NO_CONTACT_AFTER: Final = timedelta(hours=4)
"""Of waking hours."""
PAGE: Final = 200


def sweep(store: Store) -> int:
    """Raises an alert for each app that has been silent for too long; how many. By day alone."""
    with store.reading() as work:
        try:
            regime = in_force(work).regime
        except NoRegime:
            return 0
        silent = [] if is_quiet(regime, work.now) else _silent(work)
    raised = 0
    for device_id in silent:
        with store.work() as work:
            raised += _ask(work, regime, device_id)
    return raised


def waking(regime: Regime, start: datetime, end: datetime) -> timedelta:
    """How much of [start, end] is not quiet."""
    total = timedelta()
    while start < end:
        begins, ends = next_quiet(regime, start)
        if begins > start:
            total += min(begins, end) - start
        start = ends
    return total


def _silent(work: Work) -> list[str]:
    """Devices that may have been silent for too long, each case's once an alert."""
    since = col(Device.last_heard_at)
    told = select(Alert).where(
        col(Alert.case_id) == col(Device.case_id),
        col(Alert.kind) == "no_contact",
        or_(col(Alert.decided_at).is_(None), col(Alert.raised_at) > since),
    )
    mine = (
        select(col(Device.id))
        .join(Case, col(Case.id) == col(Device.case_id))
        .where(
            col(Device.kind) == "app",
            col(Device.ended_at).is_(None),
            since < work.now - NO_CONTACT_AFTER,
            col(Case.closed_at).is_(None),
            col(Case.paused_at).is_(None),
            col(Case.enrolled_at).is_not(None),
            ~told.exists(),
        )
    )
    return [str(row.id) for row in work.rows(mine.order_by(col(Device.id)).limit(PAGE))]


def _ask(work: Work, regime: Regime, device_id: str) -> bool:
    """Looks again, alone with the case."""
    row = work.row(select(table(Device)).where(col(Device.id) == device_id))
    case = held_case(work, row.case_id)
    if case is None or not case.is_watched(work.now) or device_id not in _silent(work):
        return False
    since = max(row.last_heard_at, case.enrolled_at or row.last_heard_at)
    if waking(regime, since, work.now) < NO_CONTACT_AFTER or outage_between(work, since, work.now):
        return False
    raise_alert(work, case, "no_contact")
    return True
