"""The passes revoked before their end, as one process knows them: three arrays side by side, by the time of revoking.

A million take 24 MB. What was revoked since it was last looked is asked for and put in its place.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select

from codes.signed.signing import serial_of
from store import Store, Work
from store.columns import table
from store.passes import Pass
from store.prepared import Prepared

OVERLAP = timedelta(minutes=1)
"""A transaction may commit a while after the moment it says: what was revoked so lately is looked at again."""
OVERLAP_NOW_AND_THEN = timedelta(hours=1)
PRUNED_AFTER = timedelta(minutes=10)
"""How often those past their end are dropped, and that longer while is looked at again."""
PAGE = 20_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_PASS = table(Pass)
_AT, _UNTIL, _ID = _PASS.c.revoked_at, _PASS.c.valid_until, _PASS.c.id
_REVOKED = Prepared(
    select(_ID, _PASS.c.code_index, _AT, _UNTIL)
    .where(bindparam("since", type_=_AT.type) <= _AT)
    .where(or_(bindparam("since", type_=_AT.type) < _AT, bindparam("after") < _ID))
    .where(_AT < _UNTIL, bindparam("now", type_=_UNTIL.type) < _UNTIL)
    .order_by(_AT, _ID)
    .limit(bindparam("many"))
)


def microseconds(moment: datetime) -> int:
    """Since 1970, exactly."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


class RevokedPasses:
    """What one process knows; not for several threads at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at, self._serials, self._until = array("q"), array("Q"), array("q")
        self.read_at: datetime | None = None
        """When the database was last asked."""
        self._pruned_at = LONG_AGO

    def look(self, now: datetime) -> None:
        """Reads what was revoked since the last time."""
        pruning = now >= self._pruned_at + PRUNED_AFTER
        overlap = OVERLAP_NOW_AND_THEN if pruning else OVERLAP
        since = self.read_at - overlap if self.read_at else LONG_AGO
        with self._store.reading() as work:
            for rows in _pages(work, since, now):
                self._add(rows)
        if pruning:
            self._prune(microseconds(now))
            self._pruned_at = now
        self.read_at = now

    def since(self, moment: datetime) -> Sequence[int]:
        """The serials of those revoked at `moment` or later, by the time of revoking."""
        return self._serials[bisect_left(self._at, microseconds(moment)) :]

    def between(self, moment: datetime, last: datetime) -> Sequence[int]:
        """The serials of those revoked from `moment` to `last`, both included."""
        return self._serials[bisect_left(self._at, microseconds(moment)) : bisect_right(self._at, microseconds(last))]

    def any_after(self, moment: datetime) -> bool:
        """Whether one was revoked after `moment`."""
        return bool(self._at) and self._at[-1] > microseconds(moment)

    def _add(self, rows: Sequence[Any]) -> None:
        """Puts rows in their places; they are by time, and most of them behind all that is known."""
        begin = bisect_left(self._at, microseconds(rows[0].revoked_at))
        tail = list(zip(self._at[begin:], self._serials[begin:], self._until[begin:], strict=True))
        there = set(self._serials[begin:])
        fresh = [
            (microseconds(row.revoked_at), serial, microseconds(row.valid_until))
            for row in rows
            if (serial := serial_of(row.code_index)) not in there
        ]
        if fresh:
            self._keep(begin, sorted(tail + fresh))

    def _prune(self, now: int) -> None:
        kept = array("L", (place for place, until in enumerate(self._until) if until > now))
        if len(kept) < len(self._until):
            self._at = array("q", (self._at[place] for place in kept))
            self._serials = array("Q", (self._serials[place] for place in kept))
            self._until = array("q", (self._until[place] for place in kept))

    def _keep(self, begin: int, triples: Sequence[tuple[int, int, int]]) -> None:
        for place, kept in enumerate((self._at, self._serials, self._until)):
            del kept[begin:]
            kept.extend(one[place] for one in triples)


def _pages(work: Work, since: datetime, now: datetime) -> Iterator[Sequence[Any]]:
    after = ""
    while rows := work.rows(_REVOKED, since=since, after=after, now=now, many=PAGE):
        yield rows
        since, after = rows[-1].revoked_at, rows[-1].id
        if len(rows) < PAGE:
            return
