"""Moscow's order, an organisation, and the worker that goes on with its lists."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from codes.regimes import activate, preset
from settings import Settings
from store import Store
from tests.clock import Clock
from tests.employers.office import BOSS, Office
from tests.web.people import citizen_signed_in
from wsgi import create_app


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    with store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return create_app(settings, store)


@pytest.fixture
def office(store: Store, clock: Clock) -> Office:
    """The organisation's own telephone and the worker; no account yet."""
    return Office(store, clock)


@pytest.fixture
def firm(app: Flask, office: Office) -> Office:
    """Confirmed."""
    return office.confirmed()


@pytest.fixture
def boss(app: Flask, store: Store) -> FlaskClient:
    """A client signed in by the organisation's telephone."""
    return citizen_signed_in(app, store, BOSS)
