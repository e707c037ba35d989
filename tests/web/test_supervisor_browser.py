"""The supervisors' pages in a real browser: a recording is played and moved about in; by keyboard, at night, narrow."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from codes.desk.agents import go_available
from codes.desk.alarms import LOOKS
from codes.looking import note_look
from codes.police.officers import enroll
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.officers import Officer
from store.phones import ensure_phone
from telephony.delivery import GRACE as DUE
from telephony.delivery import sweep
from telephony.gateway import Account, TwilioGateway
from telephony.recordings.keeping import GRACE, Keeper
from telephony.recordings.recorder import TwilioRecorder
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.codes.picking import Chance
from tests.stories.desk import AgentAtDesk
from tests.web.browsing import Site, overflows
from tests.web.people import Person, Staff, signed_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]
SOON_S = 20.0
"""The suite may share its cores."""


@pytest.fixture
def carrier(site: Site, settings: Settings, clock: Clock) -> Carrier:
    told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, site.url)
    return Carrier(told, wsgi_app=site.app, clock=clock)


@pytest.fixture
def picked(
    carrier: Carrier, site: Site, settings: Settings, clock: Clock, store: Store, agent: Person
) -> Iterator[str]:
    """A call in which Anna issued a pass, picked, with its recording as the carrier made it; the call's id."""
    store.random = Chance()
    citizen, beside = carrier.handset("+79990000001"), carrier.handset("+79990000007", "agent")
    citizen.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    anna = AgentAtDesk(agent, beside, signed_in(site.app, store, agent)).opens("/desk")
    anna.sends("/desk/available", my_number=beside.number)
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        sid = talk(carrier, anna, citizen, server.url, site, account, clock)
        clock.now += GRACE
        Keeper(store, TwilioRecorder(account, server.url), FolderBlobs(settings.blobs_dir)).sweep()
        yield sid


def talk(
    carrier: Carrier, anna: AgentAtDesk, citizen: Handset, url: str, site: Site, account: Account, clock: Clock
) -> str:
    """They speak for two minutes, a pass is issued, and Anna notes the call."""
    call = citizen.calls().presses("0#")
    clock.pass_by(seconds=DUE.total_seconds())
    while sweep(site.store, TwilioGateway(account, url, site.url)):
        pass
    carrier.settle()
    leg = anna.telephone.answers()
    anna.opens(f"/desk/calls/{call.sid}").sends("/tail", tail_tail="2506").sends("/issue")
    leg.says("Ваш пропуск действует один час")
    clock.pass_by(minutes=2)
    call.says("Спасибо")
    call.hangs_up()
    carrier.settle()
    anna.opens(f"/desk/calls/{call.sid}").sends("/wrap-up", wrap_outcome="issued")
    return call.sid


@pytest.fixture
def page(browser_page: Page, site: Site, staff: Staff) -> Page:
    """A supervisor's browser."""
    site.sign_in(browser_page, staff("supervisor", name="Zoya"))
    return browser_page


def sound(page: Page, told: str) -> float:
    """What the player says of itself."""
    return float(page.locator("audio").evaluate(f"player => player.{told}"))


def settles(page: Page, condition: str) -> None:
    """Waits until the player is so; the pages' policy lets no script do it for us."""
    late = time.monotonic() + SOON_S
    script = f"(() => {{ const player = document.querySelector('audio'); return Boolean({condition}); }})()"
    while not page.evaluate(script):
        assert time.monotonic() < late, condition
        page.wait_for_timeout(50)


def test_the_recording_plays_by_keyboard_and_one_can_move_about_in_it(page: Page, site: Site, picked: str) -> None:
    page.goto(f"{site.url}/desk/reviews/{picked}")
    page.get_by_role("button", name="Listen").focus()
    page.keyboard.press("Enter")
    page.locator("audio").wait_for()
    settles(page, "player.readyState >= 1")
    assert 115 < sound(page, "duration") < 130

    page.locator("audio").focus()
    page.keyboard.press("Space")
    settles(page, "player.currentTime > 0.2 && !player.paused")
    page.locator("audio").evaluate("player => { player.currentTime = 100; }")
    settles(page, "player.currentTime > 100.2 && !player.seeking")

    assert sound(page, "error ? 1 : 0") == 0


def test_the_recording_is_heard_to_its_end_piece_by_piece(page: Page, site: Site, picked: str) -> None:
    page.goto(f"{site.url}/desk/reviews/{picked}")
    page.get_by_role("button", name="Listen").click()
    page.locator("audio").wait_for()
    settles(page, "player.readyState >= 1")

    page.locator("audio").evaluate("player => { player.playbackRate = 16; return player.play(); }")

    settles(page, "player.ended")
    assert sound(page, "error ? 1 : 0") == 0


@pytest.mark.parametrize("width", [1000, 390])
def test_every_page_is_for_everybody_and_fits(
    page: Page, site: Site, picked: str, store: Store, agent: Person, assert_accessible: Accessible, width: int
) -> None:
    troubles(store, agent)
    page.set_viewport_size({"width": width, "height": 900})

    def look(heading: str) -> None:
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        assert_accessible(page)
        assert not overflows(page), heading

    for path, heading in (("team", "Team"), ("reviews", "Calls to hear"), ("officers", "Locked officers")):
        page.goto(f"{site.url}/desk/{path}")
        look(heading)
    page.goto(f"{site.url}/desk/alarms")
    look("Alarms")
    page.get_by_role("button", name="I looked into it").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Write what you found")).to_be_visible()
    look("Alarms")
    page.goto(f"{site.url}/desk/reviews/{picked}")
    look("Call of")
    page.get_by_role("button", name="Listen").click()
    page.get_by_label("Faulty").check()
    look("Call of")
    page.get_by_role("button", name="Note the verdict").click()
    expect(page.get_by_text("The agent: Anna")).to_be_visible()
    look("Call of")


def troubles(store: Store, agent: Person) -> None:
    """An officer who is locked, and an agent who looked at too much."""
    with store.work() as work:
        officer_id = enroll(work, "+79990000009", "Unit 1", "4821", None, "tests")
        work.run(update(Officer).where(col(Officer.id) == officer_id), locked_at=work.now, wrong_pins=5)
        for _ in range(LOOKS + 1):
            note_look(work, "somebody", f"staff:{agent.id}", "call", "recording")


def test_the_team_is_seen_live_and_an_agent_is_sent_away(
    page: Page, site: Site, store: Store, agent: Person, clock: Clock
) -> None:
    page.goto(f"{site.url}/desk/team")
    expect(page.get_by_text("Nobody has been at the desk yet.")).to_be_visible()

    with store.work() as work:
        go_available(work, agent.id, ensure_phone(work, "+79990000007"))
    button = page.get_by_role("button", name="Send away Anna")
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Sent away.")).to_be_visible()
    expect(page.get_by_text("Waits for a caller")).to_have_count(0)
