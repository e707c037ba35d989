"""Has photos read in a process of their own, which can do nothing but answer. Neither web nor worker holds OpenCV."""

import threading
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from apart.starting import NoReader, ask
from monitoring.readings import Look
from monitoring.told import most_bytes, take_looks, write_photos
from monitoring.weights import FOLDER

PATIENCE_S = 10.0
"""After this, and so much longer for each photo, the process is killed."""
_EACH_S = 5.0
_ONE_CORE: Final = MappingProxyType(
    {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1", "PYTHONUTF8": "1"}
)


class Busy(NoReader):
    """Enough photos are being read: another in a moment."""


class PhotoReader(Protocol):
    """Reads photos of faces."""

    def read(self, photos: Sequence[bytes]) -> list[Look]:
        """What each shows; raises NoReader."""


class SubprocessPhotos:
    """A process for each set of photos, with none of our environment; `folder` holds the networks."""

    def __init__(self, folder: Path = FOLDER, patience_s: float = PATIENCE_S) -> None:
        self._folder, self._patience_s = folder, patience_s

    def read(self, photos: Sequence[bytes]) -> list[Look]:
        """As the protocol says."""
        written = ask(
            ["monitoring.selfie", str(self._folder), str(len(photos))],
            write_photos(photos),
            most=most_bytes(len(photos)),
            patience_s=self._patience_s + _EACH_S * len(photos),
            environment=_ONE_CORE,
        )
        return take_looks(written, len(photos))


class OneAtATime:
    """For web processes: one set is read, one more waits for it, and whoever else comes is told so."""

    def __init__(self, reader: PhotoReader) -> None:
        self._reader, self._one, self._few = reader, threading.Lock(), threading.BoundedSemaphore(2)

    def read(self, photos: Sequence[bytes]) -> list[Look]:
        """As the protocol says; raises Busy too."""
        if not self._few.acquire(blocking=False):
            raise Busy("two are at it")
        try:
            with self._one:
                return self._reader.read(photos)
        finally:
            self._few.release()
