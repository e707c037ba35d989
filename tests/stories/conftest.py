"""Whole journeys: telephones that text the real application, signed as Twilio signs."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.desk.agents import go_available
from codes.police.officers import enroll
from codes.regimes import activate, preset
from settings import Settings
from store import Store
from store.messages import OutboxMessage
from store.phones import ensure_phone
from store.staff import Staff
from telephony.delivery import GRACE, sweep
from telephony.gateway import Account, TwilioGateway
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from wsgi import create_app

Phones = Callable[[str], Handset]


@pytest.fixture
def order() -> str:
    """The preset in force; a module's own fixture of this name chooses another."""
    return "tatarstan-2020"


@pytest.fixture
def carrier(settings: Settings, store: Store, clock: Clock, order: str) -> Carrier:
    with store.work() as work:
        activate(work, preset(order), clock.now, "tests")
    told = CarrierSettings(
        settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, settings.public_url
    )
    return Carrier(told, wsgi_app=create_app(settings, store), clock=clock)


@pytest.fixture
def delivers(carrier: Carrier, store: Store, settings: Settings, clock: Clock) -> Iterator[Callable[[], None]]:
    """Sends and rings what is due by now, through the carrier's REST API."""
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        gateway = TwilioGateway(account, server.url, settings.public_url)

        def deliver_all() -> None:
            clock.pass_by(seconds=GRACE.total_seconds())
            while sweep(store, gateway):
                pass
            carrier.settle()

        yield deliver_all


@pytest.fixture
def phones(carrier: Carrier) -> Phones:
    """A telephone by the last digits of its number."""
    return lambda digits: carrier.handset(f"+7999000{digits:>04}")


@pytest.fixture
def phone(phones: Phones) -> Handset:
    return phones("1")


@pytest.fixture
def registered(phone: Handset) -> Handset:
    """A telephone whose owner is known by name and document."""
    phone.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    return phone


@pytest.fixture
def officer(phones: Phones, store: Store, carrier: Carrier) -> Handset:
    """An enrolled officer whose shift is not open yet; the PIN is 4821."""
    handset = phones("9")
    with store.work() as work:
        enroll(work, handset.number, "Unit 1", "4821", None, "tests")
    return handset


@pytest.fixture
def on_shift(officer: Handset) -> Handset:
    officer.text("СМЕНА 4821")
    return officer


@pytest.fixture
def at_desk(phones: Callable[[str], Handset], store: Store) -> Callable[[str], Handset]:
    """An agent who goes available with the telephone of these digits."""

    def sit_down(digits: str) -> Handset:
        handset = phones(digits)
        with store.work() as work:
            account = {"name": f"Agent {digits}", "roles": "agent", "created_at": work.now, "wrong_sign_ins": 0}
            work.insert(Staff, id=f"agent-{digits}", **account)
            go_available(work, f"agent-{digits}", ensure_phone(work, handset.number))
        return handset

    return sit_down


@pytest.fixture
def owed(store: Store) -> Callable[[], list[tuple[str, str]]]:
    """What calls we owe or owed, and how far they are."""

    def read() -> list[tuple[str, str]]:
        calls = select(col(OutboxMessage.template), col(OutboxMessage.state)).where(col(OutboxMessage.kind) == "call")
        with store.reading() as work:
            return [(row.template, row.state) for row in work.rows(calls.order_by(col(OutboxMessage.id)))]

    return read
