"""What crosses in the line: news that come late, twice or never, keys pressed as an agent comes, agents who leave."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.agents import go_away
from settings import Settings
from store import Store
from store.calls import Call
from store.staff import Agent
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.faults import Fault
from telephony.simulator.serving import CarrierServer
from telephony.simulator.voice.phoning import PhoneCall
from telephony.simulator.wires import WsgiWire
from telephony.voice import lost
from tests.clock import Clock
from tests.proofs.posting import Poster
from tests.proofs.ringing import Ringing, call_of
from tests.stories.calling import presence
from wsgi import create_app

Deliver = Callable[[], None]
SitDown = Callable[[str], Handset]
Owed = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def poster(carrier: Carrier, store: Store, settings: Settings) -> Poster:
    """What the carrier might post, and what it never would."""
    url = f"{settings.public_url}/telephony/sms"
    wires = [WsgiWire(create_app(settings, store))]
    return Poster(wires, url, settings.twilio_auth_tokens[0], settings.twilio_number)


@pytest.fixture
def gateway(carrier: Carrier, settings: Settings) -> Iterator[TwilioGateway]:
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        yield TwilioGateway(account, server.url, settings.public_url)


def states(store: Store) -> list[str]:
    with store.reading() as work:
        return [row.state for row in work.rows(select(col(Call.state)).order_by(col(Call.began_at), col(Call.sid)))]


def posts(call: PhoneCall, poster: Poster, number: str) -> Ringing:
    return Ringing(poster, number, call.sid)


def test_an_agent_who_leaves_as_they_are_joined_has_the_caller(
    registered: Handset, at_desk: SitDown, delivers: Deliver, poster: Poster, store: Store
) -> None:
    at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    ring = Ringing(poster, "+79990000007", "CA" + "7" * 32)
    ring.hears("/agent", f"message={ring_of(store)}", Direction="outbound-api", To="+79990000007")

    with store.work() as work:
        go_away(work, "agent-7")
    posts(call, poster, registered.number).hears("/announce", "language=ru", DequeingCallSid=ring.sid)
    assert presence(store) == ["connected"] and states(store) == ["connected"]

    ring.hears("/agent/left", DialCallStatus="completed")
    assert presence(store) == ["wrapping_up"]


def ring_of(store: Store) -> str:
    with store.reading() as work:
        return str(work.row(select(col(Agent.ring_id))).ring_id)


def test_nine_that_crosses_with_an_agent_takes_nobody_from_them(
    registered: Handset, at_desk: SitDown, delivers: Deliver, poster: Poster, store: Store, owed: Owed
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    agent.answers()

    posts(call, poster, registered.number).hears("/key", "step=2&language=ru", Digits="9")

    assert states(store) == ["connected"] and [one for one in owed() if one[0] == "call_back"] == []


def test_an_agent_that_crosses_with_nine_has_the_caller_and_nobody_calls_back(
    registered: Handset, at_desk: SitDown, delivers: Deliver, poster: Poster, store: Store, owed: Owed
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    posts(call, poster, registered.number).hears("/key", "step=2&language=ru", Digits="9")

    agent.answers()

    assert states(store) == ["connected"] and presence(store) == ["connected"]
    assert [state for name, state in owed() if name == "call_back"] == ["failed"]


def test_the_news_that_a_talk_is_over_come_again_when_the_caller_waits_anew(
    registered: Handset, at_desk: SitDown, delivers: Deliver, poster: Poster, store: Store
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    agent.answers().hangs_up()
    call.presses("0")
    assert states(store) == ["waiting"]

    again = posts(call, poster, registered.number)
    again.hears("/left", "step=2&attempt=0&language=ru", QueueResult="bridged")

    assert states(store) == ["waiting"]


def test_an_agent_whose_end_nobody_told_wraps_up_once_the_caller_is_back(
    registered: Handset, at_desk: SitDown, delivers: Deliver, poster: Poster, store: Store
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    agent.answers()

    posts(call, poster, registered.number).hears("/left", "step=2&attempt=0&language=ru", QueueResult="bridged")

    assert presence(store) == ["wrapping_up"] and states(store) == ["talking"]


def test_a_caller_who_is_gone_unnoticed_makes_agents_ring_a_minute_at_most(
    registered: Handset,
    at_desk: SitDown,
    delivers: Deliver,
    carrier: Carrier,
    store: Store,
    gateway: TwilioGateway,
    clock: Clock,
) -> None:
    at_desk("7")
    call = registered.calls().presses("0#")
    carrier.faults.switch(Fault.RECEIPTS_MISSING)
    call.hangs_up()
    with store.work() as work:  # nor came the word that they left the line
        work.run(update(Call).values(state="waiting"))

    clock.pass_by(seconds=61)
    lost.sweep(store, gateway)

    assert states(store) == ["ended"]


def test_a_promised_call_by_an_agent_outlives_a_call_to_the_machine(
    registered: Handset, carrier: Carrier, owed: Owed, at_desk: SitDown, delivers: Deliver
) -> None:
    registered.calls().presses("0#").hears("перезвоним")
    carrier.settle()

    registered.calls().presses("*").stays_silent().hangs_up()
    carrier.settle()
    assert owed() == [("call_back", "created")]

    at_desk("7")
    delivers()
    assert registered.rings


def test_what_nobody_in_the_line_would_post_changes_nothing(
    registered: Handset, at_desk: SitDown, delivers: Deliver, poster: Poster, store: Store, owed: Owed
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    agent.answers()
    before = states(store), presence(store), owed()
    stranger, mine = call_of(poster, "+79990000066"), posts(call, poster, registered.number)

    stranger.hears("/agent", "message=nobody")
    stranger.hears("/agent/left", DialCallStatus="completed")
    stranger.hears("/left", "step=3", QueueResult="hangup")
    mine.hears("/announce", "language=ru", DequeingCallSid=stranger.sid)
    mine.hears("/waiting", "language=ru", QueuePosition="9" * 5000)
    assert stranger.ends() == 204 and mine.ends("ringing") == 204

    assert (states(store), presence(store), owed()) == before
