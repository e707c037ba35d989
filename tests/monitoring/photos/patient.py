"""A patient at home who is asked for a selfie, with a reader that remembers what it was given."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.answers.handing_in import HandedIn, Position, hand_in
from monitoring.answers.reading import AnswerReader
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.challenges import POSES, shots
from monitoring.photos.keeping import PhotoTrouble, keep_reference, keep_step
from monitoring.readings import FEATURES, Face, Look
from store.blobs import BlobStore
from store.checks import Photo, PresenceCheck
from store.columns import table
from tests.codes.counter import Counter

PATIENT = "phone:1"
CHALLENGE = POSES
WINDOW = timedelta(minutes=60)
JPEG = b"\xff\xd8\xff\xe0 "


def features(towards: float = 1.0) -> tuple[float, ...]:
    """A face whose likeness to `features()` is `towards`."""
    return (towards, (1 - towards**2) ** 0.5, *[0.0] * (FEATURES - 2))


FACE = Face(0.95, 120.0, 0.0, 0.0, 200.0, 0.3, features())


def looked(number: int, **changed: Any) -> Look:
    """A good photo, another for each number."""
    drawn = JPEG + b"drawn %d" % number
    return Look((), replace(FACE, **changed), int.from_bytes(hashlib.sha256(drawn).digest()), drawn)


def good_looks() -> list[Look]:
    """What an honest patient's photos show."""
    poses = {"centre": {}, "left": {"yaw": 0.6}, "right": {"yaw": -0.6}}
    burst = iter((0.3, 0.3, 0.05, 0.05, 0.3, 0.3))
    each = (poses[pose] if pose in poses else {"openness": next(burst)} for pose in shots(CHALLENGE))
    return [looked(number, **changed) for number, changed in enumerate(each)]


@dataclass
class FakePhotos:
    """Answers what it is told to, as the real one would."""

    looks: list[Look] = field(default_factory=good_looks)
    given: list[list[bytes]] = field(default_factory=list)
    fails: Exception | None = None

    def read(self, photos: Sequence[bytes]) -> list[Look]:
        self.given.append(list(photos))
        if self.fails:
            raise self.fails
        return self.looks[: len(photos)]


@dataclass(frozen=True)
class Patient:
    """Somebody at home; `case_id` is their case."""

    counter: Counter
    blobs: BlobStore
    reader: FakePhotos
    answers: AnswerReader
    case_id: str

    def case(self) -> WatchedCase:
        with self.counter.store.reading() as work:
            found = watched_case(work, self.case_id)
        assert found is not None
        return found

    def shows(self, look: Look | None = None) -> str | PhotoTrouble:
        """A reference photo is taken."""
        return keep_reference(self.counter.store, self.blobs, self.case_id, look or looked(100), "staff:1")

    def is_asked(self) -> str:
        """A check, asked now; its id."""
        with self.counter.store.work() as work:
            check_id = work.new_id()
            times = {"planned_at": work.now, "asked_at": work.now, "window_ends_at": work.now + WINDOW}
            given = {"challenge": json.dumps(CHALLENGE), "origin": "staff", "means": "link", "step": 1, "attempts": 0}
            work.insert(PresenceCheck, id=check_id, case_id=self.case_id, state="asked", **times, **given)
        return check_id

    def sends(self, check_id: str, step: int, content: bytes | None = None) -> str | PhotoTrouble:
        sent = content if content is not None else photo(step)
        return keep_step(self.counter.store, self.blobs, check_id, step, sent, PATIENT)

    def sends_all(self, check_id: str) -> None:
        for step in range(len(shots(CHALLENGE))):
            assert not isinstance(self.sends(check_id, step), PhotoTrouble)

    def hands_in(self, check_id: str, position: str = "inside") -> HandedIn:
        with self.counter.store.work() as work:
            return hand_in(work, check_id, Position(position), PATIENT)

    def answers_all(self, position: str = "inside") -> str:
        """Asked, photographed, handed in; the check's id."""
        check_id = self.is_asked()
        self.sends_all(check_id)
        assert self.hands_in(check_id, position) is HandedIn.TAKEN
        return check_id

    def check(self, check_id: str) -> Any:
        with self.counter.store.reading() as work:
            return work.row(select(table(PresenceCheck)).where(col(PresenceCheck.id) == check_id))

    def photos(self, **values: Any) -> list[Any]:
        with self.counter.store.reading() as work:
            mine = select(table(Photo)).where(*(table(Photo).c[name] == value for name, value in values.items()))
            return list(work.rows(mine.order_by(col(Photo.id))))

    def closes(self) -> None:
        """The case, without anything else of what closing does."""
        with self.counter.store.work() as work:
            work.run(update(PresenceCheck).values(state="excused", outcome="case_closed"))


def photo(number: int) -> bytes:
    """What a camera sends, as far as it is told apart by its first bytes."""
    return JPEG + b"sent %d" % number


def blobs_in(folder: Path) -> list[Path]:
    """What lies in a folder of blobs."""
    return [file for file in folder.rglob("*") if file.is_file()]
