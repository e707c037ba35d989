"""The state of an installation: audit, keys, doctor; and errors that any command can meet."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from rq import Queue, Worker
from sqlalchemy import text, update

import commands
from settings import Settings
from store import Keyring, Store
from store.audit import seal_entries
from store.doorbell import QUEUE
from store.keyring import create_keys
from store.messages import OutboxMessage
from store.people import Person
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.commands.conftest import Read, Refused, Run
from tests.servers import Valkey


def seal(store: Store) -> None:
    with store.work() as work:
        seal_entries(work.connection, work.now)


def test_the_audit_tells_what_is_chained_and_what_is_not(read: Read, store: Store, phone: Handset) -> None:
    waiting = read("audit", "verify")["unsealed"]
    seal(store)

    assert read("audit", "verify") == {"intact": True, "linked": waiting, "unsealed": 0, "broken_at": None}


def test_a_changed_entry_shows(read: Read, run: Run, store: Store, phone: Handset, untrigger: None) -> None:
    seal(store)
    with store.work() as work:
        work.run(text("UPDATE audit_entry SET actor = 'nobody' WHERE action = 'person.registered'"))

    report = read("audit", "verify", code=1)

    assert not report["intact"] and report["broken_at"] == report["linked"] + 1
    assert run("audit", "verify").stdout.startswith(f"BROKEN at place {report['broken_at']}: ")


@pytest.fixture
def untrigger(store: Store) -> None:
    """An intruder with every right takes away what keeps the audit from being changed."""
    with store.work() as work:
        if work.connection.dialect.name == "postgresql":
            work.run(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
            return
        triggers = work.rows(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"))
        for trigger in triggers:
            work.run(text(f"DROP TRIGGER {trigger.name}"))


class TestKeys:
    """In a folder of their own, since they are written there."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        create_keys(tmp_path / "keys", Clock().now, development=True)
        return tmp_path / "keys"

    @pytest.fixture
    def app(self, settings: Settings, app: Flask, folder: Path) -> Flask:
        app.extensions["passline.settings"] = settings.model_copy(update={"keys_dir": folder})
        return app

    def test_a_list_says_what_lies_under_each(self, read: Read, phone: Handset) -> None:
        (row,) = read("keys", "list")

        assert row == {"name": "2026-06", "present": True, "newest": True, "phones": 1, "persons": 1}

    def test_a_new_month_gets_a_key_once(self, read: Read, run: Run, clock: Clock, folder: Path) -> None:
        assert run("keys", "create").stdout == "nothing is missing\n"
        clock.pass_by(days=40)

        created = read("keys", "create")

        assert created["created"] == ["epoch-2026-07.key"] and "restart" in created["do"]
        assert (folder / "epoch-2026-07.key").exists()
        assert read("keys", "create") == {"created": [], "do": None}


