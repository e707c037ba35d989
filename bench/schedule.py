"""The schedule of presence checks of 100,000 patients for a day, on one core."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from codes.regime import read_regime
from codes.regimes import preset
from monitoring.checks.schedule import asking_day
from store.keyring import Keyring, create_keys, read_keyring

PATIENTS = 100_000
_SEED = 16
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class ScheduleFigures:
    """Seconds for all patients; how even the load is."""

    computed_s: float
    opened_and_computed_s: float
    """With their seeds sealed, each under the key of its case."""
    checks: int
    busiest_minute: int
    mean_a_minute: float


def schedule_figures() -> ScheduleFigures:
    """Measures; some ten seconds."""
    chance, now = Random(2590), datetime.now(UTC)
    day = asking_day(read_regime(preset("tatarstan-2020")), now.date())
    seeds = [chance.randbytes(_SEED) for _ in range(PATIENTS)]
    began = time.process_time()
    times = [one for seed in seeds for one in day.times(seed)]
    computed_s = time.process_time() - began
    minutes = Counter(int((one - day.begins).total_seconds()) // _MINUTE_S for one in times)
    opened_s = _open(seeds, now)
    mean = len(times) / (day.seconds / _MINUTE_S)
    return ScheduleFigures(computed_s, computed_s + opened_s, len(times), max(minutes.values()), mean)


def _open(seeds: list[bytes], now: datetime) -> float:
    """How long it takes to unwrap a case's key and to open its seed, for all."""
    with TemporaryDirectory() as folder:
        create_keys(Path(folder), now, development=False)
        keys: Keyring = read_keyring(Path(folder), production=True)
    rows = []
    for number, seed in enumerate(seeds):
        new = keys.new_key()
        rows.append((number, new.wrapped, new.epoch, new.key.seal_bytes(f"isolation_case.seed.{number}", seed)))
    began = time.process_time()
    opened = [
        keys.unwrap(wrapped, epoch).open_bytes(f"isolation_case.seed.{number}", sealed)
        for number, wrapped, epoch, sealed in rows
    ]
    taken = time.process_time() - began
    assert opened == seeds
    return taken
