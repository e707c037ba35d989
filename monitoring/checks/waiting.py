"""Until when an answer by link is awaited: one rule for photos, for the whole answer, and for the ladder.

To the end of the window; longer for whoever is at it just then, since lines are slow.
"""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlmodel import col

from store import Work
from store.checks import Photo

SENDING_FOR: Final = timedelta(minutes=5)
"""Who opened the camera, or of whom a photo came, within this time is at it."""
LONGEST_WAIT: Final = timedelta(minutes=20)
"""After the window they are waited for no longer."""


def is_awaited(work: Work, check: Row[Any]) -> bool:
    """Whether an answer to this check is still in time; the row is of `PresenceCheck`."""
    if check.state != "asked" or check.window_ends_at is None:
        return False
    if work.now < check.window_ends_at:
        return True
    return work.now < check.window_ends_at + LONGEST_WAIT and _is_at_it(work, check)


def _is_at_it(work: Work, check: Row[Any]) -> bool:
    lately = work.now - SENDING_FOR
    if check.begun_at is not None and check.begun_at > lately:
        return True
    sent = select(func.count()).where(col(Photo.check_id) == check.id, col(Photo.added_at) > lately)
    return work.count(sent.where(col(Photo.state) != "destroyed")) > 0
