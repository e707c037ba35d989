"""Texts and calls we owe, on their way out: claim, commit, ask the carrier with no transaction open, record, commit.

Whoever dies in between leaves a row in `sending`. Once its lease is over it is looked up: at first by the receipts that
came meanwhile, which have moved it on already, then among the carrier's messages; only then the same text is sent once
more, and if that leaves doubt too it fails, for people to see. The one step back is from `sending` to `created`, after
a definite no: for the carrier that try never was.

    created -> sending -> sent -> delivered | undelivered | failed
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import BindParameter, Row, bindparam, select, update

from codes.desk.agents import RING, RING_FOR, ring_failed
from codes.regimes import in_force
from language.segments import count_segments
from language.wording import say
from store import Store, Work
from store.columns import table
from store.messages import CALL_BACK, NOTICE, PRESENCE, UNSENT, OutboxMessage, Receipt
from store.outbox import message_fields
from store.phones import Telephone, phone_by_id
from telephony.gateway import Ambiguous, Gateway, Outcome, Rejected, Sent
from telephony.night import may_go_at
from telephony.retrying import OPTED_OUT, TOO_LATE, UNKNOWN, wait_after_refusal

LEASE = timedelta(seconds=45)
"""Longer than any call to the carrier takes: connecting and answering have 10 s each, a job 30 s."""
LOOK_AFTER = timedelta(seconds=30)
"""By then the carrier's list shows a message whose creation nobody answered."""
GIVE_UP = timedelta(hours=24)
"""A text in doubt for so long, with a carrier that can't be asked, has failed."""
GRACE = timedelta(seconds=2)
"""So long the doorbell alone is trusted."""
PATHS = {RING: "/voice/agent", CALL_BACK: "/voice", PRESENCE: "/voice", NOTICE: "/voice"}
"""Where a call leads once it is answered, by what it is for."""
BATCH, HANDS = 100, 4
"""Rows a sweep takes, and how many at once: a carrier that hangs over one must not hold up all."""
_log = structlog.get_logger("delivery")

_OUTBOX, _RECEIPT = table(OutboxMessage), table(Receipt)
_ID: BindParameter[Any] = bindparam("message_id")
_NOW: BindParameter[Any] = bindparam("now")
_UNTIL: BindParameter[Any] = bindparam("until")
_ONE = update(_OUTBOX).where(_OUTBOX.c.id == _ID)
_DUE_ONE = _ONE.where(_OUTBOX.c.due_at <= _NOW).returning(_OUTBOX)
_CLAIM = _DUE_ONE.where(_OUTBOX.c.state == "created").values(
    state="sending", attempts=_OUTBOX.c.attempts + 1, due_at=_UNTIL, error_code=None
)
_TAKE_OVER = _DUE_ONE.where(_OUTBOX.c.state == "sending").values(due_at=_UNTIL)
_MINE = _ONE.where(_OUTBOX.c.state == "sending", _OUTBOX.c.attempts == bindparam("attempt"))
"""A row that nobody has moved or claimed since."""
_UNSENT = _ONE.where(_OUTBOX.c.state.in_(UNSENT))
_RESEND = _MINE.where(_OUTBOX.c.resent.is_(False)).values(resent=True, attempts=_OUTBOX.c.attempts + 1, due_at=_UNTIL)
_DUE = (
    select(_OUTBOX.c.id, _OUTBOX.c.state)
    .where(_OUTBOX.c.state.in_(UNSENT), _OUTBOX.c.due_at <= bindparam("before"))
    .order_by(_OUTBOX.c.due_at)
    .limit(BATCH)
)
_SIDS: BindParameter[Any] = bindparam("sids", expanding=True)
_TAKEN = select(_OUTBOX.c.provider_sid).where(_OUTBOX.c.provider_sid.in_(_SIDS), _OUTBOX.c.id != _ID)
_TOLD = select(_RECEIPT.c.provider_sid).where(_RECEIPT.c.provider_sid.in_(_SIDS), _RECEIPT.c.message_id != _ID)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a text or call, the `number`-th; whoever holds it alone may record what came of it."""

    message_id: str
    number: int
    to: str
    body: str
    """Of a call the path it leads to."""
    owed_since: datetime
    purpose: str = ""
    """Of a call: what it is for."""


def deliver(store: Store, gateway: Gateway, message_id: str) -> None:
    """Sends a text that is due; nothing happens if it is not, or if another is at it. May run twice."""
    with store.work() as work:
        attempt = _claim(work, message_id)
    if attempt:
        _ask(store, gateway, attempt)


def settle(store: Store, gateway: Gateway, message_id: str) -> None:
    """Finds out what became of a text in `sending` whose lease is over. May run twice."""
    with store.work() as work:
        row = work.row(_TAKE_OVER, message_id=message_id, now=work.now, until=work.now + LEASE)
        attempt = _attempt(work, row) if row else None
    if attempt is None:
        return
    if attempt.purpose:
        found = gateway.find_calls(attempt.to, attempt.owed_since)
    else:
        found = gateway.find(attempt.to, attempt.body, attempt.owed_since)
    with store.work() as work:
        again = _judge(work, attempt, found)
    if again:
        _ask(store, gateway, again)


def sweep(store: Store, gateway: Gateway) -> int:
    """Delivers or settles the rows that are due and that no job took; how many it saw, at most a batch."""
    with store.reading() as work:
        due = work.rows(_DUE, before=work.now - GRACE)
    if due:
        with ThreadPoolExecutor(HANDS) as hands:
            hands.map(partial(_pick_up, store, gateway), due)
    return len(due)


def _pick_up(store: Store, gateway: Gateway, row: Row[Any]) -> None:
    try:
        (deliver if row.state == "created" else settle)(store, gateway, row.id)
    except Exception as error:
        # One row that can't be worked on must not keep the others waiting; it stays due.
        _log.error("sweep_failed", message_id=row.id, error=type(error).__name__)


def _claim(work: Work, message_id: str) -> Attempt | None:
    row = work.row(_CLAIM, message_id=message_id, now=work.now, until=work.now + LEASE)
    if row is None or _waits_for_morning(work, row):
        return None
    return _attempt(work, row)


def _waits_for_morning(work: Work, row: Row[Any]) -> bool:
    """Whether what was just claimed must not go at night: nobody heard of it, so that it goes back until then."""
    morning = may_go_at(work, row)
    if morning <= work.now:
        return False
    mine = {"message_id": row.id, "attempt": row.attempts}
    work.run(_MINE, **mine, state="created", attempts=row.attempts - 1, due_at=morning)
    return True


def _attempt(work: Work, row: Row[Any]) -> Attempt | None:
    """What to send; None after failing a row that must not or can't be sent."""
    phone = phone_by_id(work, row.phone_id)
    if row.not_after is not None and work.now > row.not_after:
        _fail(work, Attempt(row.id, row.attempts, "", "", row.created_at), TOO_LATE)
        return None
    if row.kind == "call":
        call = Attempt(row.id, row.attempts, phone.number, PATHS[row.template], row.created_at, row.template)
        if row.template != RING or work.now - row.created_at <= RING_FOR:
            return call
        _fail(work, call, UNKNOWN)  # nobody waits for this agent any more
        return None
    attempt = Attempt(row.id, row.attempts, "", "", row.created_at)
    if phone.stopped and row.kind == "text":
        _fail(work, attempt, OPTED_OUT)
        return None
    try:
        attempt = replace(attempt, to=phone.number, body=_wording(work, row, phone))
    except Exception as error:
        # A template or a key that is gone does not come back by waiting.
        _log.error("text_unspeakable", message_id=row.id, error=type(error).__name__)
        _fail(work, attempt, UNKNOWN)
        return None
    work.run(_MINE, message_id=row.id, attempt=row.attempts, segments=count_segments(attempt.body).segments)
    return attempt


