"""The application with a carrier and a mail server, and everybody's browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from codes.regimes import activate, preset
from codes.signed.signing import Signing
from mailing.delivery import sweep as post_mails
from mailing.post import SmtpPost
from settings import Settings
from store import Store
from telephony.delivery import GRACE, sweep
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.mailing.test_delivery import Inbox
from tests.ports import free_port
from tests.web.browsing import Site, open_page
from tests.web.police.conftest import PIN, Duty, enrolled_officer

SENDER = "Passes <pass@city.example>"
TELEPHONE = {"width": 390, "height": 800}
_CODE = re.compile(r"\b\d{8}\b")


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """An SMTP server's inbox, and its port."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield inbox, controller.port
    controller.stop()


@pytest.fixture
def settings(settings: Settings, inbox: tuple[Inbox, int]) -> Settings:
    """With e-mail."""
    return settings.model_copy(update={"smtp_url": f"smtp://127.0.0.1:{inbox[1]}", "mail_from": SENDER})


@dataclass
class World:
    """The application as served, and what brings it texts and mail."""

    site: Site
    browser: Browser
    carrier: Carrier
    settings: Settings
    clock: Clock
    rest_url: str

    def delivers(self) -> None:
        """Texts and mails that are due go out, as by the worker's hands."""
        site, told = self.site, self.settings
        account = Account(told.twilio_account_sid, told.twilio_auth_tokens[0], told.twilio_number)
        self.clock.pass_by(seconds=GRACE.total_seconds())
        while sweep(site.store, TwilioGateway(account, self.rest_url, site.url)):
            pass
        self.carrier.settle()
        post_mails(site.store, SmtpPost(str(told.smtp_url), SENDER), self.signing)

    @property
    def signing(self) -> Signing:
        return Signing.from_folder(self.settings.keys_dir, self.site.url, self.clock, production=False)

    def puts_in_force(self, name: str) -> None:
        """One of the orders that come with the service."""
        with self.site.store.work() as work:
            activate(work, preset(name), self.clock.now, "tests")
        self.clock.pass_by(seconds=1)

    @contextmanager
    def citizen(self, telephone: Handset, **options: object) -> Iterator[Page]:
        """A citizen's browser, signed in by the code that came to their telephone."""
        with open_page(self.browser, **{"viewport": TELEPHONE, **options}) as page:
            page.set_default_timeout(9000)
            page.goto(self.site.url)
            page.get_by_role("button", name="Get a pass").click()
            page.get_by_label("Your mobile number").fill(telephone.number)
            page.get_by_role("button", name="Send me a code").click()
            expect(page.get_by_label("Eight-digit code")).to_be_visible()
            self.delivers()
            page.get_by_label("Eight-digit code").fill(_CODE.findall(telephone.inbox[-1])[0])
            page.get_by_role("button", name="Sign in").click()
            yield page

    @contextmanager
    def officer(self) -> Iterator["Beat"]:
        """An officer's browser, on shift, ready to go without network."""
        duty = enrolled_officer(self.site.store)
        with open_page(self.browser, viewport=TELEPHONE) as page:
            page.clock.install(time=self.clock.now)
            beat = Beat(page, duty)
            beat.start(self.site.url)
            yield beat


@dataclass
class Beat:
    """An officer on the street, and what they check."""

    page: Page
    duty: Duty

    def start(self, url: str) -> None:
        """Begins the shift."""
        self.page.goto(f"{url}/police")
        self.page.get_by_label("Your telephone number").fill(self.duty.number)
        self.page.get_by_label("PIN of your shift", exact=True).fill(PIN)
        self.page.get_by_label("Six-digit code").fill(self.duty.code())
        self.page.get_by_role("button", name="Start the shift").click()
        expect(self.page.locator("#police[data-ready=true][data-kept=true]")).to_be_attached()

    def checks(self, what: str, verdict: str, kind: str = "") -> None:
        """Types a code, a plate, a card, or what a scanner types; and is told so."""
        if kind:
            self.page.get_by_label(kind, exact=True).check()
        self.page.locator("[name=typed]").fill(what)
        self.page.get_by_role("button", name="Check", exact=True).click()
        expect(self.page.locator("#verdict .verdict__word")).to_have_text(re.compile(rf"{verdict}$"))


@pytest.fixture
def world(site: Site, browser: Browser, settings: Settings, clock: Clock, store: Store) -> Iterator[World]:
    told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, site.url)
    carrier = Carrier(told, wsgi_app=site.app, clock=clock)
    with CarrierServer(carrier) as server:
        yield World(site, browser, carrier, settings, clock, server.url)


Answer = Callable[..., None]


def says(page: Page, **answers: str) -> None:
    """Answers the question on the page by its labels, and goes on; ``Tax_number="77…"`` is the label Tax number."""
    for label, text in answers.items():
        page.get_by_label(re.compile(rf"^\s*{label.replace('_', ' ')}")).fill(text)
    goes_on(page)


def chooses(page: Page, answer: str) -> None:
    """Picks one of the answers, and goes on."""
    page.get_by_label(answer, exact=True).check()
    goes_on(page)


def goes_on(page: Page, button: str = "Continue") -> None:
    """Presses a button, and waits for where it leads."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def code_on(page: Page) -> str:
    """The code of the pass that is shown."""
    return page.locator(".app-code").inner_text().strip()
