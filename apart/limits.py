"""What a reading process may use. Past this it gets an error or is killed, and the file counts as too large."""

import resource


def give_up_everything(memory: int, seconds: int) -> None:
    """From here on: so many bytes of addresses and so much processor time, and no new file, connection or process."""
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, 0),  # nothing is opened any more: neither a file nor a socket
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
