"""What is held, deletion, appeals and own checks in a real browser: a narrow screen, no scripts, three languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from codes.fields import Field
from codes.looking import note_look
from codes.people import add_person
from store.phones import ensure_phone
from tests.web.browsing import Site, open_page, overflows
from tests.web.citizen.entering import NUMBER
from tests.web.citizen.holding import DOCUMENT, NAME, grants
from tests.web.people import citizen_cookie

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PATHS = ("mine", "mine/delete", "appeals", "appeals/new", "own-check")
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def known(site: Site) -> Site:
    """With somebody who has a pass, and was looked at."""
    with site.store.work() as work:
        details = {Field.NAME: NAME, Field.DOCUMENT: DOCUMENT}
        one = add_person(work, ensure_phone(work, NUMBER), details)
        note_look(work, one.id, "operator:anna", "a complaint", "passes show")
    grants(site.store)
    return site


def enter(page: Page, site: Site) -> None:
    name, token = citizen_cookie(site.app, site.store, NUMBER)
    page.context.add_cookies([{"name": name, "value": token, "url": site.url, "sameSite": "Strict"}])


@pytest.mark.parametrize("language", ["en-GB", "ru-RU", "tt-RU"])
def test_pages_fit_a_narrow_screen_and_are_accessible(
    known: Site, browser: Browser, language: str, assert_accessible: Callable[[Page], None]
) -> None:
    with open_page(browser, viewport=NARROW, locale=language) as page:
        enter(page, known)
        for path in PATHS:
            page.goto(f"{known.url}/{path}")
            for part in page.locator("details").all():
                part.evaluate("part => part.open = true")

            assert not overflows(page), path
            assert_accessible(page)


def test_without_scripts_somebody_appeals_checks_and_deletes_themselves(known: Site, browser: Browser) -> None:
    with open_page(browser, java_script_enabled=False) as page:
        enter(page, known)
        page.goto(f"{known.url}/own-check")
        page.get_by_label("Code, car plate or transport card").fill("т111мо777")
        page.get_by_role("button", name="Check", exact=True).click()
        assert "No pass of yours has this now." in page.content()

        page.goto(f"{known.url}/appeals/new")
        page.get_by_label("What was wrong?").fill("The limit is too low.")
        page.get_by_role("button", name="Send the appeal").click()
        assert "Your appeal has the number" in page.content()

        page.goto(f"{known.url}/mine/delete")
        page.get_by_label(NAME).check()
        page.get_by_label("To be sure, type DELETE").fill("delete")
        page.get_by_role("button", name="Delete", exact=True).click()
        assert "There is a pass until" in page.content() and "An appeal waits for its answer" in page.content()
