"""The page's handsets in a call, in a real browser: the green button, keys, typed speech, and what is heard."""

import re

import pytest
from playwright.sync_api import Page, expect

from telephony.simulator.carrier import Carrier
from telephony.simulator.outbound import Draft
from telephony.simulator.timers import ThreadTimer

from .service import SETTINGS, Answer, Asked, FakeService, twiml

CITIZEN = "+79990000001"
MENU = '<Gather input="dtmf speech" timeout="60" language="ru-RU"><Say language="ru-RU">{}</Say></Gather>'


def answer(asked: Asked) -> Answer:
    said = asked.form.get("Digits") or asked.form.get("SpeechResult")
    if said == "9":
        return twiml("<Say>bye</Say><Hangup/>")
    return twiml(MENU.format(f"Вы сказали {said}" if said else "Пропуска. Куда вы идёте?"))


@pytest.fixture
def carrier(service: FakeService) -> Carrier:
    service.on("/telephony/voice", answer)
    carrier = Carrier(SETTINGS, wsgi_app=service.app(), timer=ThreadTimer())
    carrier.handset(CITIZEN, "citizen")
    return carrier


def call(page: Page) -> None:
    page.locator(".citizen").get_by_role("button", name="Call 2590").click()
    expect(page.locator(".citizen .said.service")).to_have_count(1)


def test_a_call_is_made_with_keys_from_the_keyboard_and_ends(page: Page, service: FakeService) -> None:
    citizen = page.locator(".citizen")
    call(page)
    expect(citizen.locator(".said .words")).to_have_text("Пропуска. Куда вы идёте?")
    expect(citizen.locator(".said .words")).to_have_attribute("lang", "ru-RU")
    expect(citizen.locator(".call-hint")).to_have_text("Say it, or press keys")

    page.keyboard.type("12*0#")
    expect(citizen.locator(".said.service .words").last).to_have_text("Вы сказали 12*0")
    assert service.at("/telephony/voice")[-1].form["Digits"] == "12*0"
    expect(citizen.locator(".said.me kbd")).to_have_text(["1", "2", "*", "0", "#"])
    expect(citizen.locator(".said .by")).to_have_text(["Service", "Citizen", "Service"])
    expect(citizen.locator(".call-state")).to_have_text(re.compile(r"^0:0\d$"))

    citizen.get_by_role("button", name="Hang up").click()
    expect(citizen.locator(".call-state")).to_have_text(re.compile(r"^Ended · 0:0\d$"))
    expect(citizen.get_by_role("group", name="Keypad")).to_be_hidden()


def test_a_call_that_is_over_stays_among_the_texts(page: Page) -> None:
    citizen = page.locator(".citizen")
    call(page)
    citizen.get_by_role("button", name="9", exact=True).click()
    citizen.get_by_role("button", name="hash").click()
    expect(citizen.locator(".call-state")).to_contain_text("Ended")

    citizen.get_by_role("button", name="Texts").click()
    expect(citizen.get_by_label("Text to 2590")).to_be_visible()
    page.reload()
    citizen.get_by_role("button", name="Call to the service").click()

    expect(citizen.locator(".said.service .words").last).to_have_text("bye")


def test_each_key_sounds_its_two_tones(page: Page) -> None:
    call(page)

    page.locator(".citizen .key", has_text="5").click()
    expect(page.locator("html")).to_have_attribute("data-heard", "770 1336")
    page.keyboard.press("#")

    expect(page.locator("html")).to_have_attribute("data-heard", "770 1336 941 1477")


def test_keys_are_walked_by_arrows(page: Page) -> None:
    call(page)
    expect(page.locator(".key", has_text="1").first).to_be_focused()

    for arrow in ["ArrowDown", "ArrowRight", "Enter"]:
        page.keyboard.press(arrow)

    expect(page.locator(".said.me kbd")).to_have_text("5")


def test_speech_is_typed_while_the_call_listens(page: Page, service: FakeService) -> None:
    service.on(
        "/telephony/voice",
        lambda asked: answer(asked) if "SpeechResult" not in asked.form else twiml("<Pause length='20'/>"),
    )
    call(page)
    line = page.locator(".citizen").get_by_label("Say something")

    line.fill("в аптеку")
    line.press("Enter")

    expect(page.locator(".said.me .words")).to_have_text("в аптеку")
    expect(line).to_be_disabled()
    assert service.at("/telephony/voice")[-1].form["SpeechResult"] == "в аптеку"


def test_a_writer_keeps_the_line_from_question_to_question(page: Page) -> None:
    call(page)
    line = page.locator(".citizen").get_by_label("Say something")
    line.fill("раз")
    line.press("Enter")
    expect(page.locator(".said.service .words").last).to_have_text("Вы сказали раз")

    expect(line).to_be_focused()
    page.keyboard.type("два")
    page.keyboard.press("Enter")

    expect(page.locator(".said.service .words").last).to_have_text("Вы сказали два")


def test_a_text_that_comes_meanwhile_is_announced_and_looked_at(page: Page, carrier: Carrier) -> None:
    citizen = page.locator(".citizen")
    call(page)
    carrier.send(Draft(to=CITIZEN, body="Пропуск до 15:40", sender="2590"))

    expect(citizen.get_by_role("status").get_by_text("Пропуск до 15:40")).to_be_visible()
    expect(citizen.locator("[data-control=texts] .count")).to_have_text("1")
    citizen.get_by_role("button", name="New text").click()
    expect(citizen.locator(".bubble.theirs .words")).to_have_text("Пропуск до 15:40")

    citizen.get_by_role("button", name="Back to the call").click()
    expect(citizen.get_by_role("button", name="Hang up")).to_be_visible()
    expect(citizen.locator("[data-control=texts] .count")).to_be_hidden()


def test_lines_are_read_aloud_in_their_language_once_switched_on(page: Page) -> None:
    call(page)
    page.locator(".citizen").get_by_role("button", name="Aloud").click()

    page.locator(".citizen .key", has_text="3").click()
    page.keyboard.type("#")

    expect(page.locator("html")).to_have_attribute("data-spoken", "ru-RU: Вы сказали 3")
    page.reload()
    expect(page.locator(".citizen").get_by_role("button", name="Aloud")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".citizen .said")).to_have_count(3)
    assert page.evaluate("document.documentElement.dataset.spoken") is None


def test_what_the_carrier_refuses_is_said(page: Page, carrier: Carrier) -> None:
    call(page)
    carrier.exchange.hang_up(carrier.ledger.calls.all()[-1].sid)
    expect(page.locator(".citizen .call-state")).to_contain_text("Ended")
    page.route("**/simulator/calls", lambda route: route.fulfill(status=400, json={"error": "the line is cut"}))

    page.locator(".citizen [data-control=call_again]").click()

    expect(page.locator(".citizen .toast.bad")).to_contain_text("the line is cut")


def test_a_call_fits_a_phones_screen_in_russian(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 664})
    page.get_by_role("button", name="RU").click()
    page.locator(".citizen").get_by_role("button", name="Позвонить на 2590").click()

    expect(page.locator(".citizen").get_by_role("button", name="Отбой")).to_be_in_viewport(ratio=1)
    expect(page.locator(".citizen .said.service").last).to_be_in_viewport()
    expect(page.locator(".tab.citizen")).to_have_class(re.compile("live"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
