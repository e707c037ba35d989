"""The demo's call centre: accounts that work, and agents at the real pages with the town's callers on the line."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.desk.agents import go_available
from development.demo.accounts import PASSWORD, PLAYED, READY, YOUR_AGENT, code_at
from development.demo.agents import AgentAtDesk
from development.demo.browser import Browser, NoForm
from development.demo.callers import Caller, asks_an_agent
from development.demo.chance import Chance
from development.demo.hiring import NotHere, hire
from development.demo.streets import Streets
from settings import Settings
from store import Store
from store.calls import Call
from store.passes import Pass
from store.phones import ensure_phone
from store.staff import Agent
from store.work import system_clock
from tests.development.conftest import Stranger
from web.signin.accounts import account_row, accounts, close_account


def signed_in(pages: Settings, name: str) -> Browser:
    """A browser in which somebody of the demo's staff has signed in."""
    browser = Browser(pages.public_url)
    browser.opens("/sign-in")
    browser.sends("/sign-in", name=name, password=PASSWORD, code=code_at(system_clock()))
    return browser


@pytest.fixture
def anna(streets: Streets, pages: Settings, worker: None) -> Iterator[AgentAtDesk]:
    """The first of the agents, at work."""
    hire(pages)
    name, number = PLAYED[0]
    streets.carrier.show(number, "agent", name)
    browser = Browser(pages.public_url)
    agent = AgentAtDesk(name, number, browser, streets.carrier, Chance(5), streets.office.is_yours, streets.lines)
    working = threading.Thread(target=agent.works)
    working.start()
    yield agent
    streets.lines.over.set()
    working.join()


def arrives(store: Store, seconds: float = 10) -> None:
    """Waits until the agent is available."""
    waited = threading.Event()
    for _ in range(int(seconds * 10)):
        with store.reading() as work:
            if work.rows(select(col(Agent.staff_id)).where(col(Agent.presence) == "available")):
                return
        waited.wait(0.1)
    raise AssertionError("nobody is available")


def came_of_it(store: Store, seconds: float = 10) -> list[str]:
    """The outcome an agent noted, once it is."""
    waited = threading.Event()
    outcomes: list[str] = []
    for _ in range(int(seconds * 10)):
        with store.reading() as work:
            noted = work.rows(select(col(Call.outcome)).where(col(Call.wrapped_at).is_not(None)))
        outcomes = [row.outcome for row in noted]
        if outcomes:
            break
        waited.wait(0.1)
    return outcomes


def test_a_known_caller_is_proved_given_a_pass_and_noted(caller: Caller, anna: AgentAtDesk, store: Store) -> None:
    arrives(store)

    asks_an_agent(caller)

    assert came_of_it(store) == ["issued"]
    with store.reading() as work:
        assert [row.channel for row in work.rows(select(col(Pass.channel)))] == ["agent"]


def test_a_stranger_is_registered_by_the_agent(stranger: Stranger, anna: AgentAtDesk, store: Store) -> None:
    arrives(store)

    asks_an_agent(stranger("en"))

    assert came_of_it(store) == ["issued"]


def test_the_played_agents_take_a_break_while_you_are_at_the_desk(
    anna: AgentAtDesk, streets: Streets, store: Store
) -> None:
    arrives(store)
    with store.work() as work:
        go_available(work, account_row(work, YOUR_AGENT).id, ensure_phone(work, "+79990000003"))

    waited = threading.Event()
    for _ in range(100):
        with store.reading() as work:
            there = work.rows(select(col(Agent.staff_id)).where(col(Agent.presence) != "away"))
        if len(there) == 1:
            break
        waited.wait(0.1)

    assert len(there) == 1 and streets.office.is_yours()


def test_the_ready_accounts_sign_in(pages: Settings) -> None:
    hire(pages)

    assert [one.name for one in READY if one.name not in signed_in(pages, one.name).opens("/desk")] == []


def test_each_start_mends_what_was_done_to_them(pages: Settings, store: Store) -> None:
    hire(pages)
    with store.work() as work:
        close_account(work, YOUR_AGENT, "tests")

    hire(pages)

    assert "Be available" in signed_in(pages, YOUR_AGENT).opens("/desk")
    with store.reading() as work:
        assert len(accounts(work)) == len(READY)


def test_nobody_is_hired_in_production(pages: Settings, store: Store) -> None:
    with pytest.raises(NotHere):
        hire(pages.model_copy(update={"environment": "production"}))

    with store.reading() as work:
        assert not accounts(work)


def test_a_form_that_is_not_there_is_not_sent(pages: Settings) -> None:
    browser = Browser(pages.public_url)
    browser.opens("/sign-in")

    with pytest.raises(NoForm):
        browser.sends("/wrap-up")


def test_a_browser_shows_an_empty_page_where_nobody_answers() -> None:
    browser = Browser("http://127.0.0.1:9/")

    assert browser.opens("/desk") == ""
    assert browser.asks("/desk/state") == ("", "")
