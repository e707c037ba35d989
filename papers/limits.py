"""What the reading process may use. Past this it gets an error or is killed, and the file counts as too large."""

import resource

MEMORY = 768 * 1024 * 1024
"""Bytes of address space: the libraries take 200 MB of it."""
SECONDS = 20
"""Of processor time."""


def give_up_everything() -> None:
    """From here on: so much memory and time, no new file or connection, no file to write to, no other process."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_NOFILE, 0),  # nothing is opened any more: neither a file nor a socket
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
