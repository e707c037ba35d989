"""Killed for real between each step and the next: the recording is kept once, or destroyed, all the same."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.recording import Sound, begin_recording, listen, play
from codes.regimes import activate, preset
from settings import Settings
from store import Keyring, Store
from store.audit import AuditEntry
from store.blobs import FolderBlobs
from store.calls import Call, Recording
from store.columns import table
from store.keyring import create_keys
from store.work import system_clock
from telephony.gateway import Account
from telephony.recordings.announcing import Announcement, receive_announcement
from telephony.recordings.claims import LEASE
from telephony.recordings.keeping import Keeper
from telephony.recordings.recorder import TwilioRecorder
from tests.recordings.carrier import ACCOUNT_SID, LEG, SID, TOKEN, HttpCarrier, Made, listening, wav
from tests.recordings.dying import DEAD, DESTROYING, FETCHING
from tests.worker.process import ROOT, environment

CALL = "CA" + "c" * 32
SOUND = wav(b"long" * 100_000)


class Kept:
    """A recording of a call that is over, at a carrier, in processes that die."""

    def __init__(self, settings: Settings, keyring: Keyring, carrier: HttpCarrier) -> None:
        self.settings = settings
        self.carrier = carrier
        self.store = self._store(keyring, timedelta())
        self.late = self._store(keyring, LEASE + timedelta(minutes=1))
        self.folder = settings.blobs_dir
        with self.store.work() as work:
            activate(work, preset("tatarstan-2020"), work.now - timedelta(hours=1), "tests")
            flags = {"pause_wanted": False, "paused": False, "wrong_proofs": 0}
            given = {"direction": "in", "language": "ru", "state": "ended", "began_at": work.now, "ended_at": work.now}
            work.insert(Call, sid=CALL, **given, **flags)
            work.flush()
            begin_recording(work, LEG, CALL)
        receive_announcement(self.store, Announcement(SID, LEG, "completed", 3))

    def _store(self, keyring: Keyring, later: timedelta) -> Store:
        return Store.open(self.settings.database_url, keyring, clock=lambda: system_clock() + later)

    def die(self, point: str) -> None:
        """Has a process look after it that dies at this point."""
        given = {**os.environ, **environment(self.settings)}
        command = [sys.executable, "-m", "tests.recordings.dying", point, SID]
        assert subprocess.call(command, cwd=ROOT, env=given) == DEAD

    def go_on(self) -> None:
        """What a sweep does once the lease of the dead is over."""
        account = Account(ACCOUNT_SID, TOKEN, "2590")
        keeper = Keeper(self.late, TwilioRecorder(account, self.carrier.url), FolderBlobs(self.folder))
        keeper.keep(SID)

    def end(self) -> None:
        with self.store.work() as work:
            past = work.now - timedelta(seconds=1)
            work.run(update(Recording).values(destroy_at=past, due_at=past))

    def audit(self) -> list[str]:
        with self.store.reading() as work:
            found = work.rows(select(col(AuditEntry.action)).where(col(AuditEntry.subject) == SID))
        return sorted(row.action for row in found if row.action != "recording.listened")

    def files(self) -> list[str]:
        return [path.name for path in self.folder.rglob("*") if path.is_file()]

    def blob(self) -> tuple[str | None, bytes | None]:
        with self.store.reading() as work:
            row = work.row(select(table(Recording)))
        return row.blob, row.data_key

    def hear(self) -> bytes | None:
        with self.store.work() as work:
            sound = listen(work, SID, "staff:1", "review")
        return b"".join(play(FolderBlobs(self.folder), sound)) if isinstance(sound, Sound) else None

    def close(self) -> None:
        self.store.close()
        self.late.close()


@pytest.fixture
def kept(settings: Settings, keyring: Keyring, tmp_path: Path) -> Iterator[Kept]:
    create_keys(settings.keys_dir, system_clock(), development=True)
    with listening(HttpCarrier({SID: Made(LEG, SOUND)})) as carrier:
        given = {"twilio_api_base": carrier.url, "twilio_account_sid": ACCOUNT_SID, "blobs_dir": tmp_path / "blobs"}
        told = settings.model_copy(update=given | {"twilio_auth_token": SecretStr(TOKEN)})
        one = Kept(told, keyring, carrier)
        yield one
        one.close()


@pytest.mark.parametrize("point", FETCHING)
def test_killed_on_the_way_it_is_kept_once(kept: Kept, point: str) -> None:
    kept.die(point)
    kept.go_on()

    assert kept.audit() == ["recording.kept", "recording.withdrawn"]
    assert kept.files() == [kept.blob()[0]] and kept.hear() == SOUND
    assert kept.carrier.made == {}


@pytest.mark.parametrize("point", DESTROYING)
def test_killed_while_it_is_destroyed_nobody_hears_it_and_it_is_gone_in_the_end(kept: Kept, point: str) -> None:
    kept.go_on()
    kept.end()
    kept.die(point)
    assert kept.blob()[1] is None and kept.hear() is None

    kept.go_on()
    assert (kept.files(), kept.audit().count("recording.destroyed")) == ([], 1)


def test_killed_again_and_again_it_is_kept_in_the_end(kept: Kept) -> None:
    for point in ("claimed", "fetching", "stored"):
        kept.die(point)
        with kept.store.work() as work:
            work.run(update(Recording).values(due_at=work.now))
    kept.go_on()

    assert kept.audit() == ["recording.kept", "recording.withdrawn"]
    assert kept.files() == [kept.blob()[0]] and kept.hear() == SOUND
