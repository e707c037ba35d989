"""People who administrate, as they see their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlmodel import col

from store import Store
from store.messages import OutboxMessage
from store.outbox import send
from store.phones import ensure_phone
from tests.stories.desk import AgentAtDesk
from tests.web.people import Staff, signed_in

Signs = Callable[..., AgentAtDesk]
"""``signs("auditor", name="Vera")``: somebody with these roles, signed in, with no page open yet."""
Lose = Callable[..., str]


@pytest.fixture
def signs(app: Flask, store: Store, staff: Staff) -> Signs:
    def sign(*roles: str, name: str = "") -> AgentAtDesk:
        person = staff(*roles, name=name)
        return AgentAtDesk(person, None, signed_in(app, store, person))

    return sign


@pytest.fixture
def olga(signs: Signs) -> AgentAtDesk:
    """An administrator."""
    return signs("administrator", name="Olga")


@pytest.fixture
def rinat(signs: Signs) -> AgentAtDesk:
    """Another administrator."""
    return signs("administrator", name="Rinat")


@pytest.fixture
def operator(signs: Signs) -> AgentAtDesk:
    """Who runs the service."""
    return signs("operator", name="Timur")


@pytest.fixture
def lose(app: Flask, store: Store) -> Lose:
    """``lose(30003)``: a text that never arrived, with the carrier's error; its id."""

    def lost(
        error: int | None = 30003, number: str = "+79990000001", template: str = "cancelled_kept", **row: Any
    ) -> str:
        with store.work() as work:
            message_id = send(work, ensure_phone(work, number), template, "ru", {"code": "THXA-9546-C61A"})
            given = {"state": "undelivered", "error_code": error, "settled_at": work.now, "due_at": None}
            values = {**given, "segments": 2, "provider_sid": f"SM{message_id}", "sent_at": work.now, **row}
            work.run(update(OutboxMessage).where(col(OutboxMessage.id) == message_id), **values)
            return message_id

    return lost


@pytest.fixture
def vera(signs: Signs) -> AgentAtDesk:
    """An auditor."""
    return signs("auditor", name="Vera")
