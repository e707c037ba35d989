"""kill -9 in the middle of a list: no worker has two passes of it, none is left out."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update
from sqlmodel import col

from codes.employers.uploads import LEASE
from codes.regimes import activate, preset
from store import Keyring, Store
from store.employers import Upload
from store.work import system_clock
from tests.employers.office import Office, listed, number
from tests.house.sources import ROOT
from tests.worker.process import until

WORKERS, KILLS = 120, 6


@pytest.fixture
def firm(database_url: str, keyring: Keyring) -> Iterator[Office]:
    """By the machine's clock, since other processes go on with its lists."""
    store = Store.open(database_url, keyring)
    with store.work() as work:
        activate(work, preset("moscow-2020"), system_clock(), "tests")
    yield Office(store, clock=None).confirmed()  # type: ignore[arg-type]
    store.close()


def test_whoever_dies_over_a_list_leaves_no_double_and_no_gap(firm: Office, database_url: str, keys_dir: Path) -> None:
    upload_id, chance = firm.read(listed(range(1, WORKERS + 1))), Random(7)
    firm.press(upload_id)

    for _ in range(KILLS):
        before = firm.upload(upload_id).tried
        command = [sys.executable, "-m", "tests.employers.dying", database_url, str(keys_dir), upload_id]
        with subprocess.Popen(command, cwd=ROOT) as process:
            until(lambda before=before: firm.upload(upload_id).tried > before, 30)  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.05))
            process.kill()
        _lease_ends(firm, upload_id)
    for _ in range(WORKERS):
        if firm.upload(upload_id).state == "done":
            break
        firm.delivered()
        firm.keeper.keep(upload_id)

    upload, passes = firm.upload(upload_id), firm.passes()
    assert (upload.state, upload.issued, len(passes)) == ("done", WORKERS, WORKERS)
    assert set(Counter(one.person_id for one in passes).values()) == {1}
    assert [len(firm.texts(number(place))) for place in range(1, WORKERS + 1)] == [1] * WORKERS


def _lease_ends(firm: Office, upload_id: str) -> None:
    with firm.store.work() as work:
        mine = update(Upload).where(col(Upload.id) == upload_id, col(Upload.due_at).is_not(None))
        work.run(mine, due_at=work.now - LEASE)
