"""What is past its time is gone from backups too: from new ones at once, from old ones with their month's key."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import LargeBinary, make_url, select

from monitoring.cases.watched import watched_case
from monitoring.photos.showing import photo_bytes, reference_of
from store import Store
from store.blobs import BlobStore, FolderBlobs
from store.columns import table
from store.keyring import KeyMissing, create_keys, read_keyring
from store.patients import PatientWord
from store.tables import METADATA
from tests.monitoring.retention.ending import TERM, Ending

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ADDRESS, SAID = "Lenin street 1", "мне плохо"
_SHORTEST = 24
"""Bytes that nothing else begins with; longer values go over several pages."""


def backed_up(url: str, to: Path) -> Path:
    """A copy as `.backup` makes one, of every page that there is, also those that nothing uses any more."""
    with closing(sqlite.connect(make_url(url).database)) as source, closing(sqlite.connect(to)) as target:
        source.backup(target)
    return to


def sealed_values(store: Store, case_id: str) -> Iterator[bytes]:
    """The beginnings of everything sealed, and of every wrapped key, in rows of this case."""
    with store.reading() as work:
        for one in METADATA.sorted_tables:
            binary = [column.name for column in one.columns if isinstance(column.type, LargeBinary)]
            named = next((name for name in ("case_id", "id") if name in one.c), None)
            if binary and named and (named == "case_id" or one.name == "isolation_case"):
                for row in work.rows(select(one).where(one.c[named] == case_id)):
                    yield from (
                        value[:_SHORTEST]
                        for name in binary
                        if (value := getattr(row, name)) and len(value) >= _SHORTEST
                    )


def test_what_was_destroyed_stands_in_no_backup_made_afterwards(
    ending: Ending, database_url: str, tmp_path: Path, folder: Path
) -> None:
    ending.lives_through_everything()
    values = list(dict.fromkeys(sealed_values(ending.store, ending.case_id)))
    before = backed_up(database_url, tmp_path / "before.db").read_bytes()
    assert len(values) > 20 and all(value in before for value in values)

    ending.closes()
    ending.clock.now += TERM
    ending.destroy()
    ending.destroy()

    after = backed_up(database_url, tmp_path / "after.db").read_bytes()
    assert sum(value in after for value in values) == 0
    assert not ending.remains().anything_personal and not [one for one in folder.rglob("*") if one.is_file()]


def test_an_old_backup_opens_no_more_once_the_key_of_its_month_is_gone(
    ending: Ending, database_url: str, tmp_path: Path, keys_dir: Path, folder: Path
) -> None:
    ending.lives_through_everything()
    backup = f"sqlite:///{backed_up(database_url, tmp_path / 'old.db')}"
    blobs = FolderBlobs(shutil.copytree(folder, tmp_path / "old-blobs"))
    keys = shutil.copytree(keys_dir, tmp_path / "keys")
    create_keys(keys, datetime(2026, 9, 1, tzinfo=UTC), development=True)

    with_key = _read(backup, keys, blobs, ending)
    for old in keys.glob("epoch-2026-06.key"):
        old.unlink()

    assert ADDRESS in with_key and SAID in with_key
    with pytest.raises(KeyMissing):
        _read(backup, keys, blobs, ending)


def _read(url: str, keys: Path, blobs: BlobStore, ending: Ending) -> str:
    """Where the patient lives and what they said, and that their photos open."""
    opened = Store.open(url, read_keyring(keys, production=False), clock=ending.clock)
    with closing(opened) as store, store.reading() as work:
        case = watched_case(work, ending.case_id)
        assert case is not None and case.key is not None
        (word,) = work.rows(select(table(PatientWord)))
        reference = reference_of(work, case)
        assert reference is not None and photo_bytes(blobs, reference)
        return case.details.address + case.key.open(f"patient_word.words.{word.id}", word.words_sealed)
