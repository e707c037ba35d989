"""Processes that look after people at home until they are killed.

``python -m tests.proofs.home_workers URL KEYS BLOBS``: each line is a moment; two processes are forked, as on two
hosts, that do all that is due then, and their ids are answered.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from monitoring.answers.reading import AnswerReader
from monitoring.checks.ladder import go_on
from monitoring.checks.planning import plan_checks
from monitoring.duty.deciding import Decision, Given, decide
from monitoring.duty.telling import tell_doubts
from monitoring.patients.leaving import end_in_time
from monitoring.retention.running import destroy_due
from store import Keyring, Store
from store.blobs import BlobStore, FolderBlobs
from store.columns import table
from store.duty import Alert
from store.keyring import read_keyring
from tests.monitoring.photos.patient import FakePhotos

OFFICER: Final = "staff:dora"
URL: Final = "https://pass.example"
_ALERT = table(Alert)
_RIPE = select(_ALERT.c.id).where(_ALERT.c.decided_at.is_(None), _ALERT.c.answer_by.is_not(None))


def work_off(store: Store, blobs: BlobStore) -> None:
    """All that is due at this moment: worker and duty officer."""
    answers = AnswerReader(store, blobs, FakePhotos())
    plan_checks(store)
    go_on(store, URL)
    answers.sweep()
    with store.reading() as work:
        ripe = [row.id for row in work.rows(_RIPE.where(_ALERT.c.answer_by <= work.now))]
    for alert_id in ripe:
        with store.work() as work:
            decide(work, alert_id, Given(Decision.VIOLATION, "two facts"), OFFICER)
    tell_doubts(store, URL)
    end_in_time(store)
    destroy_due(store)
    while answers.sweep():
        pass


def _fork(url: str, keys: Keyring, blobs: Path, now: datetime) -> int:
    process = os.fork()
    if process:
        return process
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what it logs is no answer
    store = Store.open(url, keys, clock=lambda: now)
    work_off(store, FolderBlobs(blobs))
    os._exit(0)


def main(url: str, keys_dir: str, blobs: str) -> None:
    """Answers each line with the ids of two processes, and with another line once both are gone."""
    keys = read_keyring(Path(keys_dir), production=False)
    for line in sys.stdin:
        moment = datetime.fromtimestamp(float(line), UTC)
        processes = [_fork(url, keys, Path(blobs), moment) for _ in range(2)]
        print(*processes, flush=True)
        for one in processes:
            os.waitpid(one, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
