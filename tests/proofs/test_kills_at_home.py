"""kill -9 while people at home are asked, read, decided about and forgotten: all of it happens, and once."""

from pathlib import Path
from random import Random

from store import Keyring
from tests.proofs.home_kills import kill_at_home

KILLS = 30
"""At most, on each of the two databases."""


def test_whatever_is_killed_each_patient_is_asked_read_and_decided_about_once(
    database_url: str, keyring: Keyring, keys_dir: Path, tmp_path: Path
) -> None:
    told: list[int] = []

    wrong = kill_at_home(database_url, (keyring, keys_dir), tmp_path / "blobs", KILLS, Random(2590), told.append)

    assert wrong == [] and len(told) > 1
