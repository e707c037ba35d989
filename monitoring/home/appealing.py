"""What somebody at home may appeal from, by whatever channel: what was decided against them, and that they are there.

A decision for as many days as the order gives (`appeal_days`), also after the case is over; that they have to stay at
home as long as they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, or_, select
from sqlmodel import col

from codes.regime import Regime
from codes.review.appealed import ALERT, APPEALABLE, CASE, About
from codes.review.appeals import Appealed, own_appeals
from monitoring.cases.watched import WatchedCase, is_on, read_case
from store import Work
from store.cases import Case
from store.columns import table
from store.duty import Alert
from store.phones import Telephone


@dataclass(frozen=True, slots=True)
class Appealable:
    """One thing to appeal from: the row of a decided alert, or None where it is the case itself."""

    about: About
    case_id: str
    alert: Row[Any] | None = None
    until: datetime | None = None
    """Of a decision: so long it can be appealed from."""


def appealable(work: Work, regime: Regime, cases: Sequence[WatchedCase]) -> list[Appealable]:
    """All of it, for these cases: decisions first, the last of them at the head; then that each of them is open."""
    term = timedelta(days=regime.isolation.appeal_days)
    against = select(table(Alert)).where(
        col(Alert.case_id).in_([case.id for case in cases]),
        col(Alert.decision).in_(APPEALABLE),
        col(Alert.decided_at) >= work.now - term,
        col(Alert.overturned_at).is_(None),
    )
    rows = work.rows(against.order_by(col(Alert.decided_at).desc())) if cases else ()
    decided = [Appealable(About(ALERT, row.id), row.case_id, row, row.decided_at + term) for row in rows]
    return [*decided, *[Appealable(About(CASE, one.id), one.id) for one in cases if one.is_open(work.now)]]


def cases_appealed_from(work: Work, regime: Regime, phone: Telephone) -> list[WatchedCase]:
    """The cases of whoever is on a telephone, or that name it, oldest first: open, or closed within the same days."""
    since = work.now - timedelta(days=regime.isolation.appeal_days)
    mine = select(table(Case)).where(
        is_on(work, [phone.id]),
        or_(col(Case.closed_at).is_(None), col(Case.closed_at) >= since),
        col(Case.destroyed_at).is_(None),
    )
    return [read_case(work, row) for row in work.rows(mine.order_by(col(Case.id)))]


def appeals_about(work: Work, case: WatchedCase, phone: Telephone) -> list[Appealed]:
    """What was appealed from this telephone about a case and what was decided in it, the newest first."""
    alerts = {row.id for row in work.rows(select(col(Alert.id)).where(col(Alert.case_id) == case.id))}
    named = alerts | {case.id}
    return [one for one in own_appeals(work, phone) if one.about is not None and one.about.id in named]
