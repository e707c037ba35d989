"""Any phone's camera opens the QR: the page reads the token, forgets it, and says valid or not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from codes.signed.signing import Signing
from store import Store
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.web.browsing import Site, open_page, overflows
from tests.web.police.conftest import token_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Accessible = Callable[[Page], None]


@pytest.fixture
def counter(site: Site, store: Store, clock: Clock) -> Counter:
    """A counter where Anna has a pass."""
    found = Counter(store, clock)
    found.introduce(ANN, name="Иванова Анна Ивановна", document="9219632506")
    found.grant(ANN, 8)
    return found


def test_the_token_leaves_the_address_and_the_answer_names_nobody(
    browser_page: Page, site: Site, counter: Counter, signing: Signing, assert_accessible: Accessible
) -> None:
    page, token, asked = browser_page, token_for(counter, signing), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{site.url}/q#{token}")

    expect(page.get_by_text("Valid until 13:00")).to_be_visible()
    assert page.url == f"{site.url}/q"
    assert not [url for url in asked if token[:20] in url.partition("#")[0]]
    assert not overflows(page)
    assert_accessible(page)
    page.go_back()
    assert token not in page.url


def test_a_second_qr_in_the_same_window_is_asked_too(
    browser_page: Page, site: Site, counter: Counter, signing: Signing
) -> None:
    token = token_for(counter, signing)
    browser_page.goto(f"{site.url}/q#{token[:-4]}AAAA")
    expect(browser_page.get_by_text("Not valid")).to_be_visible()

    browser_page.evaluate("(token) => { location.hash = token; }", token)

    expect(browser_page.get_by_text("Valid until 13:00")).to_be_visible()
    assert browser_page.url == f"{site.url}/q"


def test_without_scripts_a_code_is_typed(browser: Browser, site: Site, counter: Counter, signing: Signing) -> None:
    code = counter.who(ANN).holders[0].live[0].face.code
    with open_page(browser, java_script_enabled=False) as page:
        page.goto(f"{site.url}/q#{token_for(counter, signing)}")
        expect(page.get_by_text("Your browser runs no scripts")).to_be_visible()
        page.get_by_label("Code of the pass").fill(code)
        page.get_by_role("button", name="Check").click()

        expect(page.get_by_text("Valid until 13:00")).to_be_visible()


@pytest.mark.parametrize(("language", "words"), [("ru-RU", "Действует до 13:00"), ("tt-RU", "13:00 кадәр гамәлдә")])
def test_the_answer_is_in_the_persons_language(
    browser: Browser, site: Site, counter: Counter, signing: Signing, language: str, words: str
) -> None:
    with open_page(browser, locale=language) as page:
        page.goto(f"{site.url}/q#{token_for(counter, signing)}")

        expect(page.get_by_text(words)).to_be_visible()
