"""The doctor, with a carrier, a Redis and a web process that answer, and with each of them wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from rq import Queue, Worker
from sqlalchemy import delete, text, update

from settings import Settings
from store import Store
from store.audit import seal_entries
from store.doorbell import QUEUE
from store.messages import OutboxMessage
from store.passes import QuotaSlot
from store.people import Person
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from tests.clock import Clock
from tests.commands.conftest import Read, Run
from tests.servers import Valkey


@pytest.fixture
def carrier(settings: Settings) -> Iterator[str]:
    told = CarrierSettings(settings.twilio_account_sid, settings.twilio_auth_tokens, "2590", "http://127.0.0.1:9")
    with CarrierServer(Carrier(told, wsgi_app=Flask("silent"))) as server:
        yield server.url


@pytest.fixture
def app(settings: Settings, store: Store, carrier: str, valkey: Valkey, app: Flask) -> Flask:
    answering = {"twilio_api_base": carrier, "public_url": carrier, "redis_url": valkey.url}
    app.extensions["passline.settings"] = settings.model_copy(update=answering)
    return app


@pytest.fixture
def worker(valkey: Valkey) -> Iterator[None]:
    connection = Redis.from_url(valkey.url)
    worker: Any = Worker([Queue(QUEUE, connection=connection)], connection=connection)
    worker.register_birth()
    yield
    worker.register_death()
    connection.close()


@pytest.fixture
def change(app: Flask) -> Callable[..., None]:
    def changed(**values: Any) -> None:
        app.extensions["passline.settings"] = app.extensions["passline.settings"].model_copy(update=values)

    return changed


def found(read: Read, name: str) -> tuple[str, str]:
    """The state of one part, and what to do, where something is wrong."""
    checks = {check["name"]: check for check in read("doctor", code=1)["checks"]}
    return checks[name]["state"], checks[name]["do"]


def test_all_is_well(read: Read, run: Run, store: Store, worker: None) -> None:
    with store.work() as work:
        seal_entries(work.connection, work.now)

    report = read("doctor")

    assert report["healthy"], report
    assert {check["state"] for check in report["checks"]} == {"ok"}
    assert run("doctor").stdout.count("ok    ") == len(report["checks"])


def test_a_record_that_somebody_tore_out_is_told(read: Read, store: Store, phone: Handset) -> None:
    phone.text("регистрация 9219632506")
    phone.text("цель 8")
    with store.work() as work:
        work.run(delete(QuotaSlot))

    assert found(read, "records")[0] == "fail"


def test_without_a_worker(read: Read, store: Store, clock: Clock, phone: Handset) -> None:
    read("cases", "open", "--phone", "+79990000001", "--reason", "x")
    phone.text("ЖАЛОБА нет")
    read("appeals", "decide", read("appeals", "list")[0]["number"], "--deny", "--text", "x", "--user", "bert")
    clock.pass_by(minutes=5)

    for part in ("worker", "audit", "texts out"):
        state, advice = found(read, part)
        assert state == "fail" and "worker.py" in advice


def test_without_redis_carrier_and_web(read: Read, run: Run, change: Callable[..., None]) -> None:
    nobody = "http://127.0.0.1:9"
    change(twilio_api_base=nobody, public_url=nobody, redis_url="redis://127.0.0.1:9")

    states = [found(read, part)[0] for part in ("redis", "worker", "carrier", "web")]

    assert states == ["fail", "warn", "fail", "warn"]
    assert "-> look at TWILIO_API_BASE" in run("doctor").stdout


def test_with_another_account(read: Read, change: Callable[..., None]) -> None:
    change(twilio_account_sid=f"AC{'b' * 32}")

    assert found(read, "carrier")[1].startswith("TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN")


def test_with_a_web_process_that_is_not_ready(read: Read, change: Callable[..., None], carrier: str) -> None:
    change(public_url=f"{carrier}/nowhere")

    assert found(read, "web")[0] == "fail"


def test_with_an_order_for_another_number(read: Read, change: Callable[..., None]) -> None:
    change(twilio_number="+15005550006")

    assert found(read, "order")[0] == "warn"


def test_with_texts_that_never_arrived(read: Read, store: Store, phone: Handset) -> None:
    phone.text("цель 3")
    read("cases", "open", "--phone", "+79990000001", "--reason", "x")
    with store.work() as work:
        work.run(update(OutboxMessage), state="failed", error_code=30005, settled_at=work.now, due_at=None)

    assert found(read, "texts lost")[0] == "warn"


def test_with_a_key_gone_or_old(read: Read, store: Store, phone: Handset, clock: Clock) -> None:
    clock.pass_by(days=40)
    assert found(read, "keys")[0] == "warn"

    with store.work() as work:
        work.run(update(Person), epoch="2020-01")
    assert found(read, "keys") == ("fail", "bring the epoch key files back")


def test_without_an_order(read: Read, store: Store) -> None:
    with store.work() as work:
        work.run(text("DELETE FROM regime_version"))

    assert found(read, "order")[0] == "fail"


def test_of_an_empty_database(read: Read, app: Flask, empty: Store) -> None:
    app.extensions["passline.store"] = empty

    assert found(read, "migrations") == ("fail", "run `python -m commands.install`")


def test_of_a_database_that_is_away(read: Read, app: Flask, away: Store) -> None:
    app.extensions["passline.store"] = away

    assert found(read, "database") == ("fail", "start it, or put DATABASE_URL right")