def _wording(work: Work, row: Row[Any], phone: Telephone) -> str:
    """The text as of the moment it was owed, so that every try says the same."""
    regime = in_force(work, row.created_at).regime
    return say(row.template, row.language, regime, now=row.created_at, **message_fields(row, phone.key))


def _ask(store: Store, gateway: Gateway, attempt: Attempt) -> None:
    ask = gateway.call if attempt.purpose else gateway.send
    outcome = ask(attempt.message_id, attempt.to, attempt.body)
    with store.work() as work:
        _record(work, attempt, outcome)


def _record(work: Work, attempt: Attempt, outcome: Outcome) -> None:
    match outcome:
        case Sent(sid):
            _hand_over(work, attempt, sid)
        case Rejected(code):
            wait = wait_after_refusal(code, attempt.number)
            if wait is None:
                _fail(work, attempt, code)
            else:
                _log.warning("text_refused", message_id=attempt.message_id, error_code=code, attempt=attempt.number)
                _change(work, attempt, state="created", error_code=code, due_at=work.now + wait)
        case Ambiguous():
            _log.warning("text_in_doubt", message_id=attempt.message_id, attempt=attempt.number)
            _change(work, attempt, due_at=work.now + LOOK_AFTER)


def _judge(work: Work, attempt: Attempt, found: Sequence[str] | Ambiguous) -> Attempt | None:
    """Records what a look-up found; the attempt to make if it found nothing for the first time."""
    if isinstance(found, Ambiguous):
        doubtful = work.now - attempt.owed_since
        if doubtful > GIVE_UP:
            _fail(work, attempt, UNKNOWN)
        else:
            _change(work, attempt, due_at=work.now + max(LOOK_AFTER, doubtful / 10))
        return None
    ours = _without_others(work, attempt, found)
    if ours:
        _hand_over(work, attempt, ours[0])
        return None
    mine = {"message_id": attempt.message_id, "attempt": attempt.number}
    # Nobody is rung twice for one thing: a call in doubt that cannot be found is for people to make.
    if not attempt.purpose and work.run(_RESEND, **mine, until=work.now + LEASE):
        return replace(attempt, number=attempt.number + 1)
    _fail(work, attempt, UNKNOWN)
    return None


def _without_others(work: Work, attempt: Attempt, found: Sequence[str]) -> list[str]:
    """The carrier's ids that belong to no other row: two rows may owe one number the same words."""
    asked = {"sids": list(found), "message_id": attempt.message_id}
    others = {row.provider_sid for row in (*work.rows(_TAKEN, **asked), *work.rows(_TOLD, **asked))}
    return [sid for sid in found if sid not in others]


def _hand_over(work: Work, attempt: Attempt, sid: str) -> None:
    """A definite yes counts from whoever brings it; a receipt may have told it already."""
    values = {"state": "sent", "provider_sid": sid, "sent_at": work.now, "due_at": None, "error_code": None}
    if work.run(_UNSENT, message_id=attempt.message_id, **values):
        _log.info("text_sent", message_id=attempt.message_id, sid=sid, attempt=attempt.number)


def _fail(work: Work, attempt: Attempt, code: int) -> None:
    """For good: it stays, with its fields, for people to act on."""
    if _change(work, attempt, state="failed", error_code=code, settled_at=work.now, due_at=None):
        if attempt.purpose == RING:
            ring_failed(work, attempt.message_id)
        _log.warning("text_failed", message_id=attempt.message_id, error_code=code, attempt=attempt.number)


def _change(work: Work, attempt: Attempt, **values: Any) -> int:
    return work.run(_MINE, message_id=attempt.message_id, attempt=attempt.number, **values)
