"""Texts out as the people who run the service look through them: by state, template, error and day, page by page.

Every query has both ends of a span, and walks an index that is in the order of ids, so that a page costs as much at a
million rows as at none: that of texts which never arrived, that of texts that are due, or the primary key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, text
from sqlmodel import col

from store.backlog import OVERDUE_FOR
from store.correspondence import TextOut, told
from store.ids import first_id
from store.messages import IS_LOST, LOST, UNSENT, OutboxMessage
from store.people import Phone
from store.phones import PHONE
from store.retention import FORGET_FAILED
from store.work import Work

STUCK = "stuck"
"""Not a state: due for longer than `OVERDUE_FOR`, and the carrier does not have it."""
LOST_EITHER = "lost"
"""Not a state: undelivered or failed."""
_COLUMNS = (
    "id",
    "kind",
    "template",
    "language",
    "state",
    "attempts",
    "error_code",
    "segments",
    "fields_sealed",
    "created_at",
    "not_after",
    "sent_at",
    "settled_at",
)
TEXTS = select(*PHONE, *(getattr(OutboxMessage, name) for name in _COLUMNS)).join(
    Phone, col(Phone.id) == col(OutboxMessage.phone_id)
)
"""With the columns `store.phones.telephone` and `store.outbox.send_anew` read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts: created in a span, and of a state, `STUCK`, `LOST_EITHER`, a template, an error; None: whichever."""

    since: datetime
    until: datetime
    state: str | None = None
    template: str | None = None
    error: int | None = None


@dataclass(frozen=True, slots=True)
class ListedText(TextOut):
    """A text we owed; its number to be masked, and whether it can be sent again."""

    kept: bool
    """What fills its template is still there, so that it can be sent again."""
    anew: bool
    """Another row owes it anew: what fills a lost text is wiped then, and after `FORGET_FAILED`."""


def wanted_texts(wanted: Wanted, now: datetime, query: Select[Any] = TEXTS) -> Select[Any]:
    """Of `query` those that are wanted, the newest first."""
    ids, state = col(OutboxMessage.id), col(OutboxMessage.state)
    query = query.where(col(OutboxMessage.kind) != "call").order_by(ids.desc())
    query = query.where(ids >= first_id(wanted.since), ids < first_id(wanted.until))
    if wanted.state in (*LOST, LOST_EITHER):
        query = query.where(text(IS_LOST))
    if wanted.state == STUCK:
        query = query.where(state.in_(UNSENT), col(OutboxMessage.due_at) < now - OVERDUE_FOR)
    elif wanted.state in UNSENT:
        query = query.where(state == wanted.state)
    elif wanted.state and wanted.state != LOST_EITHER:
        query = query.where(state.concat("") == wanted.state)  # no index by state: most texts have the same
    if wanted.template:
        query = query.where(col(OutboxMessage.template) == wanted.template)
    if wanted.error is not None:
        query = query.where(col(OutboxMessage.error_code) == wanted.error)
    return query


def texts_page(work: Work, wanted: Wanted, limit: int, before: str | None = None) -> Sequence[ListedText]:
    """At most `limit` texts, the newest first, from behind the id `before` on."""
    query = wanted_texts(wanted, work.now, TEXTS).limit(limit)
    if before is not None:
        query = query.where(col(OutboxMessage.id) < before)
    return [_listed(work, row) for row in work.rows(query)]


def one_text(work: Work, message_id: str) -> Any:
    """The row of a text, with the columns of `TEXTS`; None where there is none."""
    return work.row(TEXTS.where(col(OutboxMessage.id) == message_id, col(OutboxMessage.kind) != "call"))


def _listed(work: Work, row: Row[Any]) -> ListedText:
    kept = row.fields_sealed is not None
    anew = row.state in LOST and not kept and row.settled_at > work.now - FORGET_FAILED
    return ListedText(**told(work, row), kept=kept, anew=anew)
