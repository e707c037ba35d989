"""Officers with accounts, clients on shift, and passes to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.test import TestResponse

from codes.meeting import meet
from codes.police.duty import officer_of_number
from codes.police.officers import enroll
from codes.regimes import in_force
from codes.signed.signing import Signing
from store import Store
from store.columns import table
from store.officers import Inspection
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.web.browsing import Site
from tests.web.reading import send
from web.police.accounts import invite
from web.signin.accounts import change_account, data_key, row_by_id
from web.signin.codes import place

NUMBER = "+79990000009"
PIN = "4821"


@dataclass(frozen=True, slots=True)
class Duty:
    """An officer who is set up, with all that they know."""

    id: str
    staff_id: str
    secret: str
    store: Store
    number: str = NUMBER

    def code(self) -> str:
        """What their app shows now."""
        return pyotp.TOTP(self.secret).at(self.store.clock())


Enrolled = Callable[..., Duty]


def enrolled_officer(store: Store, number: str = NUMBER, zone: str | None = None) -> Duty:
    """An officer with an account that is set up."""
    with store.work() as work:
        officer_id = enroll(work, number, "Unit 1", PIN, zone, "tests")
    with store.work() as work:
        invite(work, in_force(work), number, "tests")
        serving = officer_of_number(work, in_force(work), number)
        assert serving is not None and serving.staff_id is not None
        row = row_by_id(work, serving.staff_id)
        change_account(work, row.id, enrol_hash=None, enrol_until=None)
        secret = data_key(work, row).open(place(row.id), row.totp_sealed)
    return Duty(officer_id, serving.staff_id, secret, store, number)


@pytest.fixture
def duty(app: Flask, store: Store) -> Duty:
    """An officer who is set up."""
    return enrolled_officer(store)


def start(client: FlaskClient, duty: Duty, **other: str) -> TestResponse:
    """Starts a shift through the form."""
    typed = {"number": duty.number, "pin": PIN, "code": duty.code(), **other}
    return send(client, "/police/sign-in", shown="/police/sign-in", **typed)


@pytest.fixture
def on_shift(client: FlaskClient, duty: Duty, clock: Clock) -> FlaskClient:
    """The officer's browser, signed in."""
    assert start(client, duty).status_code == 302
    clock.pass_by(minutes=1)
    return client


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    """A counter where Anna and Boris are known; Tatarstan's order is in force."""
    return Counter(store, clock).introduce_two()


def token_for(counter: Counter, signing: Signing, number: str = ANN) -> str:
    """What the QR of somebody's newest pass says."""
    with counter.store.work() as work:
        (person,) = meet(work, number).holders
        return signing.sign(work, person.live[-1], person)


@dataclass
class Patrol:
    """An officer with a telephone in a real browser."""

    page: Page
    site: Site
    duty: Duty
    counter: Counter
    signing: Signing

    def start(self) -> None:
        """Signs in, through the page, and waits until the page is ready to go offline."""
        page = self.page
        page.goto(f"{self.site.url}/police/sign-in")
        page.get_by_label("Your telephone number").fill(self.duty.number)
        page.get_by_label("PIN of your shift", exact=True).fill(PIN)
        page.get_by_label("Six-digit code").fill(self.duty.code())
        page.get_by_role("button", name="Start the shift").click()
        self.ready()

    def ready(self) -> None:
        """Until the page has all that it keeps."""
        expect(self.page.locator("#police[data-ready=true][data-kept=true]")).to_be_attached()

    def check(self, text: str) -> None:
        """Types a code, or what a scanner with a cable types: the address in the QR."""
        self.page.get_by_label("Code of the pass").fill(text)
        self.page.get_by_role("button", name="Check").click()

    def told(self, words: str) -> None:
        """Waits until the verdict says so."""
        expect(self.page.locator("#verdict")).to_contain_text(words)

    def looks(self) -> list[Any]:
        """Every look that is stored, oldest first."""
        kept = table(Inspection)
        with self.counter.store.reading() as work:
            return list(work.rows(select(kept).order_by(kept.c.id)))


@pytest.fixture
def patrol(browser_page: Page, site: Site, store: Store, clock: Clock, signing: Signing) -> Patrol:
    """An officer before the shift; Anna and Boris are known; the page's clock is the store's."""
    counter = Counter(store, clock).introduce_two()
    browser_page.clock.install(time=clock.now)
    return Patrol(browser_page, site, enrolled_officer(store), counter, signing)


def qr(patrol: Patrol, number: str = ANN) -> str:
    """The address in the QR of somebody's pass."""
    return patrol.signing.address(token_for(patrol.counter, patrol.signing, number))


def offline(patrol: Patrol) -> None:
    """Cuts the network."""
    patrol.page.context.set_offline(True)
    expect(patrol.page.get_by_text("Network: no")).to_be_visible()


def online(patrol: Patrol) -> None:
    """Brings it back."""
    patrol.page.context.set_offline(False)
    expect(patrol.page.get_by_text("Network: yes")).to_be_visible()
