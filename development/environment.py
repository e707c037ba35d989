"""`dev.env`: the secrets a development machine makes up at its first start, and the addresses of the present start."""

import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from settings import DEVELOPMENT_SECRET

_HEAD = "# Written by `make run`; read by every process and by the command line. The environment wins over it.\n"


def write_environment(var: Path, given: Mapping[str, str], number: str) -> dict[str, str]:
    """Writes `var`/dev.env and returns what it says: secrets made up once, addresses as they are this time.

    `given` is the environment, `number` the service's number for a first start.
    """
    file = var / "dev.env"
    kept = {name: value for name, value in dotenv_values(file).items() if value} if file.exists() else {}
    values = _secrets() | {"TWILIO_NUMBER": number} | kept | _addresses(var, given)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        os.fchmod(out.fileno(), 0o600)
        out.write(_HEAD + "".join(f"{name}={value}\n" for name, value in values.items()))
    return values


def _secrets() -> dict[str, str]:
    return {
        "ENVIRONMENT": "development",
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": DEVELOPMENT_SECRET + secrets.token_hex(16),
    }


def _addresses(var: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Where things are this time. An address in the environment is written down too, for the command line's sake."""
    usual = {
        "PUBLIC_URL": f"http://localhost:{given.get('PORT') or 8000}",
        "TWILIO_API_BASE": f"http://localhost:{given.get('CARRIER_PORT') or 8001}",
        "DATABASE_URL": f"sqlite:///{var.resolve() / 'passline.db'}",
        "SMTP_URL": f"file://{var.resolve() / 'mail'}",
        "MAIL_FROM": "Passline <passes@localhost>",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}",
    }
    return {name: given.get(name) or address for name, address in usual.items()}


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether this machine lets us listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
