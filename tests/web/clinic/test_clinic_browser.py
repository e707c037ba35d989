"""A clinician's tablet: every page on the way to a case, wide and narrow, with a map that a keyboard moves."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from store import Store
from tests.clock import Clock
from tests.web.browsing import Site, overflows
from tests.web.clinic.lists import GOOD, proposes, tries
from tests.web.clinic.ward import Ward, register
from tests.web.people import Staff, signed_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]


@pytest.fixture
def tablet(browser_page: Page, site: Site, staff: Staff, store: Store) -> Page:
    """A clinician's, signed in, where a register is imported."""
    register(store)
    site.sign_in(browser_page, staff("clinician", name="Vera"))
    browser_page.set_viewport_size({"width": 820, "height": 1100})
    return browser_page


@pytest.fixture
def looks_right(assert_accessible: Accessible) -> Callable[[Page, str], None]:
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
        page.set_viewport_size({"width": 820, "height": 1100})

    return look


def test_a_case_is_opened_on_a_tablet(tablet: Page, site: Site, looks_right: Callable[[Page, str], None]) -> None:
    page = tablet
    page.goto(f"{site.url}/clinic")
    looks_right(page, "1-cases-empty")
    page.get_by_role("button", name="Open a case").click()
    looks_right(page, "2-person")
    page.get_by_label("Mobile telephone of the patient").fill("8 999 000-00-01")
    page.get_by_label("Name").fill("Иванов Иван Иванович")
    page.get_by_label("Document", exact=False).first.fill("92 19 632506")
    page.get_by_label("Russian").check()
    page.get_by_role("button", name="Continue").click()
    looks_right(page, "3-plan")
    page.get_by_label("Confirmed infection").check()
    page.get_by_label("14 days").check()
    page.get_by_label("Poor sight").check()
    page.get_by_label("Which order or document says so").fill("Order 5")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Street and house").fill("дастаевскаго 5")
    page.get_by_role("button", name="Find the house").click()
    looks_right(page, "4-address")
    page.get_by_role("button", name="улица Достоевского, 5", exact=True).click()
    looks_right(page, "5-fence")
    page.get_by_role("button", name="That is right").click()
    looks_right(page, "6-consent")
    page.get_by_label("The patient has read this").check()
    page.get_by_label("The patient's full name").fill("Иванов Иван Иванович")
    page.get_by_role("button", name="Continue").click()
    looks_right(page, "7-check")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("status")).to_contain_text("The case is open")
    looks_right(page, "8-case")
    page.get_by_role("button", name="Connect an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    looks_right(page, "9-app")
    page.goto(f"{site.url}/clinic")
    looks_right(page, "10-cases")


def test_photo_lending_and_lists_look_right(
    tablet: Page, site: Site, staff: Staff, store: Store, clock: Clock, looks_right: Callable[[Page, str], None]
) -> None:
    page, person = tablet, staff("clinician", name="Anna")
    ward = Ward(store, clock, person, signed_in(site.app, store, person)).works_at("Clinic 1")
    case_id = ward.admits()
    ward.opens(f"/clinic/cases/{case_id}/phones").sends(number="+79990000077", serial="SN 7", due="2026-06-10")
    tries(ward, GOOD, GOOD.replace("9219111111", "x"))
    listed = ward.path
    proposes(ward, GOOD)
    site.sign_in(page, person)

    for name, path in (
        *(("c-photo", f"/clinic/cases/{case_id}/photo"), ("d-lend", f"/clinic/cases/{case_id}/phones")),
        *(("e-list", "/clinic/list"), ("f-explained", listed), ("g-proposals", "/clinic/proposals")),
        *(("h-case", f"/clinic/cases/{case_id}"), ("i-close", f"/clinic/cases/{case_id}/close")),
    ):
        page.goto(f"{site.url}{path}")
        looks_right(page, name)


def test_home_is_set_on_the_map_with_the_keyboard_alone(
    tablet: Page, site: Site, looks_right: Callable[[Page, str], None]
) -> None:
    page = tablet
    page.goto(f"{site.url}/clinic")
    page.get_by_role("button", name="Open a case").click()
    draft = page.url.rsplit("/", 1)[0]
    page.goto(f"{draft}/map")
    expect(page.locator("#map path").nth(2)).to_be_attached()
    page.locator("#map").focus()
    page.keyboard.press("+")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator("#map-said")).to_contain_text("Chosen: the building улица Баумана, 1")
    looks_right(page, "a-map")
    page.keyboard.press("Escape")
    page.locator("#map").focus()
    for _ in range(6):
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    expect(page.locator("#map-said")).to_contain_text("A weak fence")
    page.get_by_label("Address, as a visitor finds it").fill("Баумана, двор")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What counts as home")
    looks_right(page, "b-weak")
