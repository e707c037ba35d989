"""A store, a carrier that listens on loopback, and a Valkey of the test's own: all that a worker needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

import tools as toolbox
from codes.regimes import activate, preset
from settings import Settings
from store import Keyring, Store
from store.audit import verify_chain
from store.doorbell import RedisDoorbell
from store.keyring import create_keys
from store.messages import OutboxMessage
from store.outbox import send
from store.phones import ensure_phone
from store.work import system_clock
from telephony.delivery import GRACE, LEASE, sweep
from telephony.simulator.carrier import Carrier
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.timers import ThreadTimer
from tests.servers import Valkey
from tests.worker.process import environment
from wsgi import create_app

NUMBER = "+79990000001"


@dataclass
class Place:
    """A store, a carrier that listens, settings that name them, and a text to owe."""

    settings: Settings
    store: Store
    carrier: Carrier
    log: Path

    def owe(self) -> str:
        with self.store.work() as work:
            fields = {"code": work.new_id(), "reason": "another reason"}
            return send(work, ensure_phone(work, NUMBER), "revoked", "ru", fields)

    def state(self, message_id: str) -> str:
        with self.store.reading() as work:
            rows = work.rows(select(col(OutboxMessage.state)).where(col(OutboxMessage.id) == message_id))
        return str(rows[0].state)

    def texts(self) -> list[str]:
        return [text.body for text in self.carrier.conversation(NUMBER)]

    def unsealed(self) -> int:
        with self.store.reading() as work:
            report = verify_chain(work.connection)
        assert report.broken_at is None
        return report.unsealed

    def sweep_later(self) -> None:
        """What a sweep does once the lease of whoever died is over."""
        store = Store.open(
            self.settings.database_url, self.store.keys, clock=lambda: system_clock() + LEASE + 2 * GRACE
        )
        sweep(store, toolbox.way_out(self.settings))
        store.close()


@pytest.fixture
def own_valkey() -> Iterator[Valkey]:
    with Valkey() as server:
        yield server


@pytest.fixture
def place(settings: Settings, keyring: Keyring, own_valkey: Valkey, tmp_path: Path) -> Iterator[Place]:
    create_keys(settings.keys_dir, system_clock(), development=True)
    store = Store.open(settings.database_url, keyring, doorbell=RedisDoorbell(own_valkey.url))
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), work.now - timedelta(hours=1), "tests")
    told = CarrierSettings(
        settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, settings.public_url
    )
    timer = ThreadTimer()
    carrier = Carrier(told, wsgi_app=create_app(settings, store), timer=timer, hang_seconds=8.0)
    with CarrierServer(carrier) as server:
        reached = settings.model_copy(update={"twilio_api_base": server.url, "redis_url": own_valkey.url})
        yield Place(reached, store, carrier, tmp_path / "worker.log")
    timer.close()  # a receipt that came late would open a connection that nobody closes
    store.close()


@pytest.fixture
def tools(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[toolbox.Tools]:
    """This process as one of the worker's."""
    for name, value in environment(place.settings).items():
        monkeypatch.setenv(name, value)
    toolbox.tools.cache_clear()
    yield toolbox.tools()
    toolbox.tools().store.close()
    toolbox.tools.cache_clear()
