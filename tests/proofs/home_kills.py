"""kill -9 in the middle of the ladder, of reading, of decisions and of destruction; and what must be true then."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import IO, Final

from sqlalchemy import func, select

from monitoring.answers.reading import AnswerReader
from monitoring.cases.closing import stop_case
from monitoring.cases.watched import held_case
from monitoring.invariants import broken
from store import Keyring, Store
from store.audit import AuditEntry
from store.blobs import FolderBlobs
from store.checks import Photo, PresenceCheck
from store.columns import table
from store.messages import OutboxMessage
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.monitoring.duty.desk import Desk
from tests.monitoring.photos.patient import FakePhotos, Patient
from tests.proofs.home_workers import work_off
from tests.worker.process import ROOT

ASKED, ANSWERED, DOUBTED, CLOSED = 6, 2, 3, 3
"""Patients of each kind in a round."""
LONGEST_S: Final = 0.1
LEASE: Final = timedelta(minutes=3)
"""So much later the next process comes, when nobody holds anything any more."""


@dataclass
class Ward:
    """A round of patients, each with something that is due."""

    store: Store
    clock: Clock
    blobs: Path
    rounds: int = 0
    asked: int = 0
    decided: int = 0
    destroyed: int = 0
    answered: tuple[str, ...] = ()

    def fills(self) -> None:
        """Cases past their time, doubts that are ripe, checks to be asked, answers to be read."""
        desk = Desk(self.store, self.clock)
        closed = [desk.admit(self._number(n), days=None) for n in range(CLOSED)]
        for case_id in closed:
            with self.store.work() as work:
                case = held_case(work, case_id)
                assert case is not None
                stop_case(work, case, "recovered", "well", "staff:clinician")
        self.clock.pass_by(days=41)
        doubted = [desk.admit(self._number(10 + n)) for n in range(DOUBTED)]
        self.clock.pass_by(hours=5)
        for case_id in doubted:
            desk.departure_of(case_id, timedelta(hours=4))
            desk.check_of(case_id, "missed", timedelta(hours=2))
        desk.tell()
        self.clock.pass_by(hours=24, minutes=1)
        for number in range(ASKED):
            desk.challenge(desk.admit(self._number(20 + number)))
        self.answered += tuple(self._answers(desk, 30 + number) for number in range(ANSWERED))
        self.clock.pass_by(seconds=10)
        self.rounds, self.asked = self.rounds + 1, self.asked + ASKED
        self.decided, self.destroyed = self.decided + DOUBTED, self.destroyed + CLOSED

    def _answers(self, desk: Desk, number: int) -> str:
        blobs = FolderBlobs(self.blobs)
        case_id, reader = desk.admit(self._number(number)), FakePhotos()
        counter = Counter(self.store, self.clock)
        patient = Patient(counter, blobs, reader, AnswerReader(self.store, blobs, reader), case_id)
        patient.shows()
        return patient.answers_all()

    def _number(self, number: int) -> str:
        return f"+7999{self.rounds:05}{number:02}"

    def is_done(self) -> bool:
        """Whether nothing that is due is left."""
        check = table(PresenceCheck)
        with self.store.reading() as work:
            due = select(func.count()).select_from(check).where(check.c.state.in_(("planned", "answered")))
            left = work.count(due.where(check.c.due_at <= work.now))
            return not left and self._entries("case.destroyed") == self.destroyed

    def _entries(self, action: str) -> int:
        entry = table(AuditEntry)
        with self.store.reading() as work:
            return work.count(select(func.count()).select_from(entry).where(entry.c.action == action))

    def wrong(self) -> list[str]:
        """What was done twice or never, once all is done; and whatever breaks a rule."""
        found = []
        message, check, photo = table(OutboxMessage), table(PresenceCheck), table(Photo)
        links = select(func.count()).select_from(message).where(message.c.template == "check_due")
        with self.store.reading() as work:
            told = work.count(links)
            read = work.rows(select(check.c.id, check.c.state).where(check.c.id.in_(self.answered)))
            begun = work.count(select(func.count()).select_from(photo).where(photo.c.begun_blob.is_not(None)))
            found += broken(work)
        found += [f"{told} links for {self.asked} checks"] if told != self.asked else []
        found += [f"answer {row.id} is {row.state}" for row in read if row.state not in ("passed", "failed", "unclear")]
        found += [f"{begun} photos are half drawn"] if begun else []
        for action, times in (("alert.decided", self.decided), ("case.destroyed", self.destroyed)):
            done = self._entries(action)
            found += [f"{action} {done} times, not {times}"] if done != times else []
        return found


@contextmanager
def _workers(url: str, keys_dir: Path, blobs: Path) -> Iterator[tuple[IO[str], IO[str]]]:
    words = [sys.executable, "-m", "tests.proofs.home_workers", url, str(keys_dir), str(blobs)]
    with subprocess.Popen(words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        yield process.stdin, process.stdout
        process.stdin.close()


def kill_at_home(
    url: str, keys: tuple[Keyring, Path], blobs: Path, times: int, chance: Random, tell: Callable[[int], None]
) -> list[str]:
    """Kills so often at most, two processes at a time, until all is done; what is wrong then."""
    clock, killed, wrong = Clock(), 0, list[str]()
    store = Store.open(url, keys[0], clock=clock)
    ward = Ward(store, clock, blobs)
    Desk(store, clock).put_in_force(days_ago=1)
    with _workers(url, keys[1], blobs) as (ask, told):
        ward.fills()
        while killed < times and not ward.is_done():
            killed += _kill_two(ask, told, clock, chance)
            clock.now += LEASE
            tell(killed)
        _finish(store, clock, blobs)
        wrong += ward.wrong()
    store.close()
    return wrong


def _kill_two(ask: IO[str], told: IO[str], clock: Clock, chance: Random) -> int:
    ask.write(f"{clock.now.timestamp()}\n")
    ask.flush()
    killed = 0
    for process in [int(one) for one in told.readline().split()]:
        time.sleep(chance.uniform(0, LONGEST_S))
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
        killed += 1
    assert told.readline() == "gone\n"
    return killed


def _finish(store: Store, clock: Clock, blobs: Path) -> None:
    for _ in range(3):  # what somebody died over is taken up once its lease is over
        clock.now += LEASE
        work_off(store, FolderBlobs(blobs))
