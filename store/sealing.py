"""Long things sealed a part at a time, so that no more than a part of them is ever in memory.

Each part is sealed for its place, its number, and whether it is the last: what was cut off, put in another order,
lengthened or moved to another row does not open.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from store.keyring import SEALED_BYTES, DataKey

PART = 64 * 1024
"""Bytes of a part, before it is sealed; the last one is shorter."""


class Sealing:
    """Seals what is written under a key of its own and hands it on to `sink`."""

    def __init__(self, key: DataKey, place: str, sink: Callable[[bytes], object]) -> None:
        self._key = key
        self._place = place
        self._sink = sink
        self._waiting = bytearray()
        self._number = 0
        self._hash = hashlib.sha256()

    def write(self, content: bytes) -> None:
        """Takes some more; raises what the sink raises."""
        self._hash.update(content)
        self._waiting += content
        while len(self._waiting) > PART:
            self._seal(bytes(self._waiting[:PART]), last=False)
            del self._waiting[:PART]

    def finish(self) -> bytes:
        """Seals the end; the SHA-256 of all that was written."""
        self._seal(bytes(self._waiting), last=True)
        return self._hash.digest()

    def _seal(self, part: bytes, *, last: bool) -> None:
        self._sink(self._key.seal_bytes(_place(self._place, self._number, last), part))
        self._number += 1


def opened(key: DataKey, place: str, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """What was sealed at `place`, a part at a time; raises Tampered where it meets what was changed."""
    number, waiting, length = 0, bytearray(), PART + SEALED_BYTES
    for some in sealed:
        waiting += some
        while len(waiting) > length:
            yield key.open_bytes(_place(place, number, last=False), bytes(waiting[:length]))
            del waiting[:length]
            number += 1
    yield key.open_bytes(_place(place, number, last=True), bytes(waiting))


def _place(place: str, number: int, last: bool) -> str:
    return f"{place}.{number}.{'last' if last else 'more'}"
