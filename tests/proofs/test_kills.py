"""kill -9 at random points loses no pass that was told and doubles none; every notice arrives, once."""

from pathlib import Path
from random import Random

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

WEB_KILLS, HORSE_KILLS = 20, 5
"""On each of the two databases: fifty in all."""


def test_fifty_kills_of_web_workers_and_jobs_lose_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    chance = Random(2590)

    with running(database_url, tmp_path) as service:
        with Traffic(service.poster) as traffic:
            kill_web_workers(service, traffic, WEB_KILLS, chance, lambda _: None)
        phones = traffic.holders[-4 * HORSE_KILLS :]
        opened = kill_horses(service, phones, HORSE_KILLS, chance, lambda _: None)
        leases_end(service.store)
        until(lambda: unsettled(service.store) == 0, 60)
        changed = answered_otherwise(service.poster, traffic)
        notices = [len(service.carrier.conversation(phone)) for phone in phones[:opened]]

        assert lost_or_doubled(service.store, traffic.codes) == (0, 0)
        assert changed == [] and unsound(service.store) == []
    assert len(traffic.codes) > WEB_KILLS
    assert set(notices) == {1}
