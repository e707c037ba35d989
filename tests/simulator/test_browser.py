"""The page in a real browser: a newcomer with a Latin keyboard texts, reads the answer, and checks the pass."""

import pytest
from playwright.sync_api import Page, expect

from telephony.simulator.carrier import Carrier
from telephony.simulator.timers import ThreadTimer

from .service import SETTINGS, Answer, Asked, FakeService, says, twiml

PASS = "Пропуск THXA-9546-C61A до 15:40"


def answer(asked: Asked) -> Answer:
    if asked.form["Body"] == "THXA-9546-C61A":
        return says("VALID until 15:40")
    if asked.form["Body"] == "boom":
        return "oops", 500
    return twiml(f"<Message>{PASS}</Message>", **{"X-Passline-Gloss": "Pass%20until%2015:40"})


@pytest.fixture
def carrier(service: FakeService) -> Carrier:
    service.on("/telephony/sms", answer)
    service.examples += [
        {"text": "Цель 8", "meaning": "request", "gloss": {"en": "pass for purpose 8"}},
        {"text": "СМЕНА 4821", "meaning": "shift", "gloss": {"en": "start of work"}, "officer": True},
    ]
    carrier = Carrier(SETTINGS, wsgi_app=service.app(), timer=ThreadTimer())
    carrier.handset("+79990000001", "citizen")
    carrier.handset("+79990000002", "officer")
    return carrier


def test_a_pass_is_asked_for_by_a_tap_and_checked_by_the_officer(page: Page) -> None:
    citizen, officer = page.locator(".phone.citizen"), page.locator(".phone.officer")
    expect(page.get_by_role("note")).to_contain_text("This is not Twilio.")

    citizen.get_by_role("button", name="Цель 8 pass for purpose 8").click()
    expect(citizen.locator(".mine .gloss")).to_have_text("pass for purpose 8")
    expect(citizen.locator(".theirs .words")).to_have_text(PASS)
    expect(citizen.locator(".theirs .gloss")).to_have_text("Pass until 15:40")
    expect(citizen.locator(".theirs .price")).to_have_text("1 segment · $0.0083")
    expect(citizen.locator(".theirs .ticks")).to_have_attribute("aria-label", "delivered")

    citizen.locator(".code").click()
    officer.get_by_label("Text to 2590").press("Enter")
    expect(officer.locator(".theirs .words")).to_have_text("VALID until 15:40")


def test_latin_letters_become_cyrillic_and_segments_are_counted(page: Page) -> None:
    citizen = page.locator(".phone.citizen")

    citizen.get_by_label("Text to 2590").fill("Tsel' 8, apteka")
    citizen.get_by_label("Turn Latin letters into Cyrillic").click()

    expect(citizen.get_by_label("Text to 2590")).to_have_value("Цель 8, аптека")
    expect(citizen.locator(".counter")).to_have_text("14/70 · 1 segment")


def test_an_example_can_be_changed_before_it_is_sent(page: Page) -> None:
    citizen = page.locator(".phone.citizen")

    citizen.get_by_label("Edit before sending").click()

    expect(citizen.get_by_label("Text to 2590")).to_have_value("Цель 8")
    expect(citizen.locator(".bubble")).to_have_count(0)


def test_errors_and_faults_are_shown(page: Page) -> None:
    citizen = page.locator(".phone.citizen")

    citizen.get_by_label("Text to 2590").fill("boom")
    citizen.get_by_label("Text to 2590").press("Enter")

    expect(citizen.locator(".trouble")).to_have_text("the service could not answer · 11200")
    expect(page.locator(".debugger li")).to_contain_text("HTTP retrieval failure")
    page.get_by_role("switch", name="Late").check()
    page.reload()
    expect(page.get_by_role("switch", name="Late")).to_be_checked()


def test_phones_come_get_renamed_and_go(page: Page) -> None:
    page.get_by_role("button", name="Add", exact=True).click()
    added = page.locator('[data-number="+79990000003"]')
    expect(added).to_be_visible()

    added.get_by_label("Menu of this phone").click()
    added.get_by_label("Name").fill("Anna")
    added.get_by_label("Name").press("Tab")
    expect(added.get_by_role("heading", name="Anna")).to_be_visible()

    added.get_by_label("Menu of this phone").click()
    added.get_by_role("button", name="Remove this phone").click()
    expect(added).to_have_count(0)


def test_the_page_speaks_russian_and_remembers(page: Page) -> None:
    page.get_by_role("button", name="RU").click()
    page.reload()

    expect(page.get_by_role("heading", name="Симулятор оператора")).to_be_visible()
    expect(page.locator(".phone.officer h2")).to_have_text("Полицейский")
    expect(page.locator("html")).to_have_attribute("lang", "ru")


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phones_screen_one_handset_fills_it(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.reload()
    expect(page.locator(".phone.citizen .example")).to_be_visible()

    page.get_by_role("button", name="Officer").click()

    expect(page.locator(".tab.officer")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_officers_have_examples_of_their_own(page: Page) -> None:
    expect(page.locator(".phone.officer .example .words")).to_have_text(["СМЕНА 4821"])
    expect(page.locator(".phone.citizen .example .words")).to_have_text(["Цель 8"])
    expect(page.locator(".phone.officer .hint code")).to_contain_text("--phone +79990000002")
