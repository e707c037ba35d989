"""What is past its time goes, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from store import Store
from store.messages import OpenDialogue, OutboxMessage
from store.outbox import send
from store.phones import ensure_phone
from store.retention import FORGET_DIALOGUES, FORGET_FAILED, FORGET_SENT, Forgotten, forget
from tests.clock import Clock

MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "kept_for"), [("sent", FORGET_SENT), ("failed", FORGET_FAILED), ("undelivered", FORGET_FAILED)]
)
def test_the_fields_of_a_text_are_wiped_when_nobody_needs_them(
    store: Store, clock: Clock, state: str, kept_for: timedelta
) -> None:
    with store.work() as work:
        send(work, ensure_phone(work, "+79990000001"), "revoked", "ru", {"code": "1", "reason": "2"})
        settled = None if state == "sent" else work.now
        work.run(update(OutboxMessage), state=state, sent_at=work.now, settled_at=settled)
    clock.now += kept_for - MOMENT
    with store.work() as work:
        assert forget(work) == Forgotten(0, 0)

    clock.now += 2 * MOMENT

    with store.work() as work:
        assert forget(work) == Forgotten(1, 0)
        assert [row.fields_sealed for row in work.rows(select(col(OutboxMessage.fields_sealed)))] == [None]
        assert forget(work) == Forgotten(0, 0)


def test_what_is_still_owed_is_never_wiped(store: Store, clock: Clock) -> None:
    with store.work() as work:
        send(work, ensure_phone(work, "+79990000001"), "revoked", "ru", {"code": "1", "reason": "2"})
    clock.pass_by(days=365)
    with store.work() as work:
        assert forget(work) == Forgotten(0, 0)


def test_dialogues_go_a_day_after_their_end(store: Store, clock: Clock) -> None:
    with store.work() as work:
        for key, ended in (("old", FORGET_DIALOGUES + MOMENT), ("recent", FORGET_DIALOGUES - MOMENT)):
            work.insert(OpenDialogue, key=key, state_sealed=b"", expires_at=work.now - ended)

    with store.work() as work:
        assert forget(work) == Forgotten(0, 1)
        assert [row.key for row in work.rows(select(col(OpenDialogue.key)))] == ["recent"]
