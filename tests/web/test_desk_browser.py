"""The desk in a real browser, with a citizen's and an agent's telephone: by keyboard, by day and night, narrow."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from settings import Settings
from telephony.delivery import GRACE, sweep
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.voice.phoning import PhoneCall
from tests.clock import Clock
from tests.web.browsing import Site, overflows
from tests.web.people import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]
Deliver = Callable[[], None]
SOON_S = 3.0
"""In this time the caller's page is open after the bridge; it is meant to take one second."""


@pytest.fixture
def carrier(site: Site, settings: Settings, clock: Clock) -> Carrier:
    told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, site.url)
    return Carrier(told, wsgi_app=site.app, clock=clock)


@pytest.fixture
def delivers(carrier: Carrier, site: Site, settings: Settings, clock: Clock) -> Iterator[Deliver]:
    """Rings and texts what is due, through the carrier's REST API."""
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        gateway = TwilioGateway(account, server.url, site.url)

        def deliver() -> None:
            clock.pass_by(seconds=GRACE.total_seconds())
            while sweep(site.store, gateway):
                pass
            carrier.settle()

        yield deliver


@pytest.fixture
def citizen(carrier: Carrier) -> Handset:
    """Ivan, who is on file."""
    handset = carrier.handset("+79990000001")
    handset.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    return handset


@pytest.fixture
def beside(carrier: Carrier) -> Handset:
    """The telephone on the agent's desk."""
    return carrier.handset("+79990000007", "agent")


@pytest.fixture
def desk(browser_page: Page, site: Site, agent: Person) -> Page:
    """Anna's page, away."""
    site.sign_in(browser_page, agent)
    browser_page.goto(f"{site.url}/desk")
    return browser_page


def sit_down(page: Page, telephone: Handset) -> None:
    """Types the number and goes available, by keyboard."""
    page.get_by_label("Your telephone number").focus()
    page.keyboard.type(telephone.number)
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are available")).to_be_visible()


def joined(page: Page, citizen: Handset, beside: Handset, delivers: Deliver) -> tuple[PhoneCall, float]:
    """The citizen calls and wants an agent, who picks up; how many seconds later the page is open."""
    call = citizen.calls().presses("0#")
    delivers()
    expect(page.get_by_text("Your telephone rings", exact=True)).to_be_visible()
    beside.answers()
    assert call.bridged
    begun = time.monotonic()
    page.wait_for_url("**/desk/calls/*")
    expect(page.get_by_role("heading", name="Who calls?")).to_be_visible()
    return call, time.monotonic() - begun


def test_by_keyboard_alone_from_the_ring_to_the_next_caller(
    desk: Page,
    citizen: Handset,
    beside: Handset,
    delivers: Deliver,
    carrier: Carrier,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sit_down(desk, beside)
    call, waited = joined(desk, citizen, beside, delivers)
    with capsys.disabled():
        print(f"\nfrom the bridge to the open page: {waited:.2f} s")
    assert waited < SOON_S

    desk.keyboard.type("2506")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The caller is proved.")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Read out the code")).to_be_visible()
    for left in (2, 1, 0):
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("button", name="Read back")).to_have_count(left)
    expect(desk.get_by_text("The code is hidden.")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Wrap up")).to_be_visible()

    expect(desk.get_by_label("Pass issued")).to_be_checked()
    call.hangs_up()
    carrier.settle()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The call is noted.")).to_be_visible()
    expect(desk.get_by_text("You are available")).to_be_visible()


Look = Callable[[], None]


@pytest.fixture(params=[1000, 390])
def look(desk: Page, assert_accessible: Accessible, request: pytest.FixtureRequest) -> Look:
    """Whether the page is for everybody, by day and night, and fits; wide and narrow."""
    desk.set_viewport_size({"width": request.param, "height": 900})

    def fine() -> None:
        assert_accessible(desk)
        assert not overflows(desk), desk.url

    return fine


def test_what_is_seen_until_a_code_is_read_out_is_for_everybody_and_fits(
    desk: Page, citizen: Handset, beside: Handset, delivers: Deliver, look: Look
) -> None:
    look()
    sit_down(desk, beside)
    look()
    joined(desk, citizen, beside, delivers)
    look()

    desk.keyboard.type("1111")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("alert")).to_contain_text("Not done")
    look()
    desk.keyboard.type("2506")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The caller is proved.")).to_be_visible()
    look()
    desk.get_by_role("button", name="Issue: 8").click()
    expect(desk.get_by_role("heading", name="Read out the code")).to_be_visible()
    look()


def test_what_else_is_done_in_a_call_is_for_everybody_and_fits(
    desk: Page, citizen: Handset, beside: Handset, delivers: Deliver, carrier: Carrier, look: Look
) -> None:
    citizen.text("Цель 3")
    sit_down(desk, beside)
    call, _ = joined(desk, citizen, beside, delivers)
    desk.keyboard.type("2506")
    desk.keyboard.press("Enter")
    for link in ("Read out", "Give back", "Correct the address", "Move to another number"):
        desk.get_by_role("link", name=link).click()
        look()
        desk.get_by_role("link", name="ack to the call").click()
    desk.get_by_role("link", name="Register somebody").click()
    desk.get_by_role("button", name="Register").click()
    look()
    desk.get_by_role("link", name="Back to the call").click()
    desk.get_by_role("button", name="Pause the recording").click()
    expect(desk.get_by_text("The recording is being paused")).to_be_visible()
    desk.get_by_role("button", name="Issue: 8").click()
    look()

    desk.get_by_role("link", name="Back to the call").click()
    call.hangs_up()
    carrier.settle()
    expect(desk.get_by_text("The call is over")).to_be_visible()
    look()
    desk.get_by_role("link", name="Wrap up", exact=True).click()
    look()
    desk.get_by_label("Note", exact=True).fill("x" * 1001)
    desk.get_by_role("button", name="Note it and leave").click()
    look()
