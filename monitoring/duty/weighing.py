"""What the facts behind an alert are worth: which of them count at all, and which two are independent.

A fact that lies in quiet hours, in an outage, in a pause that the patient asked for, before enrolment or after the end
proves nothing, whatever it shows; nor does silence while the patient was allowed to be elsewhere or on the way: nobody
hears a telephone at home then, or opens the door. Two that count are independent where they are of different hours and
are not two readings of one moment: a departure and the challenge that was asked because of it are one matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Row, and_, or_, select
from sqlmodel import col

from codes.regime import Regime
from monitoring.alerts import Fact
from monitoring.cases.fences import OTHER
from monitoring.cases.watched import WatchedCase
from monitoring.outages import KINDS, excusing, outage_between
from monitoring.patients.words import PAUSES
from monitoring.quiet import is_quiet, next_quiet
from store import Work
from store.cases import Fence
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import Departure, PatientWord

APART: Final = timedelta(hours=1)
"""Between the beginnings of two facts of different hours."""
_COUNTING: Final = ("failed", "missed")
"""Of an unclear check nobody knows anything."""


class Void(StrEnum):
    """Why a fact does not count."""

    GONE = "gone"  # there is no such row any more
    OPEN = "open"  # the check is not settled
    EXCUSED = "excused"
    UNCLEAR = "unclear"
    QUIET = "quiet"
    OUTAGE = "outage"
    PAUSED = "paused"
    ELSEWHERE = "elsewhere"  # nobody answered while they were allowed to be at another place, or on the way
    NOT_ENROLLED = "not_enrolled"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One fact; `row` is the check or departure, and the fact's moment lies between `begins` and `ends`."""

    fact: Fact
    row: Row[Any] | None
    begins: datetime | None = None
    ends: datetime | None = None
    void: Void | None = None


def weigh(work: Work, case: WatchedCase, facts: Sequence[Fact], regime: Regime) -> tuple[Weighed, ...]:
    """Each fact with its moment and, where it can't count, why not."""
    return tuple(_weigh(work, case, fact, regime) for fact in facts)


def are_independent(one: Weighed, other: Weighed) -> bool:
    """Whether two facts that both count are independent: of different hours, and not of one matter."""
    return not (one.void or other.void) and apart(one, other)


def apart(one: Weighed, other: Weighed) -> bool:
    """Whether two facts are of different hours and not of one matter, whatever they count."""
    if not (one.begins and one.ends and other.begins and other.ends):
        return False
    first, second = sorted((one, other), key=lambda it: (it.begins, it.ends))
    assert first.begins and first.ends and second.begins
    return second.begins > first.ends and second.begins - first.begins >= APART and not _one_matter(one, other)


def has_two(weighed: Sequence[Weighed]) -> bool:
    """Whether there are two independent facts among these."""
    return any(are_independent(one, other) for one, other in combinations(weighed, 2))


def ripe(weighed: Sequence[Weighed], now: datetime) -> tuple[Weighed, ...]:
    """Those of which the patient was told, and had all the time to answer."""
    return tuple(one for one in weighed if one.fact.is_over(now))


def _one_matter(one: Weighed, other: Weighed) -> bool:
    """Whether one is the challenge that was asked because of the other, or both brought the same."""
    pairs = ((one, other), (other, one))
    challenges = [it.row.check_id for it in (one, other) if it.fact.what == "departure" and it.row is not None]
    if len(challenges) == 2 and challenges[0] is not None and challenges[0] == challenges[1]:
        return True
    return any(a.fact.what == "departure" and a.row is not None and a.row.check_id == b.fact.id for a, b in pairs)


def _weigh(work: Work, case: WatchedCase, fact: Fact, regime: Regime) -> Weighed:
    model = Departure if fact.what == "departure" else PresenceCheck
    mine = select(table(model)).where(table(model).c.id == fact.id, table(model).c.case_id == case.id)
    row = work.row(mine)
    if row is None:
        return Weighed(fact, None, void=Void.GONE)
    begins, ends = (row.left_at, row.detected_at) if fact.what == "departure" else _moment(row)
    if begins is None or ends is None:
        return Weighed(fact, row, void=Void.OPEN)
    void = (_of_check(row) if fact.what == "check" else None) or _of_time(work, case, begins, ends, regime)
    if void is None and was_out(work, fact, row, begins, ends):
        void = Void.OUTAGE
    silent = void is None and fact.what == "check" and row.state == "missed"
    if silent and _was_allowed_elsewhere(work, case, begins, ends):
        void = Void.ELSEWHERE
    return Weighed(fact, row, begins, ends, void)


def _moment(check: Row[Any]) -> tuple[datetime | None, datetime | None]:
    """An answer is of the time up to it, a visit of when it was noted; silence of the whole window."""
    visited = check.settled_at if check.means == "visit" else None
    return check.asked_at, check.answered_at or visited or check.window_ends_at


def _of_check(check: Row[Any]) -> Void | None:
    if check.state in _COUNTING:
        return None
    return {"excused": Void.EXCUSED, "passed": Void.EXCUSED, "unclear": Void.UNCLEAR}.get(check.state, Void.OPEN)


def _of_time(work: Work, case: WatchedCase, begins: datetime, ends: datetime, regime: Regime) -> Void | None:
    if case.enrolled_at is None or begins < case.enrolled_at:
        return Void.NOT_ENROLLED
    over = [moment for moment in (case.ends_at, case.closed_at) if moment is not None]
    if any(ends >= moment for moment in over):
        return Void.ENDED
    if is_quiet(regime, begins) or next_quiet(regime, begins)[0] < ends:
        return Void.QUIET
    return Void.PAUSED if was_paused(work, case.id, begins, ends) else None


def was_out(work: Work, fact: Fact, row: Row[Any], begins: datetime, ends: datetime) -> bool:
    """Whether an outage that bears on this fact had a moment in common with it."""
    kinds = excusing(row.means) if fact.what == "check" else KINDS
    return outage_between(work, begins, ends, kinds) is not None


def was_paused(work: Work, case_id: str, begins: datetime, ends: datetime) -> bool:
    """Whether the patient had said why not, and nobody had answered yet, at any moment between these two."""
    word, alert = table(PatientWord), table(Alert)
    said = select(word.c.id).select_from(word.outerjoin(alert, alert.c.id == word.c.alert_id))
    mine = word.c.case_id == case_id, word.c.kind.in_(PAUSES), word.c.said_at <= ends
    unanswered = or_(col(Alert.decided_at).is_(None), col(Alert.decided_at) >= begins)
    return work.row(said.where(*mine, unanswered)) is not None


def _was_allowed_elsewhere(work: Work, case: WatchedCase, begins: datetime, ends: datetime) -> bool:
    """Whether another place counted as well at any moment between these two."""
    fence = table(Fence)
    allowed = fence.c.case_id == case.id, fence.c.role == OTHER, fence.c.starts_at <= ends, fence.c.ends_at >= begins
    went_on = and_(fence.c.replaced_at > fence.c.starts_at, fence.c.replaced_at >= begins)
    ended = or_(fence.c.replaced_at.is_(None), went_on)
    return work.row(select(fence.c.id).where(*allowed, ended).limit(1)) is not None
