"""Many callers and agents at one line, each doing whatever comes to mind: nothing locks, and it ends well."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from codes.desk.agents import go_available, go_away, wrap_up
from codes.regimes import activate, preset
from settings import Settings
from store import Keyring, Store
from store.calls import Call
from store.columns import table
from store.phones import ensure_phone
from store.staff import Agent, Staff
from telephony.delivery import GRACE, sweep
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.voice.exchange import EngagedError
from telephony.simulator.voice.phoning import PhoneCall
from tests.clock import Clock
from tests.worker.process import until
from wsgi import create_app

CALLERS, AGENTS, SECONDS = 12, 4, 5.0
TOO_LATE = (AssertionError, EngagedError, LookupError)
"""Somebody else was quicker: the call is over, the telephone rings no more."""


@pytest.fixture
def store(database_url: str, keyring: Keyring, clock: Clock) -> Iterator[Store]:
    """With a connection for everybody."""
    opened = Store.open(database_url, keyring, clock=clock, pool_size=CALLERS + AGENTS + 8)
    yield opened
    opened.close()


@pytest.fixture
def carrier(settings: Settings, store: Store, clock: Clock) -> Carrier:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
        for number in range(AGENTS):
            given = {"name": f"Agent {number}", "roles": "agent", "created_at": work.now, "wrong_sign_ins": 0}
            work.insert(Staff, id=f"agent-{number}", **given)
    told = CarrierSettings(
        settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, settings.public_url
    )
    return Carrier(told, wsgi_app=create_app(settings.model_copy(update={"web_threads": 16}), store), clock=clock)


@pytest.fixture
def gateway(carrier: Carrier, settings: Settings) -> Iterator[TwilioGateway]:
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        yield TwilioGateway(account, server.url, settings.public_url)


class Town:
    """Callers and agents with their telephones."""

    def __init__(self, store: Store, carrier: Carrier, gateway: TwilioGateway, clock: Clock) -> None:
        self.store, self.carrier, self.gateway, self.clock = store, carrier, gateway, clock
        self.over = threading.Event()
        self.broke: list[BaseException] = []

    def caller(self, number: int) -> None:
        handset, random = self.carrier.handset(f"+7999000{number:04}"), Random(number)
        while not self.over.is_set():
            with suppress(*TOO_LATE):
                self._call(handset, random)

    def _call(self, handset: Handset, random: Random) -> None:
        call = handset.call or handset.calls()
        if handset.rings:
            call = handset.answers()
        match random.randrange(40 if call.waiting else 8):
            case 0:
                call.hangs_up()
            case 1:
                call.presses("9" if call.waiting else "*")
            case _ if call.waiting or call.bridged:
                time.sleep(random.random() / 10)
            case _:
                call.presses("0#")

    def agent(self, number: int) -> None:
        handset, random = self.carrier.handset(f"+7999100{number:04}"), Random(1000 + number)
        while not self.over.is_set():
            with suppress(*TOO_LATE):
                self._attend(handset, f"agent-{number}", random)

    def _attend(self, handset: Handset, staff_id: str, random: Random) -> None:
        doing = random.randrange(30)
        if handset.rings:
            (handset.declines if doing == 0 else handset.answers)()
        elif handset.call and doing < 3:
            handset.call.hangs_up()
        elif doing == 3:
            self._at_desk(lambda work: go_away(work, staff_id))
        elif doing < 9:
            self._at_desk(lambda work: wrap_up(work, staff_id, stay=True))
            self._at_desk(lambda work: go_available(work, staff_id, ensure_phone(work, handset.number)))
        time.sleep(0.02)

    def _at_desk(self, act: Callable[[Any], None]) -> None:
        with self.store.work() as work:
            act(work)

    def carry(self) -> None:
        """The worker and the carrier's own time."""
        while not self.over.is_set():
            self.deliver()

    def deliver(self) -> None:
        self.clock.pass_by(seconds=GRACE.total_seconds() + 0.1)
        sweep(self.store, self.gateway)
        self.carrier.settle()

    def runs(self, seconds: float) -> None:
        """Everybody at once, for so long; then all put their telephones down, and what is due happens."""
        callers = [partial(self.caller, number) for number in range(CALLERS)]
        agents = [partial(self.agent, number) for number in range(AGENTS)]
        lives = (*callers, *agents, self.carry)
        threads = [threading.Thread(target=self._lives, args=(life,)) for life in lives]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        until(lambda: self.over.is_set() or self.joined())  # a busy machine takes longer
        self.over.set()
        for thread in threads:
            thread.join()
        for _ in range(5):
            for call in self.carrier.network.ledger.calls:
                with suppress(*TOO_LATE):
                    PhoneCall(self.carrier.exchange, call.sid).hangs_up()
            self.deliver()

    def joined(self) -> bool:
        """Whether a caller and an agent ever spoke."""
        calls = table(Call)
        with self.store.reading() as work:
            return bool(work.rows(select(calls.c.sid).where(calls.c.connected_at.is_not(None)).limit(1)))

    def _lives(self, life: Callable[[], None]) -> None:
        try:
            life()
        except BaseException as error:
            self.broke.append(error)
            self.over.set()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nothing_locks_and_everybody_is_free_at_the_end(
    store: Store, carrier: Carrier, gateway: TwilioGateway, clock: Clock
) -> None:
    town = Town(store, carrier, gateway, clock)

    with capture_logs() as logs:
        town.runs(SECONDS)

    calls, agents = table(Call), table(Agent)
    with store.reading() as work:
        live = work.rows(select(calls.c.sid).where(calls.c.state != "ended"))
        busy = work.rows(select(agents.c.staff_id).where(agents.c.presence.in_(("connected", "ringing"))))
    loud = [one for one in logs if one["event"] in ("answer_tried_again", "step_failed")]
    assert (town.broke, loud) == ([], []), "somebody waited for somebody who waited for them"
    assert (live, busy) == ([], []) and town.joined()
