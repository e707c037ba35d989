"""Sending again what never arrived: by hand, once for each text, where it can help."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, update
from sqlmodel import col

from store import Work
from store.jobs import DELIVER
from store.messages import LOST, OutboxMessage
from store.outbox import send_anew
from store.phones import telephone
from store.texts_out import LOST_EITHER, Wanted, one_text, wanted_texts

MOST = 100
"""Texts that one press sends again: so many rows are written while others wait for a moment only."""
HOPELESS = frozenset({21211, 21408, 21610, 21612, 21614, 21617, 30005, 30006, 30007})
"""Errors of the carrier that another try meets again: the number, the country, the words, the wish of who has it."""
_CODES = "_code"
"""How templates of codes that hold for minutes end."""


class Resent(StrEnum):
    """What came of a wish to send a text again, and why not."""

    SENT = "sent"
    UNKNOWN = "unknown"  # no such text
    NOT_LOST = "not_lost"  # it arrived, or may still
    GONE = "gone"  # sent again already, or what fills it is wiped
    STOPPED = "stopped"  # they want no notices
    OUTDATED = "outdated"  # a code or a link that holds no more
    HOPELESS = "hopeless"  # in a list; a single one may be tried all the same


@dataclass(frozen=True, slots=True)
class Plan:
    """What sending again a list would do: the texts, the newest first, and how many are left out and why."""

    rows: Sequence[Row[Any]]
    left_out: Mapping[Resent, int]
    more: bool
    """There are more of them than one press sends."""

    @property
    def segments(self) -> int:
        """That will be billed, at least."""
        return sum(row.segments or 1 for row in self.rows)


def resend(work: Work, message_id: str, by: str) -> Resent:
    """Owes a text that never arrived once more, now. Asked twice, it is one text all the same."""
    row = one_text(work, message_id)
    if row is None:
        return Resent.UNKNOWN
    why_not = _why_not(work, row)
    if why_not in (None, Resent.HOPELESS):
        return Resent.SENT if _owe(work, [row], by) else Resent.GONE
    return why_not or Resent.GONE


def plan_resending(work: Work, wanted: Wanted) -> Plan:
    """Which of the lost texts that are wanted can be sent again, at most `MOST` of them."""
    lost = wanted if wanted.state in LOST else replace(wanted, state=LOST_EITHER)
    found = work.rows(wanted_texts(lost, work.now).limit(10 * MOST))
    left_out, rows = Counter[Resent](), list[Row[Any]]()
    for row in found:
        why_not = _why_not(work, row)
        if why_not is None:
            rows.append(row)
        else:
            left_out[why_not] += 1
    return Plan(rows[:MOST], left_out, len(rows) > MOST or len(found) == 10 * MOST)


def resend_all(work: Work, wanted: Wanted, shown: frozenset[str], by: str) -> int:
    """Owes those of the plan that were shown once more; how many. Others may have been lost meanwhile: they wait."""
    return _owe(work, [row for row in plan_resending(work, wanted).rows if row.id in shown], by)


def _why_not(work: Work, row: Row[Any]) -> Resent | None:
    if row.state not in LOST:
        return Resent.NOT_LOST
    if row.fields_sealed is None:
        return Resent.GONE
    if row.template.endswith(_CODES) or (row.not_after is not None and row.not_after < work.now):
        return Resent.OUTDATED
    if row.kind == "text" and telephone(work, row).stopped:
        return Resent.STOPPED
    return Resent.HOPELESS if row.error_code in HOPELESS else None


def _owe(work: Work, rows: Sequence[Row[Any]], by: str) -> int:
    """Whoever wipes the fields of a row first owes it anew; the others find nothing to send."""
    if not rows:
        return 0
    mine = (col(OutboxMessage.id).in_([row.id for row in rows]), col(OutboxMessage.fields_sealed).is_not(None))
    wipe = update(OutboxMessage).where(*mine).values(fields_sealed=None).returning(col(OutboxMessage.id))
    won = {row.id for row in work.rows(wipe)}
    for row in rows:
        if row.id in won:
            message_id = send_anew(work, telephone(work, row), row, work.now)
            work.ring(DELIVER, message_id)
            work.audit(by, "message.resent", row.id, {"as": message_id})
    return len(won)
