"""Whether a patient was told of a check at all, by what the carrier says of the text or call that told them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import col

from store import Work
from store.checks import PresenceCheck
from store.columns import table
from store.ids import first_id
from store.messages import LOST, PRESENCE, UNSENT, OutboxMessage

_FOLLOWING = ("check_reminder", "check_again", PRESENCE)
_MOST_TRIES = 10
_COLUMNS = [table(OutboxMessage).c[name] for name in ("id", "phone_id", "kind", "state", "sent_at")]


def was_told(work: Work, check: Row[Any]) -> bool:
    """Whether the first link, or a call, got to the patient in time to answer; where the carrier is silent: it did.

    A text that was lost and owed anew counts by the last try. Half of the window is time enough. A call that nobody
    picked up is one that rang. Silence about the link counts for nothing where what followed it was lost.
    """
    message = _last_try(work, check.message_id) if check.message_id else None
    if message is None:
        return True  # long forgotten, or of before this was kept
    if message.kind == "call":
        return message.state not in (*UNSENT, "failed")
    if message.state in (*UNSENT, *LOST):
        return False
    if message.state == "sent" and _only_losses(work, check, message):
        return False
    return message.sent_at is None or message.sent_at <= _half(check)


def with_message(checks: Select[Any]) -> Select[Any]:
    """A query of checks, with what became of the text or call that told of each, for `came`."""
    message = table(OutboxMessage)
    told = message.c.state.label("told_state"), message.c.sent_at.label("told_sent_at")
    return checks.add_columns(*told).outerjoin(message, message.c.id == col(PresenceCheck.message_id))


def came(row: Row[Any]) -> bool:
    """Whether one sees at once that a check was told of, as `was_told` would say: so it is with nearly all."""
    if row.told_state != "delivered" or row.told_sent_at is None:
        return row.told_state is None
    return bool(row.told_sent_at <= _half(row))


def _half(check: Row[Any]) -> datetime:
    moment: datetime = check.asked_at + (check.window_ends_at - check.asked_at) / 2
    return moment


def _only_losses(work: Work, check: Row[Any], message: Row[Any]) -> bool:
    """Whether of the reminder, the call and the second link something was lost, and nothing is known to have come."""
    theirs = select(*_COLUMNS).where(col(OutboxMessage.phone_id) == message.phone_id)
    in_time = col(OutboxMessage.id) >= first_id(check.asked_at), col(OutboxMessage.created_at) < check.window_ends_at
    rows = work.rows(theirs.where(*in_time, col(OutboxMessage.template).in_(_FOLLOWING)))
    came = any(row.state == "delivered" or (row.kind == "call" and row.state == "undelivered") for row in rows)
    return not came and any(row.state == "failed" or (row.kind != "call" and row.state in LOST) for row in rows)


def _last_try(work: Work, message_id: str) -> Row[Any] | None:
    found: Row[Any] | None = work.row(select(*_COLUMNS).where(col(OutboxMessage.id) == message_id))
    for _ in range(_MOST_TRIES):
        if found is None or found.state not in LOST:
            break
        theirs = select(*_COLUMNS).where(col(OutboxMessage.phone_id) == found.phone_id)
        following: Row[Any] | None = work.row(theirs.where(col(OutboxMessage.follows) == found.id))
        if following is None:
            break
        found = following
    return found
