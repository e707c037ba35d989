"""Signing in with a real browser: the keyboard alone, a passkey, day and night, a narrow screen."""

import re
from collections.abc import Callable, Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from store import Store
from tests.clock import Clock
from tests.web.browsing import Site, open_page, overflows
from tests.web.people import Person, Staff
from web.roles import Role
from web.signin.accounts import add_account
from web.words import COOKIE, LANGUAGES

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PASSWORD = "several words of mine"
Accessible = Callable[[Page], None]


@pytest.fixture
def link(site: Site) -> str:
    """The enrolment link of Anna, an agent."""
    with site.store.work() as work:
        return f"{site.url}/enrol/{add_account(work, 'Anna', [Role.AGENT], 'tests')[1]}"


@pytest.fixture
def device(browser_page: Page) -> Iterator[str]:
    """A device in the browser that keeps passkeys and knows its owner's finger."""
    protocol = browser_page.context.new_cdp_session(browser_page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield str(made["authenticatorId"])
    protocol.detach()


def code_on(page: Page, store: Store) -> str:
    """What an app shows that scanned the page."""
    return pyotp.TOTP(page.locator(".app-secret").inner_text().replace(" ", "")).at(store.clock())


def type_in(page: Page, person: Person, store: Store) -> None:
    """Fills the form by keyboard alone, from the name on, and sends it."""
    page.get_by_label("Name").focus()
    page.keyboard.type(person.name)
    page.keyboard.press("Tab")
    page.keyboard.type(person.password)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(person.code(store))
    page.keyboard.press("Enter")


def test_a_link_and_an_app_make_an_account(
    browser_page: Page, link: str, store: Store, assert_accessible: Accessible
) -> None:
    page = browser_page
    page.goto(link)
    assert_accessible(page)

    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page).to_have_title("Error: Set up your account – Passline")
    summary = page.locator(".govuk-error-summary", has_text="There is a problem")
    expect(summary).to_be_focused()
    assert_accessible(page)
    summary.get_by_role("link", name="Use at least 12 characters").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()

    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Six-digit code").fill(code_on(page, store))
    page.get_by_role("button", name="Set up and sign in").click()

    expect(page.get_by_text("Your account is set up and you are signed in.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()


def test_the_keyboard_alone_signs_in_and_out(
    browser_page: Page, site: Site, store: Store, staff: Staff, assert_accessible: Accessible
) -> None:
    page = browser_page
    page.goto(f"{site.url}/desk")
    expect(page).to_have_url(f"{site.url}/sign-in?back=/desk")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()

    type_in(page, staff("agent", name="Anna"), store)

    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{site.url}/desk")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_passkey_is_added_and_signs_in_even_where_the_name_is_locked(
    browser_page: Page, site: Site, store: Store, clock: Clock, staff: Staff, device: str
) -> None:
    page = browser_page
    site.sign_in(page, staff("agent", name="Anna"))
    page.goto(f"{site.url}/account")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Your passkey was added.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    for _ in range(2):
        clock.pass_by(minutes=1)
        page.goto(f"{site.url}/desk")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="Desk")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_a_passkey_that_was_removed_is_refused_in_words(
    browser_page: Page, site: Site, clock: Clock, staff: Staff, device: str, assert_accessible: Accessible
) -> None:
    page = browser_page
    site.sign_in(page, staff("auditor"))
    page.goto(f"{site.url}/account")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Remove all passkeys").click()
    expect(page.get_by_text("You have 0 passkeys.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{site.url}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert").filter(has_text="That did not work")).to_be_visible()
    assert_accessible(page)


def test_a_page_for_others_says_so(browser_page: Page, site: Site, staff: Staff, assert_accessible: Accessible) -> None:
    site.sign_in(browser_page, staff("auditor"))

    browser_page.goto(f"{site.url}/desk")

    expect(browser_page.get_by_role("heading", name="This page is not for you")).to_be_visible()
    assert_accessible(browser_page)


@pytest.mark.parametrize(
    ("language", "name", "sign_in", "trouble"),
    [("ru", "Русский", "Войти", "Введите ваше имя"), ("tt", "Татарча", "Керү", "Исемегезне языгыз")],
)
def test_the_pages_speak_a_language_and_remember(
    browser_page: Page, site: Site, assert_accessible: Accessible, language: str, name: str, sign_in: str, trouble: str
) -> None:
    page = browser_page
    page.goto(f"{site.url}/sign-in")
    page.get_by_role("button", name=name).click()

    expect(page.get_by_role("heading", name=sign_in)).to_be_visible()
    page.get_by_role("button", name=sign_in, exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=trouble)).to_be_visible()
    assert_accessible(page)
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360])
def test_a_narrow_screen_needs_no_moving_sideways(
    browser_page: Page, site: Site, link: str, width: int, language: str
) -> None:
    page = browser_page
    page.set_viewport_size({"width": width, "height": 640})
    page.context.add_cookies([{"name": COOKIE, "value": language, "url": site.url}])

    for url in (link, f"{site.url}/sign-in", f"{site.url}/nowhere"):
        page.goto(url)
        assert not overflows(page)


def test_on_a_narrow_screen_the_navigation_folds(
    browser_page: Page, site: Site, staff: Staff, assert_accessible: Accessible
) -> None:
    page = browser_page
    site.sign_in(page, staff("agent", name="A rather long name of somebody"))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site.url}/desk")

    assert not overflows(page)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert not overflows(page)
    assert_accessible(page)


def test_without_scripts_everything_but_passkeys_works(
    browser: Browser, site: Site, store: Store, staff: Staff
) -> None:
    with open_page(browser, java_script_enabled=False) as page:
        page.goto(f"{site.url}/sign-in")
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        anna = staff("agent", name="Anna")
        page.get_by_label("Name").fill(anna.name)
        page.get_by_label("Password", exact=True).fill(anna.password)
        page.get_by_label("Six-digit code").fill(anna.code(store))
        page.get_by_role("button", name="Sign in", exact=True).click()

        expect(page.get_by_role("heading", name="Desk")).to_be_visible()
        page.get_by_role("link", name="Your account").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_nothing_comes_from_elsewhere(browser_page: Page, site: Site) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))

    browser_page.goto(f"{site.url}/sign-in")
    browser_page.wait_for_load_state("networkidle")

    assert asked
    assert not [url for url in asked if not re.match(f"{site.url}/|data:", url)]