class TestDoctor:
    """With a carrier, a Redis and a web process that answer."""

    @pytest.fixture
    def carrier(self, settings: Settings) -> Iterator[str]:
        told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, "2590", "http://127.0.0.1:9")
        with CarrierServer(Carrier(told, wsgi_app=Flask("silent"))) as server:
            yield server.url

    @pytest.fixture
    def app(self, settings: Settings, store: Store, carrier: str, valkey: Valkey, app: Flask) -> Flask:
        answering = {"twilio_api_base": carrier, "public_url": carrier, "redis_url": valkey.url}
        app.extensions["passline.settings"] = settings.model_copy(update=answering)
        return app

    @pytest.fixture
    def worker(self, valkey: Valkey) -> Iterator[None]:
        connection = Redis.from_url(valkey.url)
        worker: Any = Worker([Queue(QUEUE, connection=connection)], connection=connection)
        worker.register_birth()
        yield
        worker.register_death()
        connection.close()

    @pytest.fixture
    def change(self, app: Flask) -> Callable[..., None]:
        def changed(**values: Any) -> None:
            app.extensions["passline.settings"] = app.extensions["passline.settings"].model_copy(update=values)

        return changed

    def found(self, read: Read, name: str) -> tuple[str, str]:
        """The state of one part, and what to do, where something is wrong."""
        checks = {check["name"]: check for check in read("doctor", code=1)["checks"]}
        return checks[name]["state"], checks[name]["do"]

    def test_all_is_well(self, read: Read, run: Run, store: Store, worker: None) -> None:
        seal(store)

        report = read("doctor")

        assert report["healthy"], report
        assert {check["state"] for check in report["checks"]} == {"ok"}
        assert run("doctor").stdout.count("ok    ") == len(report["checks"])

    def test_without_a_worker(self, read: Read, store: Store, clock: Clock, phone: Handset) -> None:
        read("cases", "open", "--phone", "+79990000001", "--reason", "x")
        phone.text("ЖАЛОБА нет")
        read("appeals", "decide", read("appeals", "list")[0]["number"], "--deny", "--text", "x")
        clock.pass_by(minutes=5)

        for part in ("worker", "audit", "texts out"):
            state, advice = self.found(read, part)
            assert state == "fail" and "worker.py" in advice

    def test_without_redis_carrier_and_web(self, read: Read, run: Run, change: Callable[..., None]) -> None:
        nobody = "http://127.0.0.1:9"
        change(twilio_api_base=nobody, public_url=nobody, redis_url="redis://127.0.0.1:9")

        states = [self.found(read, part)[0] for part in ("redis", "worker", "carrier", "web")]

        assert states == ["fail", "warn", "fail", "warn"]
        assert "-> look at TWILIO_API_BASE" in run("doctor").stdout

    def test_with_another_account(self, read: Read, change: Callable[..., None]) -> None:
        change(twilio_account_sid=f"AC{'b' * 32}")

        assert self.found(read, "carrier")[1].startswith("TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN")

    def test_with_a_web_process_that_is_not_ready(self, read: Read, change: Callable[..., None], carrier: str) -> None:
        change(public_url=f"{carrier}/nowhere")

        assert self.found(read, "web")[0] == "fail"

    def test_with_an_order_for_another_number(self, read: Read, change: Callable[..., None]) -> None:
        change(twilio_number="+15005550006")

        assert self.found(read, "order")[0] == "warn"

    def test_with_texts_that_never_arrived(self, read: Read, store: Store, phone: Handset) -> None:
        phone.text("цель 3")
        read("cases", "open", "--phone", "+79990000001", "--reason", "x")
        with store.work() as work:
            work.run(update(OutboxMessage), state="failed", error_code=30005, settled_at=work.now, due_at=None)

        assert self.found(read, "texts lost")[0] == "warn"

    def test_with_a_key_gone_or_old(self, read: Read, store: Store, phone: Handset, clock: Clock) -> None:
        clock.pass_by(days=40)
        assert self.found(read, "keys")[0] == "warn"

        with store.work() as work:
            work.run(update(Person), epoch="2020-01")
        assert self.found(read, "keys") == ("fail", "bring the epoch key files back")

    def test_without_an_order(self, read: Read, store: Store) -> None:
        with store.work() as work:
            work.run(text("DELETE FROM regime_version"))

        assert self.found(read, "order")[0] == "fail"

    def test_of_an_empty_database(self, read: Read, app: Flask, empty: Store) -> None:
        app.extensions["passline.store"] = empty

        assert self.found(read, "migrations") == ("fail", "run `python -m commands.install`")

    def test_of_a_database_that_is_away(self, read: Read, app: Flask, away: Store) -> None:
        app.extensions["passline.store"] = away

        assert self.found(read, "database") == ("fail", "start it, or put DATABASE_URL right")


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


def test_without_tables_every_command_says_what_to_do(app: Flask, empty: Store, refused: Refused) -> None:
    app.extensions["passline.store"] = empty

    for words in (("passes", "list", "--json"), ("stats",), ("audit", "verify"), ("keys", "list")):
        assert refused(*words) == "the database has no tables yet: run `python -m commands.install`"


def test_a_database_that_is_away_is_one_line(app: Flask, away: Store, refused: Refused) -> None:
    app.extensions["passline.store"] = away

    assert refused("passes", "list", "--json").startswith("the database refused: connection failed")


def test_without_an_order_people_are_told_how_to_get_one(store: Store, refused: Refused) -> None:
    with store.work() as work:
        work.run(text("DELETE FROM regime_version"))

    assert refused("passes", "list").startswith("no regime is in force: run `flask --app wsgi regime activate NAME`")


def test_a_row_that_was_changed_is_told(store: Store, refused: Refused, phone: Handset) -> None:
    with store.work() as work:
        work.run(update(Person), details_sealed=b"0" * 40)

    assert refused("persons", "show", "--phone", "+79990000001").endswith(
        "the row was changed, or the keys are others'"
    )


def test_every_command_can_say_json_and_help(run: Run) -> None:
    for command in commands.COMMANDS:
        for name in getattr(command, "commands", {"": None}):
            words = [str(command.name), *([name] if name else [])]
            said = run(*words, "--help")
            assert said.exit_code == 0 and "--json" in said.stdout, words
