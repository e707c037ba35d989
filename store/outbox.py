"""The outbox: texts and calls we owe. A row is written in the transaction that decides; another delivers it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from store.columns import table
from store.jobs import DELIVER
from store.keyring import DataKey
from store.messages import OutboxMessage
from store.phones import Telephone
from store.work import Work


def send(
    work: Work,
    phone: Telephone,
    template: str,
    language: str,
    fields: Mapping[str, str | int | datetime],
    *,
    asked: bool = False,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> str:
    """Owes `phone` a text; the message's id. One that was `asked` for goes also to who wants no notices.

    `fields` fill the template; moments are kept as ISO 8601. The transaction's end rings the doorbell, unless it is
    `due_at` a later moment; what could not be handed over until `not_after` never is.
    """
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}
    due_at = due_at or work.now
    given = {"template": template, "language": language, "attempts": 0, "due_at": due_at, "not_after": not_after}
    message_id = _owe(work, phone, plain, kind="answer" if asked else "text", **given)
    if due_at <= work.now:
        work.ring(DELIVER, message_id)
    return message_id


def owe_call(
    work: Work,
    phone: Telephone,
    purpose: str,
    language: str,
    fields: Mapping[str, str],
    due_at: datetime | None,
    not_after: datetime | None = None,
) -> str:
    """Owes `phone` a call; the row's id. Due at `due_at`, later than now or never (None) until somebody says when.

    What could not be rung until `not_after` never is.
    """
    given = {"template": purpose, "language": language, "attempts": 0, "due_at": due_at, "kind": "call"}
    message_id = _owe(work, phone, fields, **given, not_after=not_after)
    if due_at is not None and due_at <= work.now:
        work.ring(DELIVER, message_id)
    return message_id


def send_anew(work: Work, phone: Telephone, lost: Row[Any], due_at: datetime) -> str:
    """Owes the text of the `OutboxMessage` row `lost`, which was not delivered, once more; the new message's id.

    A row's state never goes back, so another try is another row. It is due at `due_at`, when the sweep finds it.
    """
    return _owe(
        work,
        phone,
        message_fields(lost, phone.key),
        template=lost.template,
        language=lost.language,
        kind=lost.kind,
        attempts=lost.attempts,
        due_at=due_at,
        follows=lost.id,
        not_after=lost.not_after,
    )


def _owe(work: Work, phone: Telephone, fields: Mapping[str, Any], **values: Any) -> str:
    message_id = work.new_id()
    sealed = phone.key.seal(f"outbox_message.fields.{message_id}", json.dumps(fields))
    given = {"kind": "text", "state": "created", "resent": False, "created_at": work.now, **values}
    work.insert(OutboxMessage, id=message_id, phone_id=phone.id, fields_sealed=sealed, **given)
    return message_id


def called_for(work: Work, message_id: str, phone: Telephone, template: str, name: str) -> str | None:
    """The field `name` of a call of ours to this telephone; None where it is made for something else."""
    mine = select(table(OutboxMessage)).where(col(OutboxMessage.id) == message_id)
    row = work.row(mine.where(col(OutboxMessage.template) == template, col(OutboxMessage.phone_id) == phone.id))
    found: str | None = message_fields(row, phone.key).get(name) if row else None
    return found


def message_fields(message: Row[Any], key: DataKey) -> dict[str, Any]:
    """The fields of an `OutboxMessage` row, opened; empty once they were wiped."""
    if message.fields_sealed is None:
        return {}
    fields: dict[str, Any] = json.loads(key.open(f"outbox_message.fields.{message.id}", message.fields_sealed))
    return fields
