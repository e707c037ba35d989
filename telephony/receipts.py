"""Receipts: what the carrier tells of a text after it took it. In any order, twice, before it even answered, or never.

A state only moves forward. When the carrier did not deliver and the error says that another try may help, the row ends
there all the same, and its text is owed anew by another row.
"""

import re
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, bindparam, select, text, update
from sqlmodel.sql.sqltypes import UTCDateTime

from store import Store, Work
from store.columns import table
from store.messages import SETTLED, UNSENT, OutboxMessage
from store.outbox import send_anew
from store.phones import phone_by_id
from telephony.guard import Form
from telephony.insisting import insist
from telephony.retrying import wait_after_loss

_MEANS: Final = MappingProxyType(
    {
        "delivered": "delivered",
        "read": "delivered",
        "undelivered": "undelivered",
        "failed": "failed",
        "canceled": "failed",
    }
)
"""What a status of theirs is as a state of ours; any other (queued, sending, sent ...) says that they have it: sent."""
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEEP = text(
    "INSERT INTO receipt (provider_sid, status, message_id, error_code, received_at) "
    "VALUES (:sid, :status, :message_id, :error_code, :now) ON CONFLICT DO NOTHING RETURNING provider_sid"
).bindparams(bindparam("now", type_=UTCDateTime()))
_OUTBOX = table(OutboxMessage)
_BY_ID = select(_OUTBOX).where(_OUTBOX.c.id == bindparam("message_id"))
_BY_SID = select(_OUTBOX).where(_OUTBOX.c.provider_sid == bindparam("sid"))
_BEFORE: Final = MappingProxyType({"sent": UNSENT, **dict.fromkeys(SETTLED, (*UNSENT, "sent"))})
"""From which states one may come to a state."""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One status callback. `message_id` is ours, from the address that was called; empty where there was none."""

    sid: str
    status: str
    error_code: int | None = None
    message_id: str = ""


def receipts_blueprint(store: Store) -> Blueprint:
    """The route; the guard is the parent blueprint's. Whatever the carrier tells is answered 204."""
    blueprint = Blueprint("receipts", __name__)

    @blueprint.post("/status")
    def status() -> ResponseReturnValue:
        report = read_report(g.form, request.args.get("message", ""))
        if report and not insist("receipt", partial(receive_report, store, report)):
            return "", 503
        return "", 204

    return blueprint


def read_report(form: Form, message_id: str) -> StatusReport | None:
    """A signed form as a value; None where it names no message or no status."""
    sid = form.get("MessageSid") or form.get("SmsSid", "")
    status = form.get("MessageStatus") or form.get("SmsStatus", "")
    if not (_WELL_FORMED.fullmatch(sid) and _WELL_FORMED.fullmatch(status)):
        return None
    code = form.get("ErrorCode", "")
    number = int(code) if re.fullmatch(r"[0-9]{1,9}", code) else None
    return StatusReport(sid, status, number, message_id if _WELL_FORMED.fullmatch(message_id) else "")


def receive_report(store: Store, report: StatusReport) -> None:
    """Keeps a report, once, and moves its message forward. One that names no message of ours is kept too."""
    with store.work() as work:
        message = work.row(_BY_ID, message_id=report.message_id) or work.row(_BY_SID, sid=report.sid)
        if _is_new(work, report, message.id if message else None) and message:
            _move(work, message, report)


def _is_new(work: Work, report: StatusReport, message_id: str | None) -> bool:
    values = {"sid": report.sid, "status": report.status, "error_code": report.error_code}
    return work.row(_KEEP, **values, message_id=message_id, now=work.now) is not None


def _move(work: Work, message: Row[Any], report: StatusReport) -> None:
    state = _MEANS.get(report.status, "sent")
    match state:
        case "sent":
            _advance(work, message, report, state, error_code=None)
        case "delivered":
            _advance(work, message, report, state, settled_at=work.now, error_code=None, fields_sealed=None)
        case _ if message.provider_sid in (None, report.sid):
            # The loss of one of two messages that were sent for a row, after a doubt, says nothing of the other.
            lost = {"settled_at": work.now, "error_code": report.error_code}
            if _advance(work, message, report, state, **lost):
                _owe_anew(work, message, report)


def _advance(work: Work, message: Row[Any], report: StatusReport, state: str, **values: Any) -> bool:
    """Whether the row stood before `state` and now stands there."""
    behind = update(_OUTBOX).where(_OUTBOX.c.id == message.id, _OUTBOX.c.state.in_(_BEFORE[state]))
    sent_at = message.sent_at or work.now
    return work.run(behind, state=state, provider_sid=report.sid, sent_at=sent_at, due_at=None, **values) > 0


def _owe_anew(work: Work, message: Row[Any], report: StatusReport) -> None:
    wait = wait_after_loss(report.error_code, message.attempts)
    if wait is not None and message.fields_sealed is not None:
        send_anew(work, phone_by_id(work, message.phone_id), message, work.now + wait)
        work.run(update(_OUTBOX).where(_OUTBOX.c.id == message.id), fields_sealed=None)
