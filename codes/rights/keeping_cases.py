"""How long cases of isolation are kept, and what holds them longer: rows alone, so that whoever tells people knows too.

    photos of an answer      24 hours after somebody, or the machine that accepted it, looked
    reference photo, face    until the case ends
    all the rest             30 days after nobody can appeal any more from what was decided last

An open appeal holds it, and a file that went to another authority which has not answered: each a year at most.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlmodel import col

from codes.regime import Regime
from store import Work
from store.cases import Appeal, Case, LentPhone
from store.columns import table
from store.duty import Alert, CaseFile
from store.people import PersonPhone

FACTS_FOR: Final = timedelta(days=30)
MOST_HELD: Final = timedelta(days=365)
APPEAL, CASE_FILE, LENT_PHONE = "appeal", "case_file", "lent_phone"
"""What holds a case; a telephone that did not come back holds only to whom it was lent."""
_CASE, _ALERT, _FILE, _LENT, _APPEAL = table(Case), table(Alert), table(CaseFile), table(LentPhone), table(Appeal)
_IDS: Any = bindparam("ids", expanding=True)
_NAMED = select(_APPEAL).where(_APPEAL.c.about_id.in_(bindparam("named", expanding=True)))
_ON_PHONES = select(_APPEAL).where(
    _APPEAL.c.phone_id.in_(bindparam("phones", expanding=True)), _APPEAL.c.state == "open"
)


@dataclass(frozen=True, slots=True)
class CaseEnd:
    """When all that is known of a closed case is destroyed, if nothing more is decided; what holds it until when."""

    at: datetime
    held_until: datetime | None = None
    why: str | None = None

    def is_past(self, now: datetime) -> bool:
        """Whether nothing is to be known of it any more."""
        return now >= self.at and (self.held_until is None or now >= self.held_until)


def facts_kept_for(regime: Regime) -> timedelta:
    """So long after a case was closed, if nothing was decided later, its facts are kept."""
    return timedelta(days=regime.isolation.appeal_days) + FACTS_FOR


def case_ends(work: Work, regime: Regime, case_ids: Collection[str]) -> dict[str, CaseEnd]:
    """By case, of those among these that are closed and not destroyed."""
    closed = select(_CASE).where(_CASE.c.id.in_(_IDS), _CASE.c.closed_at.is_not(None), _CASE.c.destroyed_at.is_(None))
    cases = work.rows(closed, ids=list(case_ids))
    ids = [row.id for row in cases]
    alerts = work.rows(select(_ALERT.c.id, _ALERT.c.case_id, _ALERT.c.decided_at).where(_ALERT.c.case_id.in_(ids)))
    files = work.rows(select(_FILE).where(_FILE.c.case_id.in_(ids)))
    ends = {}
    for case in cases:
        own = [row for row in alerts if row.case_id == case.id]
        handed = [row for row in files if row.case_id == case.id]
        appeals = _appeals(work, case, [row.id for row in own])
        decided = (*(row.decided_at for row in (*own, *appeals)), *(row.outcome_at for row in handed))
        last = max((case.closed_at, *(moment for moment in decided if moment is not None)))
        holds = sorted(_holds(work.now, appeals, handed))
        ends[case.id] = CaseEnd(last + facts_kept_for(regime), *(holds[-1] if holds else ()))
    return ends


def handed_over_until(work: Work, people: Collection[str]) -> datetime | None:
    """Until when at most a file about one of these people is with another authority that has not answered."""
    theirs = select(_FILE.c.made_at).join(_CASE, _CASE.c.id == _FILE.c.case_id)
    rows = work.rows(theirs.where(_CASE.c.person_id.in_(list(people)), _FILE.c.outcome.is_(None)))
    return max((end for row in rows if (end := row.made_at + MOST_HELD) > work.now), default=None)


def has_lent_phone(work: Work, people: Collection[str]) -> bool:
    """Whether one of these people was lent a telephone that has not come back."""
    theirs = select(_LENT.c.id).join(_CASE, _CASE.c.id == _LENT.c.case_id)
    out = _LENT.c.returned_at.is_(None), _LENT.c.due_at > work.now - MOST_HELD
    return work.row(theirs.where(_CASE.c.person_id.in_(list(people)), *out)) is not None


def _appeals(work: Work, case: Row[Any], alerts: list[str]) -> list[Row[Any]]:
    """Appeals that name the case or an alert of it, and open ones of its telephones that name nothing we know."""
    mine = select(col(PersonPhone.phone_id)).where(col(PersonPhone.person_id) == case.person_id)
    phones = {row.phone_id for row in work.rows(mine)} | ({case.phone_id} if case.phone_id else set())
    return [*work.rows(_NAMED, named=[case.id, *alerts]), *work.rows(_ON_PHONES, phones=sorted(phones))]


def _holds(now: datetime, appeals: list[Row[Any]], files: list[Row[Any]]) -> Iterator[tuple[datetime, str]]:
    since = [(row.filed_at, APPEAL) for row in appeals if row.state == "open"]
    since += [(row.made_at, CASE_FILE) for row in files if row.outcome is None]
    return ((start + MOST_HELD, why) for start, why in since if start + MOST_HELD > now)
