"""The town meets the real service: telephones that text and call, a worker's hands, and the pages of staff."""

import threading
from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from flask import Flask
from werkzeug.serving import make_server

from codes.regimes import activate
from development.demo.callers import Caller
from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.lines import Lines
from development.demo.office import Office
from development.demo.order import demo_order
from development.demo.people import Citizen, town
from development.demo.streets import Streets
from settings import Settings
from store import Store
from store.work import system_clock
from telephony.delivery import sweep
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier as Simulator
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from wsgi import create_app

AT_ONCE = 0.02
"""People who think and listen so much faster."""


@pytest.fixture
def pages(settings: Settings, store: Store) -> Iterator[Settings]:
    """The application on a free port of this machine; the settings that say where."""
    store.clock = system_clock
    with store.work() as work:
        activate(work, demo_order(), work.now, "tests")
    holder: list[Flask] = []
    server = make_server("127.0.0.1", 0, lambda environ, start: holder[0](environ, start), threaded=True)
    told = settings.model_copy(update={"public_url": f"http://localhost:{server.server_port}"})
    holder.append(create_app(told, store))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def simulator(pages: Settings) -> Simulator:
    return Simulator(
        CarrierSettings(pages.twilio_account_sid, pages.twilio_auth_tokens, "2590", pages.public_url),
    )


@pytest.fixture
def streets(simulator: Simulator, pages: Settings) -> Iterator[Streets]:
    with CarrierServer(simulator) as server:
        office = Office(pages)
        lines = Lines(pace=AT_ONCE)
        yield Streets(Carrier(server.url), office, Chance(3), office.code_shape(), lines=lines)
        lines.finish()
        office.close()


@pytest.fixture
def worker(streets: Streets, simulator: Simulator, pages: Settings, store: Store) -> Iterator[None]:
    """Somebody who sends and rings what is due, as the worker does."""
    account = Account(pages.twilio_account_sid, pages.twilio_auth_tokens[0], pages.twilio_number)
    gateway = TwilioGateway(account, simulator.ledger.api_url, pages.public_url)

    def delivers() -> None:
        while not streets.lines.over.wait(0.2):
            sweep(store, gateway)

    thread = threading.Thread(target=delivers)
    thread.start()
    yield
    streets.lines.over.set()
    thread.join()


@pytest.fixture
def citizen(streets: Streets) -> Citizen:
    """Somebody whom the service knows, who speaks Russian."""
    who = next(one for one in islice(town(streets.chance), 50) if one.language == "ru")
    streets.carrier.text(who.number, f"РЕГИСТРАЦИЯ#{who.name}#{who.document}#{who.address}")
    return who


@pytest.fixture
def caller(streets: Streets, citizen: Citizen) -> Caller:
    return Caller(streets.carrier, streets.lines, Chance(7), citizen, lambda: False)


Stranger = Callable[[str], Caller]


@pytest.fixture
def stranger(streets: Streets) -> Stranger:
    """Somebody whom the service does not know, by the language they speak."""

    def call_in(language: str) -> Caller:
        who = next(one for one in islice(town(Chance(11)), 200) if one.language == language)
        return Caller(streets.carrier, streets.lines, Chance(7), who, lambda: False)

    return call_in
