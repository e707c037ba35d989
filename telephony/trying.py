"""What webhooks have in common: one unit of work, and once more where that may help; who it is from."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError

from codes.phones import is_e164, read_phone
from codes.regimes import in_force
from store import Store, Work

_TRIES = 2
_SOON_S = 0.5
"""A lost connection that showed by then leaves time to ask once more."""
_COLLISIONS = ("40001", "40P01")
"""PostgreSQL's states: could not serialise, deadlock."""
_log = structlog.get_logger("trying")
Answer = TypeVar("Answer")


def in_work(store: Store, timer: Callable[[], float], since: float, sid: str, act: Callable[[Work], Answer]) -> Answer:
    """What `act` makes of a webhook about `sid` that arrived at `since` (seconds of `timer`).

    Two deliveries of one message, or of two telephones with one document, can collide on PostgreSQL: the loser is
    tried again, and so is one that met a connection which had died meanwhile. Raises what the database raises; one that
    made us wait is not asked again, for want of time.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            with store.work() as work:
                return act(work)
        except DBAPIError as error:
            lost = error.connection_invalidated and timer() - since < _SOON_S
            if attempt == _TRIES or not (lost or _collided(error)):
                raise
            _log.warning("answer_tried_again", sid=sid, error=type(error.orig).__name__)
    raise AssertionError("every try returns or raises")


def number_of(work: Work, sender: str) -> str | None:
    """A sender or caller as E.164, also one written without its country's code; None: nobody who can be answered."""
    return sender if is_e164(sender) else read_phone(sender, in_force(work).regime.phone_region)


def _collided(error: DBAPIError) -> bool:
    """Whether another transaction was there first, so that the same again would do."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _COLLISIONS
