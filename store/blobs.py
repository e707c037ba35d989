"""What is too long for a row: sealed already, kept under a name that says nothing but when it was made."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

READ = 64 * 1024
_PART = ".part"


class NoBlob(Exception):
    """There is nothing under this name."""


class Writing(Protocol):
    """A blob that is being put."""

    def write(self, content: bytes) -> None:
        """Adds to it; raises OSError where there is no room."""

    def finish(self) -> None:
        """From now on it is there, whole; without this, nothing is. Raises OSError."""


class BlobStore(Protocol):
    """Blobs by name: an id as `Work.new_id` makes them, never that of a row."""

    def put(self, name: str) -> AbstractContextManager[Writing]:
        """A new blob, there once it is finished."""

    def get(self, name: str, start: int = 0) -> Iterator[bytes]:
        """What was put, from the byte `start` on, in pieces; raises NoBlob."""

    def size(self, name: str) -> int:
        """How many bytes it has; raises NoBlob."""

    def delete(self, name: str) -> None:
        """It is gone, or was; what is left of one that was not finished too."""


class FolderBlobs:
    """Files in a folder that none but us can read, in as many folders as two hex digits make."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def put(self, name: str) -> Iterator[Writing]:
        """As the protocol says. What is finished survives a loss of power."""
        path = self._path(name)
        for folder in (self._folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(_PART)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as file:
            try:
                yield _File(file, part, path)
            finally:
                with suppress(FileNotFoundError):
                    part.unlink()

    def get(self, name: str, start: int = 0) -> Iterator[bytes]:
        """As the protocol says."""
        try:
            file = open(self._path(name), "rb")  # noqa: SIM115 - whoever reads the pieces closes it
        except FileNotFoundError:
            raise NoBlob(name) from None
        file.seek(start)
        return _pieces(file)

    def size(self, name: str) -> int:
        """As the protocol says."""
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            raise NoBlob(name) from None

    def delete(self, name: str) -> None:
        """As the protocol says."""
        path = self._path(name)
        for one in (path, path.with_suffix(_PART)):
            with suppress(FileNotFoundError):
                one.unlink()

    def _path(self, name: str) -> Path:
        if not name.isalnum():
            raise ValueError("a blob's name is an id")
        return self._folder / name[-2:] / name


class _File:
    """A file that gets its name when it is whole."""

    def __init__(self, file: BinaryIO, part: Path, path: Path) -> None:
        self._file = file
        self._part = part
        self._path = path

    def write(self, content: bytes) -> None:
        self._file.write(content)

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._part.rename(self._path)
        # The name is as lasting as the folder that it stands in, and that one as the folder above.
        for folder in (self._path.parent, self._path.parent.parent):
            _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(READ):
            yield piece
