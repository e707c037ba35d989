"""`python -m bench.profiling [sqlite|postgresql]`: where the time of a text goes, without web server and network.

Processor time of this process: waiting for the disk or for PostgreSQL is not in it. Python's profiler makes many small
calls look dearer than they are: read the shares, not the milliseconds.
"""

import cProfile
import os
import pstats
import sys
from collections.abc import Sequence
from time import thread_time

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.__main__ import chosen, scratch
from bench.cases import CASES, Case
from bench.databases import KINDS, databases
from bench.floor import PATH
from bench.measuring import new_prefix
from bench.serving import environment
from bench.texts import PUBLIC_URL, Text, signed
from bench.town import Town
from settings import Settings
from wsgi import create_app

TEXTS = 400
STAGES = (
    ("signature and form", "guard.py", "admitted_form"),
    ("who is it, what is open", "meeting.py", "meet"),
    ("what does it say", "__init__.py", "understand"),
    ("decide and answer", "__init__.py", "converse"),
    ("words", "replies.py", "put_in_words"),
    ("seal", "keyring.py", "seal"),
    ("open", "keyring.py", "open"),
    ("keys", "keyring.py", "unwrap"),
    ("statements, all", "prepared.py", "run_prepared"),
    ("commit", "default.py", "do_commit"),
    ("everything", "app.py", "wsgi_app"),
)
"""What is told, and the function that does it; the stages overlap."""
Row = tuple[str, float, float, float]
"""Stage, calls a text, milliseconds a text, share of everything."""


def main() -> None:
    """Prints a table for issue and for inspect."""
    kind = chosen(sys.argv[1] if len(sys.argv) > 1 else "sqlite", KINDS)[0]
    with scratch() as folder, databases(kind, folder) as place:
        town = Town(place.fresh("profile"))
        os.environ |= environment(town.url, folder, 8000)
        app = create_app(Settings.load())
        for case in (case for case in CASES if case.name in ("issue", "inspect")):
            print(f"\n{kind} {case.name}", *map(_line, profile(app, town, case)), sep="\n")
        town.close()


def profile(app: Flask, town: Town, case: Case) -> list[Row]:
    """The stages of a case's texts."""
    texts = case.texts(town, new_prefix(), 2 * TEXTS)
    _post(app, texts[:TEXTS])
    profiler = cProfile.Profile(thread_time)
    profiler.runcall(_post, app, texts[TEXTS:])
    return stages(pstats.Stats(profiler))


def stages(found: pstats.Stats) -> list[Row]:
    """The rows of the table."""
    timed = found.get_stats_profile().func_profiles
    rows = []
    for stage, file, name in STAGES:
        one = timed.get(name)
        if one and one.file_name.endswith(file):
            rows.append((stage, int(one.ncalls.split("/")[0]) / TEXTS, one.cumtime / TEXTS * 1000))
    whole = max(spent for _, _, spent in rows)
    return [(*row, row[2] / whole) for row in rows]


def _post(app: Flask, texts: Sequence[Text]) -> None:
    for text in texts:
        signature, body = signed(text)
        headers = [("X-Twilio-Signature", signature)]
        form = "application/x-www-form-urlencoded"
        builder = EnvironBuilder(PATH, PUBLIC_URL, method="POST", data=body, content_type=form, headers=headers)
        run_wsgi_app(app, builder.get_environ())


def _line(row: Row) -> str:
    stage, calls, spent, share = row
    return f"{stage:<26}{calls:>6.1f} calls{spent:>9.3f} ms{share:>8.0%}"


if __name__ == "__main__":
    main()
