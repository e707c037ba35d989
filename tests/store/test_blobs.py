"""Blobs: there whole or not at all, in files that only we can read; the folder and the one that remembers alike."""

from contextlib import suppress
from pathlib import Path

import pytest

from store.blobs import BlobStore, FolderBlobs, NoBlob
from tests.store.remembering import MemoryBlobs

NAME, OTHER = "0190c0ffee" + "1" * 14, "0190c0ffee" + "2" * 14


@pytest.fixture(params=["folder", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    return FolderBlobs(tmp_path / "blobs") if request.param == "folder" else MemoryBlobs()


def put(blobs: BlobStore, name: str, content: bytes) -> None:
    with blobs.put(name) as blob:
        blob.write(content)
        blob.finish()


def test_what_was_put_is_got_until_it_is_deleted(blobs: BlobStore) -> None:
    put(blobs, NAME, b"a" * 200_000)
    put(blobs, OTHER, b"")

    assert b"".join(blobs.get(NAME)) == b"a" * 200_000 and b"".join(blobs.get(OTHER)) == b""

    assert (blobs.size(NAME), blobs.size(OTHER)) == (200_000, 0)

    for _ in range(2):
        blobs.delete(NAME)
    for look in (blobs.get, blobs.size):
        with pytest.raises(NoBlob):
            look(NAME)
    assert list(blobs.get(OTHER)) in ([], [b""])


def test_it_is_got_from_the_middle_on(blobs: BlobStore) -> None:
    put(blobs, NAME, b"abcdef")

    assert b"".join(blobs.get(NAME, 4)) == b"ef" and b"".join(blobs.get(NAME, 6)) == b""


def test_what_was_not_finished_is_not_there(blobs: BlobStore) -> None:
    with blobs.put(NAME) as blob:
        blob.write(b"half")
    with suppress(KeyError), blobs.put(OTHER) as blob:
        blob.write(b"half")
        raise KeyError

    for name in (NAME, OTHER):
        with pytest.raises(NoBlob):
            blobs.get(name)


def test_putting_anew_is_all_or_nothing(blobs: BlobStore) -> None:
    put(blobs, NAME, b"first")
    with blobs.put(NAME) as blob:
        blob.write(b"second")
        assert b"".join(blobs.get(NAME)) == b"first"
        blob.finish()

    assert b"".join(blobs.get(NAME)) == b"second"


def test_nothing_is_there_before_anything_was_put(blobs: BlobStore) -> None:
    blobs.delete(NAME)
    with pytest.raises(NoBlob):
        blobs.get(NAME)


def test_files_and_folders_are_for_us_alone(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")
    put(blobs, NAME, b"x")

    (file,) = (tmp_path / "blobs").rglob(NAME)
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(folder.stat().st_mode & 0o077 == 0 for folder in (file.parent, file.parent.parent))


def test_what_a_killed_process_left_half_done_is_deleted_by_its_name(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    put(blobs, NAME, b"x")
    (file,) = tmp_path.rglob(NAME)
    file.rename(file.with_suffix(".part"))

    blobs.delete(NAME)

    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("name", ["../etc/passwd", "", "a/b", "a.part"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is an id"):
        FolderBlobs(tmp_path).delete(name)


def test_a_full_disk_leaves_nothing() -> None:
    blobs = MemoryBlobs(room=3)
    with pytest.raises(OSError, match="No space left"), blobs.put(NAME) as blob:
        blob.write(b"four")

    with pytest.raises(NoBlob):
        blobs.get(NAME)
