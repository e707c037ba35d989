"""Gets a development machine ready, then hands over to the Procfile with the demo in it: what `make demo` starts."""

import os

from commands.prepare import PROCESSES, start
from development.demo.hiring import NotHere, hire
from settings import DEFAULT_REGIME, Settings, exit_with

DEMO = tuple("demo" if name == "ready" else name for name in PROCESSES)
"""The demo greets by itself."""


def main() -> None:
    """`make demo`."""
    given = dict(os.environ)
    if given.get("REGIME", DEFAULT_REGIME) != DEFAULT_REGIME:
        exit_with(f"The demo's people know {DEFAULT_REGIME} alone: leave out REGIME, or use `make run`")
    if not _is_speed(given.get("SPEED", "")):
        exit_with("SPEED is how many minutes of the day pass in a minute, a number from 1 to 10000, such as 200")
    start(given, DEMO, _hire)


def _hire(settings: Settings) -> None:
    try:
        hire(settings)
    except NotHere as error:
        exit_with(str(error))


def _is_speed(written: str) -> bool:
    return written.isascii() and written.isdigit() and 1 <= int(written) <= 10_000


if __name__ == "__main__":
    main()
