"""kill -9 in the long run, while people at home are asked, read, decided about and forgotten."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from bench.prove_races import Outcome
from store.keyring import create_keys, read_keyring
from tests.clock import Clock
from tests.proofs.home_kills import kill_at_home


def home_kills(url: str, folder: Path, times: int, tell: Callable[[int], None]) -> Outcome:
    """So many kills; after each round nothing may be left undone or done twice, and every rule must hold."""
    create_keys(folder / "keys", Clock().now, development=True)
    keys = read_keyring(folder / "keys", production=False)
    wrong = kill_at_home(url, (keys, folder / "keys"), folder / "blobs", times, Random(2590), tell)
    return Outcome(times, wrong)
