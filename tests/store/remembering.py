"""A blob store that remembers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from store.blobs import NoBlob, Writing


@dataclass
class MemoryBlobs:
    """Blobs in memory; `room` is what still fits, the disk is full once it is used up."""

    kept: dict[str, bytes] = field(default_factory=dict)
    room: int = 1 << 30

    @contextmanager
    def put(self, name: str) -> Iterator[Writing]:
        yield _Memory(self, name)

    def get(self, name: str, start: int = 0) -> Iterator[bytes]:
        if name not in self.kept:
            raise NoBlob(name)
        return iter([self.kept[name][start:]])

    def size(self, name: str) -> int:
        if name not in self.kept:
            raise NoBlob(name)
        return len(self.kept[name])

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class _Memory:
    def __init__(self, store: MemoryBlobs, name: str) -> None:
        self._store = store
        self._name = name
        self._written = b""

    def write(self, content: bytes) -> None:
        self._store.room -= len(content)
        if self._store.room < 0:
            raise OSError(28, "No space left on device")
        self._written += content

    def finish(self) -> None:
        self._store.kept[self._name] = self._written
