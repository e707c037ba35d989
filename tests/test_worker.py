"""Background jobs and schedules: as functions, and as the process that runs them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from rq.utils import import_attribute
from sqlalchemy import select
from sqlmodel import col

import worker
from codes.regimes import activate, preset
from settings import Settings
from store import Keyring, Store
from store.audit import verify_chain
from store.doorbell import DELIVER, QUEUE, RedisDoorbell
from store.keyring import create_keys
from store.messages import OpenDialogue, OutboxMessage
from store.outbox import send
from store.phones import ensure_phone
from store.work import system_clock
from telephony.delivery import GRACE, LEASE, sweep
from telephony.simulator.carrier import Carrier
from telephony.simulator.faults import Fault
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.timers import ThreadTimer
from tests.servers import Valkey
from tests.worker_process import ROOT, WorkerProcess, children, environment, until
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
            fields = {"code": f"THXA-9546-{work.new_id()[-4:]}", "reason": "isolation"}
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
    carrier = Carrier(told, wsgi_app=create_app(settings, store), timer=ThreadTimer(), hang_seconds=8.0)
    with CarrierServer(carrier) as server:
        reached = settings.model_copy(update={"twilio_api_base": server.url, "redis_url": own_valkey.url})
        yield Place(reached, store, carrier, tmp_path / "worker.log")
    store.close()


@pytest.fixture
def tools(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[worker.Tools]:
    """This process as one of the worker's."""
    for name, value in environment(place.settings).items():
        monkeypatch.setenv(name, value)
    worker.tools.cache_clear()
    yield worker.tools()
    worker.tools().store.close()
    worker.tools.cache_clear()


def test_every_jobs_name_leads_to_a_function_of_the_worker() -> None:
    assert import_attribute(DELIVER) is worker.deliver
    assert [import_attribute(name) for name in worker.SCHEDULE] == [worker.forget]


def test_the_queues_that_are_rung_are_the_queues_that_are_watched(valkey: Valkey) -> None:
    watched = worker.job_worker(Redis.from_url(valkey.url)).queue_names()

    assert {job.queue_name for job in worker.schedule(Redis.from_url(valkey.url)).get_jobs()} | {QUEUE} == set(watched)


def test_a_job_in_the_queue_is_a_name_and_a_rows_id(place: Place) -> None:
    message_id = place.owe()

    connection = Redis.from_url(place.settings.redis_url)
    (job,) = Queue(QUEUE, connection=connection, serializer=JSONSerializer).jobs
    assert (job.func_name, job.args) == (DELIVER, (message_id,))
    assert json.loads(job.data) == [DELIVER, None, [message_id], {}]


def test_the_schedule_rings_by_name_in_json(place: Place) -> None:
    connection = Redis.from_url(place.settings.redis_url)
    scheduled = worker.schedule(connection)
    assert scheduled.enqueue_jobs() == []

    for job in scheduled.get_jobs():
        job.next_enqueue_time = system_clock()
    scheduled.enqueue_jobs()

    jobs = Queue(QUEUE, connection=connection, serializer=JSONSerializer).jobs
    assert [job.func_name for job in jobs] == ["worker.forget"]
    assert not scheduled.enqueue_jobs()


def test_the_jobs_do_what_they_are_for(place: Place, tools: worker.Tools) -> None:
    message_id = place.owe()
    with place.store.work() as work:
        for key, days in (("old", 2), ("new", 0)):
            work.insert(OpenDialogue, key=key, state_sealed=b"", expires_at=work.now - timedelta(days=days))
    worker.deliver(message_id)
    worker.forget()
    worker.sweep()
    worker.seal()

    with place.store.reading() as work:
        kept = [row.key for row in work.rows(select(col(OpenDialogue.key)))]
    assert (len(place.texts()), kept, place.unsealed()) == (1, ["new"], 0)


def test_a_failing_job_leaves_no_words_in_redis(place: Place, tools: worker.Tools) -> None:
    """RQ would keep a job's traceback; a statement's values stand in it."""
    with place.store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE outbox_message RENAME TO elsewhere")

    worker.deliver("1" * 24)


