"""kill -9 in the long run: web workers and jobs at random points, while texts flow over HTTP; and at home."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from bench.prove_races import Outcome
from store.keyring import create_keys, read_keyring
from store.work import system_clock
from tests.proofs.home_kills import kill_at_home
from tests.proofs.kills import (
    answered_otherwise,
    kill_horses,
    kill_web_workers,
    leases_end,
    lost_or_doubled,
    unsettled,
)
from tests.proofs.races import unsound
from tests.proofs.running import running
from tests.proofs.traffic import Traffic
from tests.worker.process import until

ROUND = 50
"""Kills between two looks at the store; one in ten hits a job."""
_SETTLED_WITHIN_S = 300


def kills(url: str, folder: Path, times: int, chance: Random, tell: Callable[[int], None]) -> Outcome:
    """Kills so often; after each round nothing told may be lost, nothing doubled, nothing owed left."""
    wrong, told, done = list[str](), set[str](), 0
    with running(url, folder) as service:
        while done < times:
            number = min(ROUND, times - done)
            jobs = number // 10
            with Traffic(service.poster, first=done * 1000) as traffic:
                kill_web_workers(service, traffic, number - jobs, chance, partial(_tell, tell, done))
            kill_horses(service, traffic.holders, jobs, chance, lambda _: None)
            leases_end(service.store)
            until(lambda: unsettled(service.store) == 0, _SETTLED_WITHIN_S)
            done += number
            told |= traffic.codes
            wrong += [f"{sid} answered otherwise" for sid in answered_otherwise(service.poster, traffic)]
            lost, unknown = lost_or_doubled(service.store, told)
            wrong += [f"after {done}: {lost} lost, {unknown} doubled"] if lost or unknown else []
            wrong += unsound(service.store)
            tell(done)
    return Outcome(done, wrong)


def kills_at_home(url: str, folder: Path, times: int, chance: Random, tell: Callable[[int], None]) -> Outcome:
    """Kills so often who asks, reads, decides and destroys for people at home: each thing happens, and once."""
    keys = folder / "keys"
    keys.mkdir(exist_ok=True)
    create_keys(keys, system_clock(), development=True)
    ring, killed = read_keyring(keys, production=False), list[int]()
    wrong = kill_at_home(url, (ring, keys), folder / "blobs", times, chance, killed.append)
    done = max(killed, default=0)
    tell(done)
    return Outcome(done, wrong)


def _tell(tell: Callable[[int], None], before: int, count: int) -> None:
    tell(before + count)
