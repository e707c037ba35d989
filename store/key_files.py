"""Key files: 32 bytes as hex, for their owner alone; a development key has a mark, which production refuses."""

import os
from pathlib import Path

DEVELOPMENT = "development-"
_BYTES = 32


class KeyMissing(Exception):
    """A key that is needed is not in the keys folder."""


def write_key(path: Path, *, development: bool, note: str = "") -> None:
    """A new key (mode 0600), with a `note` in a line of its own; raises FileExistsError.

    It is there whole or not at all, since other processes may be reading the folder.
    """
    lines = [(DEVELOPMENT if development else "") + os.urandom(_BYTES).hex(), *([note] if note else [])]
    draft = path.with_suffix(f".{os.getpid()}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def read_key(path: Path, *, production: bool) -> tuple[bytes, bool, str]:
    """A key's bytes, whether it is a development key, and its note; raises KeyMissing, in words that say what to do."""
    try:
        first, _, note = path.read_text("ascii").strip().partition("\n")
    except (OSError, UnicodeDecodeError):
        raise KeyMissing(f"cannot read {path.name}: run `python -m commands.install`") from None
    development = first.startswith(DEVELOPMENT)
    if production and development:
        raise KeyMissing(f"{path.name} is a development key: replace the keys folder before real use")
    try:
        found = bytes.fromhex(first.removeprefix(DEVELOPMENT))
    except ValueError:
        found = b""
    if len(found) != _BYTES:
        raise KeyMissing(f"{path.name} does not hold {_BYTES} bytes as hex")
    return found, development, note
