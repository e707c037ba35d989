"""A process that dies while it looks after a recording: ``python -m tests.recordings.dying POINT SID``."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from store.blobs import BlobStore, Writing
from telephony.recordings.keeping import Keeper
from telephony.recordings.recorder import Done, Failed, Fetched, Listed, Missing, Recorder, TooLong
from tools import tools

DEAD = 9
FETCHING = ("claimed", "fetching", "fetched", "stored", "withdrawing", "withdrawn")
DESTROYING = ("wiped", "deleted")


def _die() -> None:
    os._exit(DEAD)


@dataclass(frozen=True)
class DyingRecorder:
    """Dies before or after it asks, or in between two pieces."""

    point: str
    inner: Recorder

    def recordings_of(self, leg_sid: str) -> Sequence[Listed] | Failed:
        return self.inner.recordings_of(leg_sid)

    def fetch(self, sid: str, take: Callable[[bytes], object]) -> Fetched | Missing | TooLong | Failed:
        def taken(piece: bytes) -> None:
            take(piece)
            if self.point == "fetching":
                _die()

        if self.point == "claimed":
            _die()
        outcome = self.inner.fetch(sid, taken)
        if self.point == "fetched":
            _die()
        return outcome

    def withdraw(self, sid: str) -> Done | Failed:
        if self.point == "withdrawing":
            _die()
        outcome = self.inner.withdraw(sid)
        if self.point == "withdrawn":
            _die()
        return outcome

    def hold(self, leg_sid: str, *, paused: bool) -> Done | Missing | Failed:
        return self.inner.hold(leg_sid, paused=paused)


@dataclass(frozen=True)
class DyingBlobs:
    """Dies once a blob is stored, before one is deleted, or after."""

    point: str
    inner: BlobStore

    def put(self, name: str) -> AbstractContextManager[Writing]:
        return _Dying(self.inner.put(name)) if self.point == "stored" else self.inner.put(name)

    def get(self, name: str, start: int = 0) -> Iterator[bytes]:
        return self.inner.get(name, start)

    def size(self, name: str) -> int:
        return self.inner.size(name)

    def delete(self, name: str) -> None:
        if self.point == "wiped":
            _die()
        self.inner.delete(name)
        if self.point == "deleted":
            _die()


class _Dying(AbstractContextManager[Writing]):
    def __init__(self, inner: AbstractContextManager[Writing]) -> None:
        self._inner = inner

    def __enter__(self) -> Writing:
        return self._inner.__enter__()

    def __exit__(self, *error: object) -> None:
        _die()


def main(point: str, sid: str) -> None:
    keeper = tools().keeper
    Keeper(keeper.store, DyingRecorder(point, keeper.recorder), DyingBlobs(point, keeper.blobs)).keep(sid)


if __name__ == "__main__":
    main(*sys.argv[1:])