def test_a_doorbell_without_redis_is_left_alone_for_a_while() -> None:
    now = [100.0]
    doorbell = RedisDoorbell("redis://127.0.0.1:9", timer=lambda: now[0])
    for _ in range(3):
        doorbell.ring(["1" * 24])


def test_a_text_is_delivered_by_a_job_and_the_process_ends_when_told(place: Place) -> None:
    with WorkerProcess(place.settings, place.log) as running:
        ids = [place.owe() for _ in range(3)]
        until(lambda: all(place.state(one) == "delivered" for one in ids))
        seconds = running.stop()

    assert seconds < 3 and running.process.returncode == 0
    assert len(place.texts()) == 3 and place.unsealed() == 0
    assert "Traceback" not in running.said and NUMBER not in running.said and "THXA" not in running.said


def test_without_redis_nothing_is_lost_and_with_it_jobs_are_back(place: Place, own_valkey: Valkey) -> None:
    with WorkerProcess(place.settings, place.log) as running:
        until(lambda: Redis.from_url(own_valkey.url).smembers("rq:workers"))
        own_valkey.kill()
        first = place.owe()
        with place.store.work() as work:
            work.audit("tests", "noted", "1")
        until(lambda: place.state(first) == "delivered", 8)
        until(lambda: place.unsealed() == 0, 2)

        own_valkey.start()
        connection = Redis.from_url(own_valkey.url)
        until(lambda: any("b" in client["flags"] for client in connection.client_list()), 8)
        second = place.owe()
        RedisDoorbell(own_valkey.url).ring([second])
        until(lambda: Queue(QUEUE, connection=connection).is_empty() and place.state(second) == "delivered", 8)
        own_valkey.kill()
        seconds = running.stop(signal.SIGINT)

    assert seconds < 3 and running.process.returncode == 0
    assert len(place.texts()) == 2 and "Traceback" not in running.said


def test_what_was_killed_in_the_middle_is_started_again_and_its_text_settled(place: Place) -> None:
    place.carrier.faults.switch(Fault.HANG, times=1)
    with WorkerProcess(place.settings, place.log) as running:
        message_id = place.owe()
        until(lambda: running.horses and place.state(message_id) == "sending")
        os.kill(running.horses[0], signal.SIGKILL)
        before = running.parts
        for part in before:
            os.kill(part, signal.SIGKILL)
        until(lambda: len(running.parts) == 2 and not set(running.parts) & set(before))
        another = place.owe()
        until(lambda: place.state(another) == "delivered")

    assert (place.state(message_id), len(place.texts())) == ("sending", 1)
    _later(place)
    until(lambda: place.state(message_id) == "delivered")
    assert len(place.texts()) == 2


def test_parts_end_with_the_process_that_watches(place: Place) -> None:
    with WorkerProcess(place.settings, place.log) as running:
        parts = running.parts
        running.process.kill()
        running.process.wait()
        until(lambda: not any(Path(f"/proc/{part}/stat").exists() for part in parts), 5)

    assert children(running.process.pid) == []


@pytest.mark.parametrize(("point", "texts"), [("claimed", 0), ("called", 1), ("recording", 1)])
def test_dying_between_claim_call_and_record_sends_a_text_once(place: Place, point: str, texts: int) -> None:
    message_id = place.owe()
    given = {**os.environ, **environment(place.settings)}
    died = subprocess.run(
        [sys.executable, "-m", "tests.telephony.dying", point, message_id], cwd=ROOT, env=given, check=False
    )
    assert (died.returncode, len(place.texts())) == (9, texts)

    _later(place)

    until(lambda: place.state(message_id) == "delivered")
    assert len(place.texts()) == 1


def _later(place: Place) -> None:
    """What a sweep does once the lease of whoever died is over."""
    store = Store.open(place.settings.database_url, place.store.keys, clock=lambda: system_clock() + LEASE + 2 * GRACE)
    sweep(store, worker.way_out(place.settings))
    store.close()
