"""The town, on SQLite: what is told here is of people; the rooms are tried on both databases."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from codes.regimes import activate, preset
from settings import Settings
from store import Store
from telephony.simulator.carrier import Carrier
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.stories.home.town import HANDSET, Town
from tests.web.browsing import open_page, served
from tests.web.clinic.ward import register
from tools import tools_on, working_with


@pytest.fixture
def town(settings: Settings, store: Store, clock: Clock, browser: Browser) -> Iterator[Town]:
    """Clara opens cases, Dora and Dmitri are at the duty desk, Rosa answers appeals."""
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
    with served(settings, store) as site:
        told = CarrierSettings(
            settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, site.url
        )
        carrier = Carrier(told, wsgi_app=site.app, clock=clock)
        with CarrierServer(carrier) as server:
            reached = settings.model_copy(update={"twilio_api_base": server.url, "public_url": site.url})
            with working_with(tools_on(reached, store)):
                town = Town(site, carrier, clock, browser)
                town.works_here("Clara", "clinician", "duty_officer")
                town.works_here("Dora", "duty_officer")
                town.works_here("Rosa", "reviewer")
                register(store)
                yield town


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """The browser of whoever stays at home."""
    with open_page(browser, **HANDSET) as page:
        yield page
