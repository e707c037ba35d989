"""The page's handsets when they are rung, and when two of them talk, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from telephony.simulator.call_records import CallStatus
from telephony.simulator.carrier import Carrier
from telephony.simulator.timers import ThreadTimer
from telephony.simulator.voice.flow import Target
from telephony.simulator.voice.placing import CallDraft
from telephony.simulator.voice.taping import pause

from .service import SETTINGS, Answer, Asked, FakeService, twiml

CITIZEN, AGENT = "+79990000001", "+79990000003"
HELLO = '<Gather timeout="60"><Say language="ru-RU">Ваш пропуск скоро кончится</Say></Gather>'
TITLE = "Passline · carrier simulator"


def voice(asked: Asked) -> Answer:
    if asked.form["From"] == AGENT:
        return twiml('<Dial record="record-from-answer"><Queue>help</Queue></Dial>')
    return twiml('<Enqueue waitUrl="/wait">help</Enqueue>')


@pytest.fixture
def carrier(service: FakeService) -> Carrier:
    service.on("/telephony/voice", voice)
    service.on("/wait", lambda _: twiml("<Say>Please wait</Say><Pause length='60'/>"))
    carrier = Carrier(SETTINGS, wsgi_app=service.app(), timer=ThreadTimer())
    carrier.handset(CITIZEN, "citizen")
    carrier.handset(AGENT, "agent")
    return carrier


def ring(carrier: Carrier, number: str = CITIZEN) -> str:
    markup = f"<Response>{HELLO}</Response>".encode()
    return carrier.exchange.place(CallDraft(number, "2590", Target(markup=markup))).sid


def connect(page: Page) -> None:
    page.locator(".citizen .dial").click()
    expect(page.locator(".citizen .mark")).to_have_text("In line: 1")
    page.locator(".agent .dial").click()
    expect(page.locator(".citizen .mark.linked")).to_have_text("Connected")


def test_a_phone_rings_with_sound_and_title_until_it_is_answered(page: Page, carrier: Carrier) -> None:
    citizen = page.locator(".citizen")
    page.get_by_role("heading", name="Carrier simulator").click()
    ring(carrier)

    expect(citizen.get_by_text("Incoming call")).to_be_visible()
    expect(page).to_have_title("☎ Citizen is ringing")
    expect(page.locator("html")).to_have_attribute("data-heard", re.compile("^659 988"))
    citizen.get_by_role("button", name="Answer").click()

    expect(citizen.locator(".said.service .words")).to_have_text("Ваш пропуск скоро кончится")
    expect(page).to_have_title(TITLE)


def test_a_call_that_is_declined_or_missed_stays_among_the_texts(page: Page, carrier: Carrier) -> None:
    citizen = page.locator(".citizen")
    ring(carrier)
    citizen.get_by_role("button", name="Decline").click()
    expect(citizen.locator(".call-state")).to_have_text("Not taken")

    carrier.exchange.end(ring(carrier), CallStatus.CANCELED)
    expect(citizen.locator(".call-state")).to_have_text("Missed call")
    citizen.get_by_role("button", name="Texts").click()

    expect(citizen.locator(".call-row button")).to_have_text([re.compile("Not taken"), re.compile("Missed call")])
    expect(citizen.locator(".dial")).to_be_focused()
    expect(page).to_have_title(TITLE)


def test_nothing_moves_for_those_who_want_it_calm(page: Page, carrier: Carrier) -> None:
    ring(carrier)
    expect(page.locator(".citizen").get_by_role("button", name="Answer")).to_be_visible()

    assert page.evaluate("document.getAnimations().length") == 0


def test_a_second_call_does_not_disturb_the_first(page: Page, carrier: Carrier) -> None:
    citizen = page.locator(".citizen")
    ring(carrier)
    citizen.get_by_role("button", name="Answer").click()
    expect(citizen.locator(".said.service")).to_be_visible()

    ring(carrier)

    expect(citizen.locator(".call-row")).to_have_count(1)
    expect(citizen.locator(".said.service")).to_be_visible()
    expect(citizen.get_by_role("button", name="Hang up")).to_be_visible()


def test_a_citizen_and_an_agent_talk_by_typed_lines(page: Page) -> None:
    citizen, agent = page.locator(".citizen"), page.locator(".agent")
    connect(page)

    agent.get_by_label("Say something").fill("Чем помочь?")
    agent.get_by_label("Say something").press("Enter")
    expect(citizen.locator(".said.other")).to_have_text(re.compile("Other party.*Чем помочь"))
    citizen.get_by_label("Say something").fill("Нужен пропуск")
    citizen.get_by_role("button", name="Say it").click()
    expect(agent.locator(".said.other .words")).to_have_text("Нужен пропуск")
    expect(agent.locator(".said.me .words")).to_have_text("Чем помочь?")

    citizen.get_by_role("button", name="Hang up").click()
    expect(agent.locator(".mark.linked")).to_have_count(0)
    expect(agent.locator(".call-state")).to_contain_text("Ended")


def test_a_recording_and_its_pause_are_marked(page: Page, carrier: Carrier) -> None:
    connect(page)
    expect(page.locator(".agent .mark.recording")).to_have_text("Recording")

    (recording,) = carrier.ledger.recordings.all()
    pause(carrier.network, recording.sid)

    expect(page.locator(".agent .mark.paused")).to_have_text("Recording paused")


def test_a_reload_finds_the_call_again(page: Page) -> None:
    connect(page)

    page.reload()

    for phone in (page.locator(".citizen"), page.locator(".agent")):
        expect(phone.get_by_label("Say something")).to_be_enabled()
    expect(page.locator(".tab.live")).to_have_count(2)


def test_on_a_phones_screen_the_tab_tells_who_is_rung(page: Page, carrier: Carrier) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    ring(carrier, AGENT)

    expect(page.locator(".tab.agent")).to_have_class(re.compile("rings"))
    page.locator(".tab.agent").click()
    page.locator(".agent").get_by_role("button", name="Answer").click()

    expect(page.locator(".agent").get_by_role("button", name="Hang up")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
