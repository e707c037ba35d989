"""`python -m bench.profiling [sqlite|postgresql]`: where the time of an answer goes, without web server and network.

Processor time of this process: waiting for the disk or for PostgreSQL is not in it. Python's profiler makes many small
calls look dearer than they are: read the shares, not the milliseconds.
"""

import cProfile
import os
import pstats
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import thread_time

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.__main__ import chosen, scratch
from bench.calling import STEPS, calls_of
from bench.cases import CASES
from bench.databases import KINDS, databases
from bench.measuring import new_prefix
from bench.requests import PUBLIC_URL, Request
from bench.serving import environment
from bench.town import Town
from settings import Settings
from wsgi import create_app

ANSWERS = 420
STAGES = (
    ("signature and form", "guard.py", "admitted_form"),
    ("who is it, what is open", "meeting.py", "_met"),
    ("what does it say", "__init__.py", "understand"),
    ("decide and answer", "__init__.py", "converse"),
    ("keyed or said", "hearing.py", "hear"),
    ("words", "replies.py", "put_in_words"),
    ("document", "calls.py", "_document"),
    ("seal", "keyring.py", "seal"),
    ("open", "keyring.py", "open"),
    ("keys", "keyring.py", "unwrap"),
    ("statements, all", "prepared.py", "run_prepared"),
    ("commit", "default.py", "do_commit"),
    ("everything", "app.py", "wsgi_app"),
)
"""What is told, and the function that does it; the stages overlap."""
Row = tuple[str, float, float, float]
"""Stage, calls and milliseconds an answer, share of everything."""


def main() -> None:
    """Prints a table for each."""
    kind = chosen(sys.argv[1] if len(sys.argv) > 1 else "sqlite", KINDS)[0]
    with scratch() as folder, databases(kind, folder) as place:
        town = Town(place.fresh("profile"))
        os.environ |= environment(town.url, folder, 8000)
        app = create_app(Settings.load())
        for name, requests in _MEASURED.items():
            print(f"\n{kind} {name}", *map(_line, profile(app, requests(town))), sep="\n")
        town.close()


def profile(app: Flask, requests: Sequence[Request]) -> list[Row]:
    """The stages of the later half of some requests."""
    _post(app, requests[:ANSWERS])
    profiler = cProfile.Profile(thread_time)
    profiler.runcall(_post, app, requests[ANSWERS:])
    return stages(pstats.Stats(profiler))


def _texts(name: str, town: Town) -> list[Request]:
    case = next(case for case in CASES if case.name == name)
    return [text.request() for text in case.texts(town, new_prefix(), 2 * ANSWERS)]


def _steps(town: Town) -> list[Request]:
    calls = calls_of(town, 2 * ANSWERS // STEPS, new_prefix("CA"))
    return [call.step(step) for call in calls for step in range(STEPS)]


_MEASURED: Mapping[str, Callable[[Town], list[Request]]] = {
    "issue": partial(_texts, "issue"),
    "inspect": partial(_texts, "inspect"),
    "voice": _steps,
}


def stages(found: pstats.Stats) -> list[Row]:
    """The rows of the table."""
    timed = found.get_stats_profile().func_profiles
    rows = []
    for stage, file, name in STAGES:
        one = timed.get(name)
        if one and one.file_name.endswith(file):
            rows.append((stage, int(one.ncalls.split("/")[0]) / ANSWERS, one.cumtime / ANSWERS * 1000))
    whole = max(spent for _, _, spent in rows)
    return [(*row, row[2] / whole) for row in rows]


def _post(app: Flask, requests: Sequence[Request]) -> None:
    for one in requests:
        builder = EnvironBuilder(one.path, PUBLIC_URL, method="POST", data=one.body, headers=list(one.headers.items()))
        run_wsgi_app(app, builder.get_environ())


def _line(row: Row) -> str:
    stage, calls, spent, share = row
    return f"{stage:<26}{calls:>6.1f} calls{spent:>9.3f} ms{share:>8.0%}"


if __name__ == "__main__":
    main()
