"""The command line on the real application, with telephones that text it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from codes.regimes import activate, preset
from settings import Settings
from store import Keyring, Store
from store.audit import AuditEntry
from store.columns import table
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.people import Phone
from store.phones import phone_by_id
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from wsgi import create_app

Run = Callable[..., Result]
Read = Callable[..., Any]
Refused = Callable[..., str]
Phones = Callable[[str], Handset]
Looks = Callable[[], list[tuple[str, str, dict[str, Any]]]]


@pytest.fixture
def order() -> str:
    """The preset in force; a module's own fixture of this name chooses another."""
    return "tatarstan-2020"


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock, order: str) -> Flask:
    with store.work() as work:
        activate(work, preset(order), clock.now, "tests")
    return create_app(settings, store)


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `flask --app wsgi ...` with the words given; the operator is anna."""
    monkeypatch.setenv("PASSLINE_USER", "anna")
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=words)


@pytest.fixture
def read(run: Run) -> Read:
    """What a command answers with --json: stdout is one document."""

    def document(*words: str, code: int = 0) -> Any:
        result = run(*words, "--json")
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    return document


@pytest.fixture
def table_of(run: Run) -> Callable[..., str]:
    """What a command says to people."""

    def said(*words: str) -> str:
        result = run(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    return said


@pytest.fixture
def refused(run: Run) -> Refused:
    """The one line with which a command says no; with --json too, stdout stays empty."""

    def line(*words: str) -> str:
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
        return result.stderr.removeprefix("Error: ").strip()

    return line


@pytest.fixture
def phones(app: Flask, settings: Settings, clock: Clock) -> Phones:
    """A telephone by the last digits of its number."""
    told = CarrierSettings(
        settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, settings.public_url
    )
    carrier = Carrier(told, wsgi_app=app, clock=clock)
    return lambda digits: carrier.handset(f"+7999000{digits:>04}")


@pytest.fixture
def phone(phones: Phones) -> Handset:
    """A telephone whose owner is registered."""
    handset = phones("1")
    handset.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    return handset


@pytest.fixture
def looks(store: Store) -> Looks:
    """Who looked at whom, and why, in the audit."""

    def noted() -> list[tuple[str, str, dict[str, Any]]]:
        entries = table(AuditEntry)
        wanted = select(entries).where(entries.c.action == "person.looked_at").order_by(entries.c.id)
        with store.reading() as work:
            return [(row.actor, row.subject, json.loads(row.details)) for row in work.rows(wanted)]

    return noted


@pytest.fixture
def owed(store: Store) -> Callable[[], list[tuple[str, str, dict[str, Any]]]]:
    """Number, template and fields of each text in the outbox."""

    def listed() -> list[tuple[str, str, dict[str, Any]]]:
        with store.reading() as work:
            rows = work.rows(select(table(OutboxMessage)))
            there = [(phone_by_id(work, row.phone_id), row) for row in rows]
        return [(phone.number, row.template, message_fields(row, phone.key)) for phone, row in there]

    return listed


@pytest.fixture
def block(store: Store) -> Callable[[], None]:
    """Blocks every telephone there is."""

    def blocked() -> None:
        with store.work() as work:
            work.run(update(Phone), blocked_at=work.now)

    return blocked


@pytest.fixture
def empty(tmp_path: Path, keyring: Keyring) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/empty.db", keyring)
    yield store
    store.close()


@pytest.fixture
def away(keyring: Keyring) -> Iterator[Store]:
    store = Store.open("postgresql://nobody@127.0.0.1:9/nothing", keyring)
    yield store
    store.close()
