"""People who administrate, as they see their pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from store import Store
from tests.stories.desk import AgentAtDesk
from tests.web.people import Staff, signed_in

Signs = Callable[..., AgentAtDesk]
"""``signs("auditor", name="Vera")``: somebody with these roles, signed in, with no page open yet."""


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
