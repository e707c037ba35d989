"""A citizen calls and an agent helps: from the first ring to the recording that is linked to the pass."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.calls import Call, Recording
from store.passes import Pass
from telephony.gateway import Account
from telephony.recordings.keeping import GRACE, Keeper
from telephony.recordings.recorder import TwilioRecorder
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk
from tests.web.auditing import entries
from tests.web.people import enrolled, signed_in
from wsgi import create_app

Deliver = Callable[[], None]
Seat = Callable[[str], AgentAtDesk]


@pytest.fixture
def seat(carrier: Carrier, settings: Settings, store: Store, phones: Callable[[str], Handset]) -> Seat:
    """Somebody signed in as an agent, with the telephone of these digits; not available yet."""
    app = create_app(settings, store)

    def sit_down(digits: str) -> AgentAtDesk:
        person = enrolled(store, f"Agent {digits}", "agent")
        return AgentAtDesk(person, phones(digits), signed_in(app, store, person)).opens("/desk")

    return sit_down


@pytest.fixture
def anna(seat: Seat) -> AgentAtDesk:
    """An agent who is available."""
    agent = seat("7")
    return agent.sends("/desk/available", my_number=agent.telephone.number)


@pytest.fixture
def keeper(carrier: Carrier, store: Store, settings: Settings, tmp_path: Path) -> Iterator[Keeper]:
    """Whoever looks after recordings, with a folder, and the carrier reached over HTTP."""
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        yield Keeper(store, TwilioRecorder(account, server.url), FolderBlobs(tmp_path / "blobs"))


def test_from_the_ring_to_the_recording(
    registered: Handset,
    anna: AgentAtDesk,
    delivers: Deliver,
    carrier: Carrier,
    store: Store,
    keeper: Keeper,
    clock: Clock,
) -> None:
    assert "You are available" in anna.reads
    call = registered.calls().presses("0#")
    delivers()
    assert "Your telephone rings" in anna.opens("/desk").reads

    leg = anna.telephone.answers()
    call.hears("записывается")
    state = anna.client.get("/desk/state", headers={"HX-Request": "true"})
    assert state.headers["HX-Redirect"] == f"/desk/calls/{call.sid}"
    anna.opens(state.headers["HX-Redirect"])
    assert "И.И.И." in anna.reads and "Russian" in anna.reads and "2506" not in anna.reads

    leg.says("Назовите последние четыре цифры документа")
    call.says("2506")
    anna.sends("/tail", tail_tail="25 06")
    assert "The caller is proved" in anna.reads and "И.И.И. *2506" in anna.reads

    _reads_out(anna.sends("/issue"))
    call.hangs_up()
    carrier.settle()
    anna.opens(f"/desk/calls/{call.sid}")
    assert "The call is over" in anna.reads
    anna.sends("/wrap-up", wrap_outcome="issued", wrap_note="Всё хорошо", stay="1")

    assert "The call is noted" in anna.reads and "You are available" in anna.reads
    assert "Pass issued" in anna.reads
    clock.now += GRACE
    keeper.sweep()
    _is_linked(store, anna, call.sid)


def _reads_out(anna: AgentAtDesk) -> None:
    """The code a group at a time, until it is hidden."""
    shown = re.findall(r'<p class="desk-group__signs">(.*?)</p>', anna.html)
    assert len(shown) == 3 and "Say:" in anna.reads
    for _ in shown:
        anna.sends("/tick")
    assert "The code is hidden" in anna.reads and "desk-group__signs" not in anna.html


def _is_linked(store: Store, anna: AgentAtDesk, sid: str) -> None:
    """Pass, call, recording and audit name each other."""
    with store.reading() as work:
        row = work.row(select(col(Pass.call_sid), col(Pass.channel), col(Pass.id)))
        noted = work.row(select(col(Call.outcome), col(Call.agent_id)).where(col(Call.sid) == sid))
        recorded = [one.call_sid for one in work.rows(select(col(Recording.call_sid)))]
    assert (row.call_sid, row.channel) == (sid, "agent")
    assert (noted.outcome, noted.agent_id) == ("issued", anna.person.id)
    assert recorded == [sid]
    assert [(actor, subject) for actor, subject, _ in entries(store, "pass.issued")] == [
        (f"staff:{anna.person.id}", row.id)
    ]


def test_an_agent_whose_line_breaks_can_do_nothing_more_and_another_takes_the_caller_over(
    registered: Handset, anna: AgentAtDesk, seat: Seat, delivers: Deliver, carrier: Carrier, store: Store
) -> None:
    call = registered.calls().presses("0#")
    delivers()
    leg = anna.telephone.answers()
    anna.opens("/desk").sends("/tail", tail_tail="2506")
    stale = anna.fills("/issue")

    leg.hangs_up()
    carrier.settle()
    assert anna.submits(stale).status == 403 and "This call is over" in anna.reads
    boris = seat("8")
    boris.sends("/desk/available", my_number=boris.telephone.number)
    call.presses("0")
    delivers()
    boris.telephone.answers()

    assert call.bridged and "The caller is proved" not in boris.opens("/desk").reads
    assert "И.И.И. *2506" in boris.reads and "Read out the code" in boris.sends("/issue").reads
    assert anna.submits(stale).status == 403 and "This is not your call" in anna.reads
    assert "Another agent has taken your last caller over" in anna.opens("/desk").reads
    anna.sends("/desk/free")
    assert "You are available" in anna.reads


def test_one_of_two_agents_gets_the_caller_and_the_other_goes_on_waiting(
    registered: Handset, anna: AgentAtDesk, seat: Seat, delivers: Deliver
) -> None:
    boris = seat("8")
    boris.sends("/desk/available", my_number=boris.telephone.number)
    registered.calls().presses("0#")
    delivers()

    rung, free = (anna, boris) if anna.telephone.rings else (boris, anna)
    rung.telephone.answers()

    assert "Who calls?" in rung.opens("/desk").reads
    assert "You are available" in free.opens("/desk").reads
    assert free.opens(rung.page.request.path if rung.page else "").status == 403


def test_a_caller_who_gives_up_leaves_the_agent_available(
    registered: Handset, anna: AgentAtDesk, delivers: Deliver, carrier: Carrier
) -> None:
    call = registered.calls().presses("0#")
    delivers()
    call.hangs_up()
    carrier.settle()

    anna.telephone.answers().stays_silent()
    carrier.settle()

    assert "You are available" in anna.opens("/desk").reads and "Waiting in the line 0" in anna.reads


def test_whom_the_full_line_turns_away_is_on_the_list_and_called_now(
    registered: Handset, phones: Callable[[str], Handset], anna: AgentAtDesk, delivers: Deliver, carrier: Carrier
) -> None:
    other = phones("2").calls().presses("0#")
    (queue,) = carrier.exchange.directory.queues.all()
    carrier.exchange.directory.queues.configure(queue.sid, None, 1)
    call = registered.calls().presses("0#")
    assert call.ended and other.waiting
    delivers()
    anna.telephone.answers()
    other.hangs_up()
    carrier.settle()
    anna.opens("/desk").sends("/wrap-up", wrap_outcome="not_proved", stay="1")
    assert "+7…0001" in anna.reads
    delivers()
    registered.declines()
    carrier.settle()
    assert "failed: nobody picked up" in anna.opens("/desk").reads

    anna.sends("/now")
    delivers()
    back = registered.answers().hears("оператор")
    delivers()
    anna.telephone.answers()

    assert back.bridged and "И.И.И." in anna.opens("/desk").reads
