"""What was owed by day and is late stays until the morning: nobody is rung or woken for it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from codes.desk.calling import awake
from codes.regimes import in_force
from language.sentences.at_home import LONG, WRITTEN
from monitoring.quiet import after_quiet
from store import Work
from store.messages import CALL_BACK, NOTICE

_AT_HOME: Final = WRITTEN.keys() | LONG.keys()


def may_go_at(work: Work, message: Row[Any]) -> datetime:
    """When a due `OutboxMessage` row may go, now or later: calls back and what people at home are told wait.

    Answers go at any hour; so does what is of no use in the morning, and has an end of its own.
    """
    if message.template == CALL_BACK:
        return awake(work.now, in_force(work).regime)
    told = message.template == NOTICE or (message.kind == "text" and message.template in _AT_HOME)
    return after_quiet(in_force(work).regime, work.now) if told and message.not_after is None else work.now
