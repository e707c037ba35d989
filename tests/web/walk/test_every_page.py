"""A walk over every page of every role, in each language, wide and narrow, by day and by night."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from settings import Settings
from tests.clock import Clock
from tests.employers.office import BOSS
from tests.web.browsing import Site, open_page, overflows
from tests.web.people import Staff, citizen_cookie
from tests.web.police.conftest import enrolled_officer, start
from tests.web.walk.looking import losing_focus, seen_texts, slips, untranslated
from tests.web.walk.plan import FILES, PAGES, PARTS, STEPS
from tests.web.walk.town import CITIZEN, Town
from web.access import ACCESS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[..., None]
WIDE, NARROW = ViewportSize(width=1100, height=900), ViewportSize(width=320, height=640)
_OWN = frozenset({"pages.admin.audit", "pages.admin.audit_entry", "pages.admin.looks", "pages.admin.regime_version"})
"""The audit shows ids and names of actions as they stand in the chain; an order speaks its own languages."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With e-mail."""
    return settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"})


@pytest.fixture
def town(site: Site, settings: Settings, clock: Clock, staff: Staff) -> Town:
    return Town(site, Path(settings.blobs_dir), clock, staff).fill()


def test_no_page_is_left_out(site: Site) -> None:
    gets = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    walked = {endpoint for pages in PAGES.values() for endpoint in pages}

    assert walked | STEPS | PARTS | FILES == gets & set(ACCESS)
    assert not walked & (STEPS | PARTS | FILES)


@pytest.mark.timeout(600)  # ninety pages, and axe twice on each
@pytest.mark.parametrize("language", ["en", "ru", "tt"])
def test_every_page_can_be_read_by_everybody(
    browser: Browser, town: Town, assert_accessible: Accessible, language: str
) -> None:
    troubles: list[str] = []
    titles: Counter[tuple[str, str]] = Counter()
    for who, pages in PAGES.items():
        with arrived(browser, town, who, language) as page:
            for endpoint, path in pages.items():
                answer = page.goto(town.site.url + path.format(**town.ids))
                assert answer is not None
                if answer.status != 200:
                    troubles.append(f"{endpoint}: answers {answer.status}")
                assert page.url.endswith(path.format(**town.ids)), (endpoint, page.url)
                titles[who, page.title()] += 1
                troubles += [f"{endpoint}: {trouble}" for trouble in stumbled(page, endpoint, language)]
                if language == "ru":
                    troubles += [f"{endpoint}: {trouble}" for trouble in inaccessible(page, assert_accessible)]

    assert not troubles, "\n".join(troubles)
    assert not [title for title, times in titles.items() if times > 1]


@contextmanager
def arrived(browser: Browser, town: Town, who: str, language: str) -> Iterator[Page]:
    """Somebody's browser, in their language."""
    site = town.site
    with open_page(browser, viewport=WIDE, locale=language) as page:
        if who in ("citizen", "boss"):
            name, token = citizen_cookie(site.app, site.store, CITIZEN if who == "citizen" else BOSS)
            page.context.add_cookies([{"name": name, "value": token, "url": site.url, "sameSite": "Strict"}])
        elif who == "officer":
            on_shift(page, town)
        elif who == "patient":
            token = town.ids["at_home"]
            page.context.add_cookies([{"name": "passline-home", "value": token, "url": site.url, "sameSite": "Strict"}])
        elif who != "nobody":
            site.sign_in(page, town.people[who])
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        if who == "auditor":
            page.goto(f"{site.url}/admin/audit")
            town.ids["entry"] = (page.locator("main a[href*='/admin/audit/']").first.get_attribute("href") or "")[13:]
        yield page


def on_shift(page: Page, town: Town) -> None:
    """An officer whose shift has begun, by the town's clock."""
    client, store = town.site.app.test_client(), town.site.store
    if "duty" not in town.ids:
        assert start(client, enrolled_officer(store)).status_code == 302
        cookie = client.get_cookie("passline")
        assert cookie is not None
        town.ids["duty"] = cookie.value
    page.clock.install(time=town.clock.now)
    page.context.add_cookies([{"name": "passline", "value": town.ids["duty"], "url": town.site.url}])


def stumbled(page: Page, endpoint: str, language: str) -> list[str]:
    """What is wrong with a page at first sight."""
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("lang", language)
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        if overflows(page):
            found.append(f"is wider than {size['width']} px")
    texts = seen_texts(page)
    if endpoint not in _OWN:
        found += [f"English: {text}" for text in untranslated(texts, language)]
        found += [f"slip: {text}" for text in slips(texts)]
    found += [f"loses the focus: {part}" for part in losing_focus(page)]
    if (headings := page.locator("h1:visible").count()) != 1:
        found.append(f"{headings} main headings")
    return found


def inaccessible(page: Page, assert_accessible: Accessible) -> list[str]:
    """What axe says about a page, wide by day and narrow by night."""
    found = []
    for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
        page.set_viewport_size(size)
        try:
            assert_accessible(page, scheme)
        except AssertionError as error:
            found.append(str(error)[:600])
    return found
