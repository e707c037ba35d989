"""Gets a development machine ready, then hands over to the Procfile: what `make run` starts."""

import fcntl
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import DBAPIError

from codes.regime import read_regime
from codes.regimes import UnknownPreset, preset
from commands.install import install
from development.environment import is_free, write_environment
from development.processes import become
from settings import DEFAULT_REGIME, Settings, SettingsError, exit_with
from store.keyring import KeyMissing

PROCESSES = ("web", "worker", "valkey", "carrier", "ready")


class NotNow(Exception):
    """Something on this machine is in the way; the text says what, and what to do."""


def prepare(given: Mapping[str, str]) -> Settings:
    """Secrets, keys, tables and an order in force, each only where it is missing.

    `given` is the environment. Raises NotNow, SettingsError, KeyMissing or UnknownPreset.
    """
    var = Path(given.get("VAR") or "var")
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    _claim(var)
    number = read_regime(preset(given.get("REGIME") or DEFAULT_REGIME)).number
    write_environment(var, given, number)
    settings = Settings.load()
    _want_ports(settings)
    install(settings)
    return settings


def _claim(var: Path) -> None:
    """Holds the folder while this process, or what takes its place, lives: two services would spoil each other."""
    handle = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotNow(f"Another `make run` uses {var}: stop it, or give this one a VAR, PORT and CARRIER_PORT") from None
    os.set_inheritable(handle, True)


def _want_ports(settings: Settings) -> None:
    if settings.port == settings.carrier_port:
        raise NotNow(f"PORT and CARRIER_PORT are both {settings.port}: give each its own")
    for name, port in (("PORT", settings.port), ("CARRIER_PORT", settings.carrier_port)):
        if not is_free(port):
            raise NotNow(f"Port {port} is taken: stop what listens there, or choose another with {name}=")


def hand_over(given: Mapping[str, str], processes: Sequence[str]) -> NoReturn:
    """Becomes the runner of the processes; our own Valkey is left out where the environment names a Redis."""
    names = [name for name in processes if name != "valkey" or not given.get("REDIS_URL")]
    print(f"Starting {', '.join(names)}", flush=True)
    become(names)


def start(
    given: Mapping[str, str], processes: Sequence[str] = PROCESSES, furnish: Callable[[Settings], None] | None = None
) -> NoReturn:
    """Prepares, furnishes and hands over; what is in the way is told in one line, and the exit code is 2."""
    try:
        settings = prepare(given)
        if furnish:
            furnish(settings)
    except (NotNow, SettingsError, KeyMissing, UnknownPreset) as error:
        exit_with(str(error))
    except DBAPIError as error:
        exit_with(f"The database of DATABASE_URL does not answer: {str(error.orig).partition(chr(10))[0]}")
    hand_over(given, processes)


if __name__ == "__main__":
    start(dict(os.environ))
