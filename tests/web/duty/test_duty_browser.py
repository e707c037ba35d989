"""The duty desk in a browser: by keyboard alone, wide and narrow, live, and what a machine finds of barriers."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitoring.cases.watched import watched_case
from monitoring.patients.words import say
from store import Store
from tests.clock import Clock
from tests.monitoring.duty.desk import Desk
from tests.web.browsing import Site, overflows
from tests.web.people import Staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Look = Callable[[Page, str], None]


@pytest.fixture
def desk(site: Site, store: Store, clock: Clock) -> Desk:
    return Desk(store, clock)


@pytest.fixture
def looks_right(assert_accessible: Callable[[Page], None]) -> Look:
    """Fails where a page is wider than a telephone, or where axe finds something; keeps a picture if asked to."""
    folder = os.environ.get("SCREENSHOTS")

    def look(page: Page, name: str) -> None:
        assert_accessible(page)
        page.emulate_media(color_scheme="light")
        if folder:
            page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)
        page.set_viewport_size({"width": 320, "height": 640})
        assert not overflows(page), name
        if folder:
            page.screenshot(path=str(Path(folder, f"{name}-narrow.png")), full_page=True)
        page.set_viewport_size({"width": 1100, "height": 900})

    return look


def test_an_alert_is_taken_seen_and_decided(
    browser_page: Page, site: Site, desk: Desk, staff: Staff, looks_right: Look
) -> None:
    page, alert_id = browser_page, desk.ripe()
    with desk.store.work() as work:
        case = watched_case(work, desk.alert(alert_id).case_id)
        assert case is not None
        say(work, case, "reply", "page", "Я выносила мусор и задержалась у соседки.", by="tests")
    desk.says(desk.admit("+79990000002"), "sos")
    desk.says(desk.admit("+79990000003"), "doctor")
    site.sign_in(page, staff("duty_officer", name="Dora"))

    page.goto(f"{site.url}/duty")
    looks_right(page, "1-queue")
    page.get_by_role("link", name="Left home").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take it")).to_be_visible()
    looks_right(page, "2-closed")
    page.get_by_role("button", name="Take it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Я выносила мусор")).to_be_visible()
    looks_right(page, "3-alert")
    page.get_by_label("A violation, for the other authority").check()
    page.get_by_label("Why, for the record").fill("Двое соседей видели её у магазина.")
    page.get_by_label("What you add for the patient").fill("Вас видели у магазина.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Decide so?")).to_be_visible()
    looks_right(page, "4-sure")
    page.get_by_role("button", name="Decide it").click()

    expect(page.get_by_text("Decided. The patient is told by text.")).to_be_visible()
    looks_right(page, "5-decided")


def test_a_call_for_help_shows_by_itself(browser_page: Page, site: Site, desk: Desk, staff: Staff) -> None:
    page = browser_page
    site.sign_in(page, staff("duty_officer", name="Dora"))
    page.goto(f"{site.url}/duty")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()

    desk.says(desk.admit(), "sos")

    expect(page.get_by_text("1 call for help waits")).to_be_visible(timeout=15_000)
