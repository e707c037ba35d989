"""What the carrier tells once: it does not repeat a status callback that failed, so we try as long as it waits."""

from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from store.engine import WriterBusy

_TRIES = 5
"""Each waits up to the store's own limit (1.9 s), together under the carrier's 15 s."""
_log = structlog.get_logger("insisting")


def insist(what: str, keep: Callable[[], object]) -> bool:
    """Whether `keep`, a work that may be done twice, was done at last."""
    for attempt in range(1, _TRIES + 1):
        try:
            keep()
        except (SQLAlchemyError, WriterBusy) as error:
            _log.warning("callback_tried_again", part=what, attempt=attempt, error=type(error).__name__)
        else:
            return True
    return False
