"""A store after a month of use: hundreds of thousands of people, two passes each, kept from one run to the next.

Every row is what the service's own functions make; only the writing is in bulk.
"""

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from os import geteuid
from pathlib import Path

from bench.databases import Cluster, Databases, SQLiteFiles, file_of
from bench.gathering import Gathering, write
from bench.town import REGIME, VAR, Town, code_of, settle
from codes.regimes import in_force, preset
from store import migrations
from store.keyring import fingerprint
from store.work import system_clock
from tests.servers import PostgreSQL

PEOPLE = 500_000
"""With two passes each."""
_BATCH = 5_000
_OLDEST, _NEWEST = timedelta(days=30), timedelta(days=2)
_PROCESSES = 2
_NAME = "filled"


@dataclass(frozen=True, slots=True)
class Filled:
    """A place for databases, and one there that is full."""

    databases: Databases
    url: str


def number_of(place: int) -> str:
    """The telephone of one of the people."""
    return f"+78{place:09d}"


@contextmanager
def filled(kind: str, folder: Path, people: int = PEOPLE) -> Iterator[Filled]:
    """A full database to spoil; `VAR` keeps an untouched copy for the next run, while the tables stay the same."""
    kept = VAR / f"filled-{people}-{_made_by()}.{kind}"
    if kind == "sqlite":
        yield _filled_file(kept, folder, people)
        return
    server = PostgreSQL(durable=True)
    if kept.exists():
        _bring(kept, server)
    with server:
        cluster = Cluster(server)
        if not cluster.has(_NAME):
            _fill(cluster, cluster.fresh(_NAME), people)
            server.stop()
            _keep(server.folder / "cluster", kept)
            server.start()
        yield Filled(cluster, cluster.url(_NAME))


def _made_by() -> str:
    """What a kept store depends on: the tables, and the order in force."""
    versions = sorted((Path(migrations.__file__).parent / "versions").glob("*.py"))
    return fingerprint("".join(file.read_text("utf-8") for file in versions) + preset(REGIME))[:12]


def _filled_file(kept: Path, folder: Path, people: int) -> Filled:
    files = SQLiteFiles(folder)
    if kept.exists():
        shutil.copy(kept, folder / f"{_NAME}.db")
        return Filled(files, files.url(_NAME))
    url = files.fresh(_NAME)
    _fill(files, url, people)
    shutil.copy(file_of(url), kept.with_suffix(".part"))
    kept.with_suffix(".part").rename(kept)
    return Filled(files, url)


def _keep(cluster: Path, kept: Path) -> None:
    part = kept.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(cluster, part)
    part.rename(kept)


def _bring(kept: Path, server: PostgreSQL) -> None:
    """Puts the kept cluster in the place of the new one; when root, it belongs to the user the server runs as."""
    cluster = server.folder / "cluster"
    shutil.rmtree(cluster)
    shutil.copytree(kept, cluster)
    if geteuid() == 0:
        for path in (cluster, *cluster.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")


def _fill(place: Databases, url: str, people: int) -> None:
    print(f"{place.kind}: writing {people:,} people and {2 * people:,} passes, once", flush=True)
    Town(url).close()
    batches = range(0, people, _BATCH)
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as processes:
        for done, _ in enumerate(processes.map(_Batch(url, people), batches), 1):
            if done % 20 == 0:
                print(f"  {done / len(batches):.0%}", flush=True)
    place.settle(url)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Writes the people from a place on."""

    url: str
    people: int

    def __call__(self, first: int) -> None:
        town = Town(self.url)
        with town.store.reading() as reading:
            under = in_force(reading)
        work = Gathering(town.store)
        began = system_clock()
        for place in range(first, min(first + _BATCH, self.people)):
            work.now = began - _OLDEST + (_OLDEST - _NEWEST) * (place / self.people)
            one = settle(work, number_of(place), f"93{place:08d}")
            code_of(work, under, one, 8)
            work.now += timedelta(hours=2)
            code_of(work, under, one, 7)
        write(self.url, work.take())
        town.close()
