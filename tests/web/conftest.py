"""Pages on the real application: people of every role, clients that are signed in, and a real browser."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final, Literal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from codes.regimes import activate, preset
from settings import Settings
from store import Store
from tests.clock import Clock
from tests.house.sources import ROOT
from tests.web.browsing import Site, open_page, served
from tests.web.people import AsRole, Person, Staff, citizen_signed_in, enrolled, patient_arrived, signed_in
from wsgi import create_app

Scheme = Literal["light", "dark"]
_OF_COLOUR: Final = ["color-contrast", "link-in-text-block"]
_TROUBLES: Final = """async names => {
    const some = names ? {runOnly: {type: "rule", values: names}} : {};
    const found = await axe.run(document, {resultTypes: ["violations"], ...some});
    return found.violations.flatMap(({id, nodes}) => nodes.map(node => [id, node.html, node.failureSummary]));
}"""


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """The application as the public meets it, https://pass.example, with an order in force."""
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
    return create_app(settings, store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def staff(store: Store) -> Staff:
    """``staff("agent")`` or ``staff("agent", "supervisor", name="Anna")``: somebody enrolled."""
    numbers = count(1)
    return lambda *roles, name="": enrolled(store, name or f"Somebody {next(numbers)}", *roles)


@pytest.fixture
def as_role(app: Flask, store: Store, staff: Staff) -> AsRole:
    """``as_role("auditor")``: a client signed in as somebody with these roles, or as a ``citizen`` or ``patient``."""

    def client(*roles: str) -> FlaskClient:
        if "patient" in roles:
            return patient_arrived(app, store)
        return citizen_signed_in(app, store) if "citizen" in roles else signed_in(app, store, staff(*roles))

    return client


@pytest.fixture
def citizen(app: Flask, store: Store) -> FlaskClient:
    """A client signed in by a telephone on which nobody is known yet."""
    return citizen_signed_in(app, store)


@pytest.fixture
def agent(staff: Staff) -> Person:
    """An agent, Anna."""
    return staff("agent", name="Anna")


@pytest.fixture
def desk_client(app: Flask, store: Store, agent: Person) -> FlaskClient:
    """A client signed in as the agent Anna."""
    return signed_in(app, store, agent)


@pytest.fixture
def site(settings: Settings, store: Store, clock: Clock) -> Iterator[Site]:
    """The application on a free port of this machine, at http://localhost:PORT."""
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
    with served(settings, store) as opened:
        yield opened


@pytest.fixture
def browser_page(browser: Browser, site: Site) -> Iterator[Page]:
    """An empty page of a browser of its own; the test fails where the console or a script complains."""
    with open_page(browser) as page:
        yield page


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Fails where axe finds what people with disabilities would meet; by day, and its colours by night.

    With a scheme named, all of it in that one.
    """
    axe = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def assert_none(page: Page, scheme: Scheme | None = None) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        page.emulate_media(color_scheme=scheme or "light")
        assert page.evaluate(_TROUBLES, None) == []
        if scheme is None:
            page.emulate_media(color_scheme="dark")
            assert page.evaluate(_TROUBLES, _OF_COLOUR) == []

    return assert_none
