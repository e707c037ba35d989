"""An officer's shift with the keyboard alone, with network and without."""

import pytest
from playwright.sync_api import expect

from tests.codes.counter import ANN, BOB
from tests.web.keyboard import go_to, press, write
from tests.web.police.conftest import PIN, Patrol, offline, qr

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_shift_begins_and_passes_are_checked_one_after_the_other(patrol: Patrol) -> None:
    page = patrol.page
    anna, boris = patrol.counter.grant(ANN, 8), patrol.counter.grant(BOB, 8)
    page.goto(f"{patrol.site.url}/police/sign-in")

    press(page, page.get_by_role("button", name="Start the shift"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    write(page, page.get_by_label("Your telephone number"), patrol.duty.number)
    write(page, page.get_by_label("PIN of your shift", exact=True), PIN)
    write(page, page.get_by_label("Six-digit code"), patrol.duty.code())
    page.keyboard.press("Enter")
    patrol.ready()
    field = page.get_by_label("Code of the pass")
    write(page, field, anna.code)
    page.keyboard.press("Enter")
    patrol.told(anna.code)
    expect(field).to_be_focused()
    page.keyboard.type(boris.code)  # what was typed is selected, so that the next code takes its place
    page.keyboard.press("Enter")

    patrol.told(boris.code)
    assert len(patrol.looks()) == 2


def test_without_network_an_empty_field_does_not_lead_away(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    address = qr(patrol)
    field = patrol.page.get_by_label("Code of the pass")
    offline(patrol)
    go_to(patrol.page, field)

    patrol.page.keyboard.press("Enter")
    patrol.told("Mistyped")
    patrol.page.keyboard.insert_text(address)
    patrol.page.keyboard.press("Enter")

    patrol.told("Valid")
    expect(field).to_be_focused()
    expect(patrol.page.get_by_text("Looks to hand in: 1")).to_be_visible()


def test_without_network_who_signs_out_hears_that_the_shift_is_over(patrol: Patrol) -> None:
    patrol.start()
    offline(patrol)

    press(patrol.page, patrol.page.get_by_role("button", name="Sign out"))

    patrol.told("Your shift is over")
    expect(patrol.page.locator("#verdict")).to_be_focused()
    go_to(patrol.page, patrol.page.get_by_role("link", name="Start a shift"))
