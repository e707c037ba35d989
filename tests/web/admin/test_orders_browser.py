"""Orders in a real browser: a quota raised by two people decides a text; every page fits and can be used."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from settings import Settings
from telephony.simulator.carrier import Carrier
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.stories.reading import has_code
from tests.web.browsing import Site, open_page, overflows
from tests.web.people import Staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]
PAGES = (
    *("", "/parts/order", "/parts/registration", "/parts/limits", "/lists/purposes", "/lists/purposes/7", "/toml"),
    *("/lists/examples/0", "/lists/grammars/0", "/propose"),
)
"""Of a draft with faults, which the walk over every page does not come to."""


@pytest.fixture
def carrier(site: Site, settings: Settings, clock: Clock) -> Carrier:
    told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, site.url)
    return Carrier(told, wsgi_app=site.app, clock=clock)


@pytest.fixture
def olga(browser_page: Page, site: Site, staff: Staff) -> Page:
    """An administrator's browser."""
    site.sign_in(browser_page, staff("administrator", name="Olga"))
    return browser_page


@pytest.fixture
def rinat(browser: Browser, site: Site, staff: Staff) -> Iterator[Page]:
    """Another administrator's browser, without scripts."""
    with open_page(browser, java_script_enabled=False) as page:
        site.sign_in(page, staff("administrator", name="Rinat"))
        yield page


def begin(page: Page, site: Site) -> str:
    """Begins a draft with the order in force; its address."""
    page.goto(f"{site.url}/admin/regimes")
    page.get_by_role("button", name="Begin a draft").click()
    page.get_by_label(re.compile("in force now")).check()
    page.get_by_role("button", name="Begin the draft").click()
    return page.url.split("?")[0]


def test_a_raised_quota_is_put_in_force_by_two_and_decides_a_text(
    olga: Page, rinat: Page, site: Site, carrier: Carrier, clock: Clock
) -> None:
    citizen = carrier.handset("+79990000001")
    citizen.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    answers = [citizen.text(f"Цель {purpose}") for purpose in (8, 3, 9)]
    assert [has_code(answer) for answer in answers] == [True, True, False]
    begin(olga, site)

    olga.get_by_role("link", name="Limits and periods").click()
    olga.get_by_label("Passes a day, for all purposes together").fill("3")
    olga.get_by_role("button", name="Save").click()
    expect(olga.get_by_role("region", name="To put right")).to_contain_text("Every published example is understood")
    olga.get_by_role("link", name="Back").click()
    olga.get_by_role("button", name="Propose to put it in force").click()
    olga.get_by_label("At a day and time").check()
    olga.get_by_label("Day", exact=True).fill("2026-06-03")
    olga.get_by_label("Time", exact=True).fill("12:10")
    olga.get_by_role("button", name="Propose").click()
    expect(olga.get_by_text("Proposed. Another administrator decides.")).to_be_visible()

    rinat.goto(f"{site.url}/admin/regimes")
    rinat.get_by_role("link", name="Put tatarstan-2020 in force").click()
    expect(rinat.get_by_text("Passes a day, for all purposes together")).to_be_visible()
    rinat.get_by_role("button", name="Approve").click()
    expect(rinat.get_by_text("Proposed by Olga, approved by Rinat")).to_be_visible()

    assert not has_code(citizen.text("Цель 9"))
    clock.pass_by(minutes=11)
    assert has_code(citizen.text("Цель 9"))


def test_proof_reading_that_takes_long_shows_that_it_goes_on(olga: Page, site: Site) -> None:
    draft = begin(olga, site)
    olga.goto(f"{draft}/parts/number")

    olga.get_by_label("What a document's number looks like").fill(r"(\d+)+[A-Z]")
    olga.get_by_role("button", name="Save").click()

    expect(olga.get_by_text("It is being proof-read.")).to_be_visible()
    expect(olga.get_by_role("region", name="To put right")).to_contain_text("avoid a repetition", timeout=20_000)


def test_a_draft_with_faults_is_for_everybody_and_fits(olga: Page, site: Site, assert_accessible: Accessible) -> None:
    draft = begin(olga, site)
    propose(olga, draft)
    other = begin(olga, site)
    faulty(olga, other)
    olga.set_viewport_size({"width": 320, "height": 900})
    olga.get_by_role("button", name="Русский").click()

    for address in (*(f"{other}{path}" for path in PAGES), f"{draft}/propose"):
        olga.goto(address)
        for closed in olga.locator("details").all():
            closed.evaluate("one => { one.open = true; }")
        assert_accessible(olga)
        assert not overflows(olga), address


def propose(page: Page, draft: str) -> None:
    """Proposes a draft, at once."""
    page.goto(f"{draft}/propose")
    page.get_by_label("As soon as it is approved").check()
    page.get_by_role("button", name="Propose").click()


def faulty(page: Page, draft: str) -> None:
    """Writes several faults into a draft."""
    page.goto(f"{draft}/toml")
    text = page.get_by_label("Text of the order (TOML)").input_value()
    text = text.replace("quota = { day = 2 }", "quota = { day = 2, week = 1 }")
    text = text.replace('ru = "Суд"', 'ru = "Суд, следователь и прокурор"')
    page.get_by_label("Text of the order (TOML)").fill(text)
    page.get_by_role("button", name="Save").click()


def test_a_form_is_filled_in_and_saved_by_keyboard(olga: Page, site: Site) -> None:
    draft = begin(olga, site)
    olga.goto(f"{draft}/parts/limits")

    olga.get_by_label("Passes a day, for all purposes together").focus()
    olga.keyboard.press("Control+a")
    olga.keyboard.type("0")
    olga.keyboard.press("Enter")

    expect(olga.get_by_role("alert").first).to_contain_text("A limit of zero lets nobody go")
    olga.get_by_role("link", name=re.compile("A limit of zero")).first.press("Enter")
    expect(olga.get_by_label("Passes a day, for all purposes together")).to_be_focused()
