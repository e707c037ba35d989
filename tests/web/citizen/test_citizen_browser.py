"""A citizen's way in a real browser: a narrow screen, the keyboard alone, no scripts, three languages, paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from codes.regimes import activate, preset
from tests.clock import Clock
from tests.web.browsing import Site, open_page, overflows
from tests.web.citizen.entering import last_code
from web.words import LANGUAGES, SOURCE_LANGUAGE, read_catalogues

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]
NARROW = {"width": 320, "height": 640}
_PRESSED = ("Get a pass", "Send me a code", "Sign in", "Continue", "Ask for the pass", "My passes")


def sayings(language: str) -> list[str]:
    """What is pressed on the way, in a language of the pages."""
    messages = [message for catalogue in read_catalogues(language).values() for message in catalogue]
    known = {str(message.id): str(message.string) for message in messages}
    return [known[text] for text in _PRESSED] if language != SOURCE_LANGUAGE else list(_PRESSED)


@pytest.fixture
def moscow(site: Site, clock: Clock) -> Site:
    """With the order that asks most."""
    clock.pass_by(seconds=1)
    with site.store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return site


def press(page: Page, name: str) -> None:
    """Presses a button, and waits for where it leads."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def walk(page: Page, site: Site, language: str, look: Callable[[Page], None]) -> None:
    """From the first page to a pass; `look` sees each page."""
    get, send, enter, onward, ask, _ = sayings(language)
    page.goto(site.url)
    look(page)
    press(page, get)
    look(page)
    page.get_by_role("textbox").fill("8 917 000-00-01")
    press(page, send)
    look(page)
    page.get_by_role("textbox").fill(last_code(site.store))
    press(page, enter)
    look(page)
    page.locator("input[value='1']").check()
    press(page, onward)
    for said in ("4411 123456", "ООО Ромашка", ""):
        look(page)
        if said:
            page.get_by_role("textbox").fill(said)
        press(page, onward)
    look(page)
    press(page, ask)
    expect(page.locator(".app-code")).to_be_visible()
    look(page)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_pass_in_every_language_on_the_narrowest_telephone(
    browser: Browser, moscow: Site, assert_accessible: Accessible, language: str
) -> None:
    def look(page: Page) -> None:
        assert page.locator("html").get_attribute("lang") == language
        assert not overflows(page)
        assert_accessible(page)

    with open_page(browser, locale=language, viewport=NARROW) as page:
        walk(page, moscow, language, look)
        page.goto(f"{moscow.url}/passes")
        expect(page.get_by_role("heading", name=sayings(language)[-1])).to_be_visible()
        look(page)


def test_without_scripts_it_goes_as_well(browser: Browser, moscow: Site) -> None:
    with open_page(browser, java_script_enabled=False) as page:
        walk(page, moscow, "en", lambda _page: None)
        page.get_by_role("link", name="Give it back").click()
        page.get_by_role("button", name="Give it back").click()
        expect(page.get_by_role("status")).to_contain_text("does not count against your limit")


def test_the_keyboard_alone_gets_a_pass(browser: Browser, moscow: Site) -> None:
    with open_page(browser) as page:
        page.goto(f"{moscow.url}/apply")
        _type(page, "8 917 000-00-01", "Your mobile number")
        expect(page.get_by_label("Eight-digit code")).to_be_visible()
        _type(page, last_code(moscow.store), "Eight-digit code")
        page.get_by_label("Work").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        _type(page, "4411123456", "Document")
        _type(page, "ООО Ромашка", "Workplace")
        _type(page, "", "Plate (may be left out)")
        page.get_by_role("button", name="Ask for the pass").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".app-code")).to_be_visible()


def _type(page: Page, text: str, label: str) -> None:
    page.get_by_label(label).focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_pages_about_a_pass_are_accessible_and_fit(
    browser: Browser, moscow: Site, assert_accessible: Accessible
) -> None:
    with open_page(browser, viewport=NARROW) as page:
        walk(page, moscow, "en", lambda _page: None)
        mine = page.url.partition("?")[0]
        for path in ("/share", "/bound", "/cancel"):
            page.goto(mine + path)
            assert not overflows(page)
            assert_accessible(page)
        page.goto(f"{mine}/share")
        page.get_by_role("button", name="Make a link").click()
        shared = page.get_by_label("The link").input_value()
        assert_accessible(page)
        page.goto(shared)
        assert not overflows(page)
        assert_accessible(page)


def test_on_paper_a_pass_is_one_page_of_a6(browser: Browser, moscow: Site, tmp_path: Path) -> None:
    with open_page(browser) as page:
        walk(page, moscow, "en", lambda _page: None)
        page.pdf(path=str(tmp_path / "pass.pdf"), prefer_css_page_size=True)

    sheets = PdfDocument(tmp_path / "pass.pdf")
    (sheet,) = sheets
    width, height = sheet.get_size()
    text = sheet.get_textpage().get_text_range()
    picture = sheet.render(scale=2).to_pil().convert("L")
    dark = sum(picture.histogram()[:100]) / (picture.width * picture.height)
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (105, 148)
    assert "Work" in text
    assert "Passline" not in text
    assert 0.1 < dark < 0.4  # a QR code is about half dark, and takes a third of the paper
