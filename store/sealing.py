"""Long things sealed a part at a time, so that no more than a part of them is ever in memory.

Each part is sealed for its place, its number, and whether it is the last: what was cut off, put in another order,
lengthened or moved to another row does not open.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from store.blobs import BlobStore
from store.keyring import SEALED_BYTES, DataKey

PART = 64 * 1024
"""Bytes of a part, before it is sealed; the last one is shorter."""
SEALED_PART = PART + SEALED_BYTES


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


def seal_blob(blobs: BlobStore, name: str, key: DataKey, place: str, content: bytes) -> None:
    """Puts `content` into a blob, sealed; raises OSError where there is no room."""
    with blobs.put(name) as blob:
        sealing = Sealing(key, place, blob.write)
        sealing.write(content)
        sealing.finish()
        blob.finish()


def opened(key: DataKey, place: str, sealed: Iterable[bytes], number: int = 0) -> Iterator[bytes]:
    """What was sealed at `place`, a part at a time, where `sealed` begins with the part of this `number`.

    Raises Tampered where it meets what was changed.
    """
    waiting = bytearray()
    for some in sealed:
        waiting += some
        while len(waiting) > SEALED_PART:
            yield key.open_bytes(_place(place, number, last=False), bytes(waiting[:SEALED_PART]))
            del waiting[:SEALED_PART]
            number += 1
    yield key.open_bytes(_place(place, number, last=True), bytes(waiting))


def plain_size(sealed_size: int) -> int:
    """How many bytes were sealed, by how many that made; less than nothing where it was cut off."""
    return sealed_size - -(-sealed_size // SEALED_PART) * SEALED_BYTES


def _place(place: str, number: int, last: bool) -> str:
    return f"{place}.{number}.{'last' if last else 'more'}"
