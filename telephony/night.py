"""What was owed by day and is late stays until the morning: nobody is rung or woken for it."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row

from codes.desk.calling import awake
from codes.regimes import in_force
from language.sentences.at_home import LONG, WRITTEN
from monitoring.quiet import after_quiet
from store import Work
from store.messages import CALL_BACK, NOTICE

LATE: Final = timedelta(minutes=5)
"""A text that was owed so long ago is no answer to what somebody just did, and no news that can't wait."""
_AT_HOME: Final = (WRITTEN.keys() | LONG.keys()) - {"told_sos"}
"""Whoever called for help is answered at any hour."""


def may_go_at(work: Work, message: Row[Any]) -> datetime:
    """When a due `OutboxMessage` row may go, now or later: calls back, and late texts to people at home, wait.

    What is of no use in the morning has an end of its own, and does not.
    """
    if message.template == CALL_BACK:
        return awake(work.now, in_force(work).regime)
    late = message.template in _AT_HOME and work.now - message.created_at > LATE
    waits = message.not_after is None and (message.template == NOTICE or late)
    return after_quiet(in_force(work).regime, work.now) if waits else work.now
