"""The outbox: texts we owe. A row is written in the transaction that decides; delivering is another's work."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from store.keyring import DataKey
from store.messages import OutboxMessage
from store.phones import Telephone
from store.work import Work


def send(work: Work, phone: Telephone, template: str, language: str, fields: Mapping[str, str | int | datetime]) -> str:
    """Owes `phone` a text; the message's id.

    `fields` fill the template; moments are kept as ISO 8601. The transaction's end rings the doorbell.
    """
    message_id = work.new_id()
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}
    work.insert(
        OutboxMessage,
        id=message_id,
        phone_id=phone.id,
        template=template,
        fields_sealed=phone.key.seal(f"outbox_message.fields.{message_id}", json.dumps(plain)),
        language=language,
        state="created",
        attempts=0,
        created_at=work.now,
        due_at=work.now,
    )
    work.rung.append(message_id)
    return message_id


def message_fields(message: Row[Any], key: DataKey) -> dict[str, Any]:
    """The fields of an `OutboxMessage` row, opened; empty once they were wiped."""
    if message.fields_sealed is None:
        return {}
    fields: dict[str, Any] = json.loads(key.open(f"outbox_message.fields.{message.id}", message.fields_sealed))
    return fields
