"""The worker as a process: what is killed, stopped or taken away costs time, and no text."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from redis import Redis
from rq import Queue

from store.doorbell import QUEUE, RedisDoorbell
from store.jobs import DELIVER, Ring
from telephony.simulator.faults import Fault
from tests.servers import Valkey
from tests.worker.conftest import NUMBER, Place
from tests.worker.process import ROOT, WorkerProcess, children, environment, until

_KILLS = 12


def test_a_text_is_delivered_by_a_job_and_the_process_ends_when_told(place: Place) -> None:
    with WorkerProcess(place.settings, place.log) as running:
        ids = [place.owe() for _ in range(3)]
        until(lambda: all(place.state(one) == "delivered" for one in ids))
        seconds = running.stop()

    assert seconds < 3 and running.process.returncode == 0
    assert len(place.texts()) == 3 and place.unsealed() == 0
    assert "Traceback" not in running.said and NUMBER not in running.said and "another reason" not in running.said


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
        RedisDoorbell(own_valkey.url).ring([Ring(DELIVER, second)])
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
    place.sweep_later()
    until(lambda: place.state(message_id) == "delivered")
    assert len(place.texts()) == 2


def test_jobs_killed_at_random_points_lose_no_text_and_double_none(place: Place) -> None:
    chance, ids, killed = Random(2590), list[str](), set[int]()
    with WorkerProcess(place.settings, place.log) as running:
        until(lambda: Redis.from_url(place.settings.redis_url).smembers("rq:workers"))
        while len(killed) < _KILLS:
            ids.append(place.owe())
            until(lambda: set(running.horses) - killed or place.state(ids[-1]) != "created")
            time.sleep(chance.uniform(0, 0.1))
            for horse in running.horses:
                with suppress(ProcessLookupError):
                    os.kill(horse, signal.SIGKILL)
                    killed.add(horse)
        until(lambda: not any(place.state(one) == "created" for one in ids))

    place.sweep_later()
    until(lambda: all(place.state(one) == "delivered" for one in ids))
    assert len(place.texts()) == len(set(place.texts())) == len(ids)


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
        [sys.executable, "-m", "tests.worker.dying", point, message_id], cwd=ROOT, env=given, check=False
    )
    assert (died.returncode, len(place.texts())) == (9, texts)

    place.sweep_later()

    until(lambda: place.state(message_id) == "delivered")
    assert len(place.texts()) == 1


def test_without_the_networks_that_look_at_faces_it_does_not_start(place: Place, tmp_path: Path) -> None:
    given = environment(place.settings.model_copy(update={"faces_dir": tmp_path}))

    command = [sys.executable, "worker.py"]
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, **given}, capture_output=True, check=False)

    assert ended.returncode == 2 and b"python -m monitoring.weights" in ended.stderr
    assert ended.stderr.count(b"\n") == 1
