"""The application with patients at home, and the duty officer Dora, who opened none of their cases."""

import pytest
from flask import Flask

from store import Store
from tests.clock import Clock
from tests.monitoring.duty.desk import Desk
from tests.web.duty.office import Officer
from tests.web.people import Staff, signed_in


@pytest.fixture
def desk(app: Flask, store: Store, clock: Clock) -> Desk:
    return Desk(store, clock)


@pytest.fixture
def dora(app: Flask, store: Store, staff: Staff) -> Officer:
    person = staff("duty_officer", name="Dora")
    return Officer(lambda: signed_in(app, store, person), person)
