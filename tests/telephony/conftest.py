"""A telephone in the store, an order in force, and texts owed to it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Row, select

from codes.regimes import activate, preset
from store import Store
from store.columns import table
from store.messages import OutboxMessage
from store.outbox import send
from store.phones import ensure_phone
from tests.clock import Clock
from tests.telephony.remembering import RememberingGateway

NUMBER = "+79990000001"
Owe = Callable[[], str]
Look = Callable[[str], Row[Any]]


@pytest.fixture
def gateway() -> RememberingGateway:
    return RememberingGateway()


@pytest.fixture
def owe(store: Store, clock: Clock) -> Owe:
    """Owes a citizen a notice; its id."""
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
    numbers = iter(range(1, 1000))

    def owed() -> str:
        with store.work() as work:
            phone = ensure_phone(work, NUMBER)
            fields = {"application": f"A-{next(numbers)}", "reason": "нет"}
            return send(work, phone, "application_refused", "ru", fields)

    return owed


@pytest.fixture
def look(store: Store) -> Look:
    """A message's row as it is now."""

    def looked(message_id: str) -> Row[Any]:
        outbox = table(OutboxMessage)
        with store.reading() as work:
            row: Row[Any] = work.rows(select(outbox).where(outbox.c.id == message_id))[0]
        return row

    return looked
