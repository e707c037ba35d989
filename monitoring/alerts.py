"""Alerts: what a person has to look at. Raised here by whatever noticed it; decided in `monitoring.duty.deciding`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase
from store import Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert

URGENCY: Final = {
    "sos": 0,
    "departure": 1,
    "failed": 1,
    "missed": 1,
    "unclear": 2,
    "pause": 1,
    "no_contact": 2,
    "consent_withdrawn": 2,
    "visit": 2,
    "appeal_upheld": 1,
    "not_told": 1,
    "call_wanted": 1,
    "not_enrolled": 3,
    "phone_not_returned": 3,
}
"""By kind; 0 is help, 1 today's doubt, 2 a question, 3 when there is time."""
DOUBTFUL: Final = ("failed", "missed", "unclear")
"""States of checks that go before a person, as alerts of the same name."""
DOUBTS: Final = ("departure", *DOUBTFUL)
"""Of these a patient has one alert at a time, so that whoever decides sees all that speaks for and against them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing an alert rests on: a ``departure`` or a ``check``, and its id.

    The patient's time to answer runs for each fact by itself: from `told_at`, when they heard of it, to `answer_by`.
    """

    what: str
    id: str
    told_at: datetime | None = field(default=None, compare=False)
    answer_by: datetime | None = field(default=None, compare=False)

    def is_over(self, now: datetime) -> bool:
        """Whether the patient had all the time to answer to this."""
        return self.answer_by is not None and self.answer_by <= now


def raise_alert(work: Work, case: WatchedCase, kind: str, facts: Sequence[Fact] = ()) -> str:
    """Puts a case before the duty desk; the alert's id. What is open already gets the new facts.

    Of a doubt the patient is told by `monitoring.duty.telling`, which waits for the end of quiet hours.
    """
    work.lock(work.keys.blind("case", case.id))
    row = _open_alert(work, case.id, kind)
    if row is not None:
        return _add(work, row, kind, facts)
    alert_id = work.new_id()
    work.insert(
        Alert,
        id=alert_id,
        case_id=case.id,
        kind=kind,
        urgency=URGENCY[kind],
        raised_at=work.now,
        opened_by=case.opened_by,
        facts=_written(facts),
        untold_at=work.now if facts and kind in DOUBTS else None,
        false_alarm=False,
    )
    work.audit(SERVICE, "alert.raised", alert_id, {"case": case.id, "kind": kind})
    return alert_id


def excuse_alert(work: Work, alert_id: str) -> bool:
    """Settles an alert in which no fact is left that counts: each is a check that was excused since. Nobody decides.

    False where it is about something else too, or was decided before: then a person has to look at it anew.
    """
    row = work.row(select(table(Alert)).where(col(Alert.id) == alert_id, col(Alert.decided_at).is_(None)))
    facts = facts_of(row) if row is not None else ()
    if not facts or any(one.what != "check" for one in facts):
        return False
    counting = select(col(PresenceCheck.id)).where(col(PresenceCheck.id).in_([one.id for one in facts]))
    if work.row(counting.where(col(PresenceCheck.state) != "excused")) is not None:
        return False
    open_still = update(Alert).where(col(Alert.id) == alert_id, col(Alert.decided_at).is_(None))
    if not work.run(open_still, decision="excused", decided_at=work.now, decided_by=SERVICE):
        return False
    work.audit(SERVICE, "alert.excused", alert_id)
    return True


def facts_of(row: Row[Any]) -> tuple[Fact, ...]:
    """The facts of a row of `Alert`."""
    return tuple(
        Fact(one["what"], one["id"], _moment(one.get("told_at")), _moment(one.get("answer_by")))
        for one in json.loads(row.facts)
    )


def facts_told(work: Work, row: Row[Any], until: datetime, only: str | None = None) -> tuple[Fact, ...]:
    """The patient knows of every fact of this row now, or of the one with the id `only`; what was new to them.

    To that they may answer until `until`.
    """
    known = facts_of(row)
    new = [one for one in known if one.told_at is None and only in (None, one.id)]
    told = tuple(replace(one, told_at=work.now, answer_by=until) if one in new else one for one in known)
    ends = [one.answer_by for one in told if one.answer_by is not None]
    left = row.untold_at if any(one.told_at is None for one in told) else None
    times = {"told_at": work.now, "untold_at": left, "answer_by": max(ends, default=until)}
    mine = update(Alert).where(col(Alert.id) == row.id)
    work.run(mine, facts=_written(told), ripe_at=min(ends, default=until), **times)
    return tuple(one for one in told if one in new)


def _open_alert(work: Work, case_id: str, kind: str) -> Row[Any] | None:
    alike = DOUBTS if kind in DOUBTS else (kind,)
    mine = select(table(Alert)).where(
        col(Alert.case_id) == case_id, col(Alert.kind).in_(alike), col(Alert.decided_at).is_(None)
    )
    row: Row[Any] | None = work.row(mine)
    return row


def _add(work: Work, row: Row[Any], kind: str, facts: Sequence[Fact]) -> str:
    known = facts_of(row)
    together = tuple(dict.fromkeys((*known, *facts)))
    changed: dict[str, Any] = {}
    if URGENCY[kind] < row.urgency:
        changed |= {"kind": kind, "urgency": URGENCY[kind]}
    if len(together) > len(known) and row.untold_at is None:
        changed["untold_at"] = work.now  # of this the patient knows nothing yet; their time for the others runs on
    work.run(update(Alert).where(col(Alert.id) == row.id), facts=_written(together), **changed)
    work.audit(SERVICE, "alert.grew", row.id, {"kind": kind})
    return str(row.id)


def _written(facts: Sequence[Fact]) -> str:
    return json.dumps([_told({"what": one.what, "id": one.id}, one) for one in facts])


def _told(said: dict[str, str], fact: Fact) -> dict[str, str]:
    if fact.told_at is None or fact.answer_by is None:
        return said
    return said | {"told_at": fact.told_at.isoformat(), "answer_by": fact.answer_by.isoformat()}


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
