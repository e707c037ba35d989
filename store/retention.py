"""What is not needed any more goes: the fields of texts that are settled, and dialogues nobody came back to."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col

from store.messages import OpenDialogue, OutboxMessage
from store.work import Work

FORGET_DIALOGUES = timedelta(days=1)
"""After their end; an old one does no harm but holds what somebody wrote."""
FORGET_SENT = timedelta(days=3)
"""The carrier has the text and no receipt came: none will."""
FORGET_FAILED = timedelta(days=30)
"""Texts that never arrived stay readable so long for whoever has to tell people in another way."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows a `forget` emptied or deleted."""

    texts: int
    dialogues: int


def forget(work: Work) -> Forgotten:
    """Wipes and deletes what is past its time. Delivered texts were wiped when their receipt came."""
    wipe = update(OutboxMessage).where(col(OutboxMessage.fields_sealed).is_not(None)).values(fields_sealed=None)
    sent = (col(OutboxMessage.state) == "sent", col(OutboxMessage.sent_at) < work.now - FORGET_SENT)
    texts = work.run(wipe.where(*sent)) + work.run(wipe.where(col(OutboxMessage.settled_at) < work.now - FORGET_FAILED))
    old = col(OpenDialogue.expires_at) < work.now - FORGET_DIALOGUES
    return Forgotten(texts, work.run(delete(OpenDialogue).where(old)))
