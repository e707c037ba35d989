"""A form works once: sent again, from another tab or by a second press, it leads where it led and does nothing.

Each form carries a token, which becomes a row in the very transaction that acts; two at once wait for each other.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import bindparam, select, text, update
from sqlmodel.sql.sqltypes import UTCDateTime

from store import Store, Work
from store.columns import table
from store.desk import SentForm
from store.tokens import new_token

FIELD = "once"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")
_SENT = table(SentForm)
_TAKE = text(
    "INSERT INTO sent_form (token, sender_id, sent_at, answer) VALUES (:token, :sender_id, :now, '{}') "
    "ON CONFLICT DO NOTHING RETURNING token"
).bindparams(bindparam("now", type_=UTCDateTime()))
_READ = select(_SENT.c.answer).where(
    _SENT.c.token == bindparam("sent_token"), _SENT.c.sender_id == bindparam("sender_id")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a form leads, and what is told there: a name, and facts without personal data."""

    to: str
    told: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def once_field() -> Markup:
    """The hidden field of a form that works once."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, new_token())


def send_once(
    store: Store,
    sender_id: str,
    act: Callable[[Work], Answer],
    shown: Callable[[], ResponseReturnValue | None] | None = None,
) -> ResponseReturnValue:
    """Does what the form of this request asks, unless it was done, and leads on. What `act` raises undoes all.

    `shown` may answer in place of the way on, once, after what `act` did stands: with a secret that is kept nowhere.
    """
    token = request.form.get(FIELD, "")
    if not _TOKEN.fullmatch(token):
        abort(400)
    with store.work() as work:
        if work.row(_TAKE, token=token, sender_id=sender_id, now=work.now):
            answer = act(work)
            kept = json.dumps([answer.to, answer.told, dict(answer.facts)])
            work.run(update(_SENT).where(_SENT.c.token == token), answer=kept)
            fresh = True
        else:
            answer, fresh = _read(work, token, sender_id) or abort(400), False
    return (shown() if fresh and shown else None) or _led(answer, token)


def sent_before(store: Store, sender_id: str) -> ResponseReturnValue | None:
    """Where the form of this request led when it was sent before."""
    token = request.form.get(FIELD, "")
    if not _TOKEN.fullmatch(token):
        return None
    with store.reading() as work:
        answer = _read(work, token, sender_id)
    return _led(answer, token) if answer else None


def told(work: Work, sender_id: str) -> Answer | None:
    """What a form came to, on the page it led to."""
    token = request.args.get("told", "")
    return _read(work, token, sender_id) if _TOKEN.fullmatch(token) else None


def _led(answer: Answer, token: str) -> ResponseReturnValue:
    told = f"?told={token}" if answer.told else ""
    return redirect(f"{answer.to}{told}", 303)


def _read(work: Work, token: str, sender_id: str) -> Answer | None:
    row = work.row(_READ, sent_token=token, sender_id=sender_id)
    return Answer(*json.loads(row.answer)) if row and row.answer != "{}" else None
