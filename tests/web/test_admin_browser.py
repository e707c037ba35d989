"""The administrators', operators' and auditors' pages in a real browser: a colleague comes and changes, a text is sent
again and arrives, an entry is found; by keyboard, at night, narrow."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlmodel import col

from settings import Settings
from store import Store
from store.messages import OutboxMessage
from store.outbox import send
from store.phones import ensure_phone
from telephony.delivery import sweep
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.web.browsing import Site, open_page, overflows
from tests.web.people import PASSWORD, Staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]


def press(page: Page, name: str) -> None:
    """Presses a button by the keyboard."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")


def test_a_colleague_is_added_enrols_and_is_signed_out_when_their_role_changes(
    browser_page: Page, browser: Browser, site: Site, staff: Staff, store: Store
) -> None:
    site.sign_in(browser_page, staff("administrator", name="Olga"))
    browser_page.goto(f"{site.url}/admin/staff")
    browser_page.get_by_role("button", name="Add somebody").click()
    browser_page.get_by_label("Name").fill("Anna")
    browser_page.get_by_label("Agent", exact=True).focus()
    browser_page.keyboard.press("Space")
    press(browser_page, "Add and show the link")
    link = browser_page.locator("#link").inner_text()

    with open_page(browser) as theirs:
        theirs.goto(link)
        secret = theirs.locator(".app-secret").inner_text().replace(" ", "")
        theirs.get_by_label("Password", exact=True).fill(PASSWORD)
        theirs.get_by_label("Six-digit code").fill(pyotp.TOTP(secret).at(store.clock()))
        theirs.get_by_role("button", name="Set up and sign in").click()
        theirs.goto(f"{site.url}/desk")
        expect(theirs.get_by_role("heading", level=1)).to_be_visible()

        browser_page.get_by_role("link", name="I have handed it over").click()
        browser_page.get_by_label("Agent", exact=True).uncheck()
        browser_page.get_by_label("Reviewer").check()
        press(browser_page, "Give these roles")
        expect(browser_page.get_by_text("The roles are changed.")).to_be_visible()
        theirs.goto(f"{site.url}/desk")
        expect(theirs.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_an_undelivered_text_is_sent_again_and_arrives(
    browser_page: Page, site: Site, settings: Settings, staff: Staff, store: Store, clock: Clock
) -> None:
    told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, site.url)
    carrier = Carrier(told, wsgi_app=site.app, clock=clock)
    citizen = carrier.handset("+79990000001")
    lost = lose(store)
    site.sign_in(browser_page, staff("operator", name="Timur"))
    browser_page.goto(f"{site.url}/admin/texts?state=lost")
    press(browser_page, "Send again")
    expect(browser_page.get_by_text("Sent again: it stands at the head of the list.")).to_be_visible()

    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        clock.pass_by(seconds=5)
        sweep(store, TwilioGateway(account, server.url, site.url))
        carrier.settle()

    assert any("THXA-9546-C61A" in text for text in citizen.inbox)
    browser_page.goto(f"{site.url}/admin/texts")
    expect(browser_page.get_by_text("Delivered").last).to_be_visible()
    assert lost


def lose(store: Store) -> str:
    """A text that never arrived."""
    with store.work() as work:
        message_id = send(work, ensure_phone(work, "+79990000001"), "cancelled_kept", "ru", {"code": "THXA-9546-C61A"})
        lost = {"state": "undelivered", "error_code": 30003, "settled_at": work.now, "due_at": None, "segments": 1}
        values = {**lost, "provider_sid": "SM1", "sent_at": work.now}
        work.run(update(OutboxMessage).where(col(OutboxMessage.id) == message_id), **values)
        return message_id


def test_an_auditor_finds_an_entry_by_keyboard(browser_page: Page, site: Site, staff: Staff, store: Store) -> None:
    with store.work() as work:
        work.audit("officer:b2", "pass.inspected", "019e8cb60680f3d00c34ca3d", {"verdict": "valid"})
    site.sign_in(browser_page, staff("auditor", name="Vera"))
    browser_page.goto(f"{site.url}/admin/audit")
    browser_page.get_by_label("By whom").focus()
    browser_page.keyboard.type("officer:b2")
    browser_page.keyboard.press("Enter")
    browser_page.get_by_role("link", name=re.compile("^Pass inspected")).focus()
    browser_page.keyboard.press("Enter")

    expect(browser_page.get_by_role("heading", name="Pass inspected", level=1)).to_be_visible()
    expect(browser_page.get_by_text("valid", exact=True)).to_be_visible()


def test_a_moment_that_is_none_is_told_in_the_filter_and_an_entry_fits(
    browser: Browser, site: Site, staff: Staff, store: Store, assert_accessible: Accessible
) -> None:
    """What the walk over every page does not come to."""
    with store.work() as work:
        work.audit("officer:b2", "pass.inspected", "019e8cb60680f3d00c34ca3d", {"verdict": "valid"})
    with open_page(browser, viewport={"width": 320, "height": 800}) as page:
        site.sign_in(page, staff("operator", "auditor"))
        for path in ("texts?since=x", "audit"):
            page.goto(f"{site.url}/admin/{path}")
            assert not overflows(page), path
            assert_accessible(page)
        page.get_by_role("listitem").filter(has_text="pass.inspected").get_by_role("link").click()
        assert not overflows(page)
        assert_accessible(page)
