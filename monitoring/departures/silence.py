"""Silence: an app that should report and does not. That is "no contact", never "left".

A browser's page reports while it is open and no longer, so that its silence says nothing; presence checks look after
those patients. An app is asked for a fix every ten minutes. Telephones that save power hold that back for an hour or
two at a stretch, so that four waking hours without a word mean that somebody should ask what happened; nights don't
count, and neither do outages.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, or_, select
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force, regime_if_any
from monitoring.alerts import raise_alert
from monitoring.cases.watched import held_case
from monitoring.in_turn import in_turn
from monitoring.outages import outages
from monitoring.quiet import is_quiet, next_quiet
from store import Store, Work
from store.cases import Case
from store.duty import Alert
from store.patients import Device

NO_CONTACT_AFTER: Final = timedelta(hours=4)
"""Of waking hours."""
PAGE: Final = 200
_LOOKED_BACK: Final = timedelta(days=7)
"""After an outage of before then there were waking hours enough."""


def sweep(store: Store) -> int:
    """Raises an alert for each app that has been silent for too long; how many. By day alone."""
    raised, after = 0, ""
    while True:
        with store.reading() as work:
            regime = regime_if_any(work)
            if regime is None or is_quiet(regime, work.now):
                return raised
            rows = work.rows(_heard_long_ago(work).where(col(Device.id) > after).limit(PAGE))
            found = outages(work, work.now - _LOOKED_BACK)
            silent = [row for row in rows if _is_silent(row, found, regime, work.now)]
        raised += in_turn(store, silent, _ask, "notice_silence")
        if len(rows) < PAGE:
            return raised
        after = rows[-1].id


def waking(regime: Regime, start: datetime, end: datetime) -> timedelta:
    """How much of [start, end] is not quiet."""
    total = timedelta()
    while start < end:
        begins, ends = next_quiet(regime, start)
        if begins > start:
            total += min(begins, end) - start
        start = ends
    return total


def _heard_long_ago(work: Work) -> Any:
    """Devices that may have been silent for too long, each case's once an alert."""
    since = col(Device.last_heard_at)
    told = select(Alert).where(
        col(Alert.case_id) == col(Device.case_id),
        col(Alert.kind) == "no_contact",
        or_(col(Alert.decided_at).is_(None), col(Alert.raised_at) > since),
    )
    mine = (
        select(col(Device.id), since, col(Device.case_id), col(Case.enrolled_at))
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
    return mine.order_by(col(Device.id))


def _is_silent(row: Row[Any], found: Sequence[Row[Any]], regime: Regime, now: datetime) -> bool:
    """Whether nothing was heard for so long, of waking hours after the last outage."""
    since = max(row.last_heard_at, row.enrolled_at)
    for one in found:
        if one.starts_at <= now and (one.ends_at is None or one.ends_at >= since):
            since = one.ends_at or now
    return waking(regime, since, now) >= NO_CONTACT_AFTER


def _ask(work: Work, device: Row[Any]) -> bool:
    """Looks again, alone with the case."""
    case = held_case(work, device.case_id)
    row = work.row(_heard_long_ago(work).where(col(Device.id) == device.id))
    if case is None or row is None or not case.is_watched(work.now):
        return False
    if not _is_silent(row, outages(work, work.now - _LOOKED_BACK), in_force(work).regime, work.now):
        return False
    raise_alert(work, case, "no_contact")
    return True
