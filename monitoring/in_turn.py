"""One after the other, each in a transaction of its own: what can't be done for one keeps no other waiting."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import structlog
from sqlalchemy import Row
from sqlalchemy.exc import OperationalError

from store import Store, Work
from store.engine import WriterBusy

FOR_ALL: Final = (OperationalError, WriterBusy)
"""The database is away, busy, or its disk is full: that would fail for everybody alike."""
_log = structlog.get_logger("in_turn")


def in_turn(store: Store, rows: Iterable[Row[Any]], step: Callable[[Work, Row[Any]], object], part: str) -> int:
    """Does `step` for each row, which has an `id`; of how many it said that something was done. `part` is for the log.

    What fails is logged, by its id and the error's kind alone, and is found again by the next look. Raises `FOR_ALL`.
    """
    done = 0
    for row in rows:
        try:
            with store.work() as work:
                something = step(work, row)
        except FOR_ALL:
            raise
        except Exception as error:
            _log.error("row_failed", part=part, sid=row.id, error=type(error).__name__)
        else:
            done += bool(something)
    return done
