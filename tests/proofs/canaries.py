"""Values planted in a day's work, every spelling one may find them in, and places to look."""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from redis import Redis
from sqlalchemy import make_url

from store.jobs import Ring
from tests.servers import PostgreSQL

_DIGITS = re.compile(r"\d+")
_ZEROS = re.compile(rb"\0{64,}")
_SHORTEST = 6
"""Shorter pieces are found anywhere by chance."""


def spellings(value: str) -> dict[str, bytes]:
    """The value as bytes, by how it is written; those that are too short to mean it are left out."""
    texts = {"as it is": value, "in capitals": value.upper(), "in small letters": value.casefold()}
    texts["escaped"] = value.encode("unicode_escape").decode()
    digits = "".join(_DIGITS.findall(value))
    if len(digits) >= _SHORTEST and len(digits) >= len(value) - 5:
        texts |= _numbers(digits)
    if "-" in value:
        texts["without dashes"] = value.replace("-", "")
    written = {
        f"{how}, {name}": text.encode(name)
        for how, text in texts.items()
        for name in ("utf-8", "utf-16-le", "utf-16-be")
    }
    more: dict[str, bytes] = {}
    for how, raw in written.items():
        if how.endswith("utf-8"):
            more |= {f"{how}, {name}": one for name, one in coded(raw)}
    return {how: raw for how, raw in (written | more).items() if len(raw) >= _SHORTEST}


def _numbers(digits: str) -> dict[str, str]:
    national = digits[1:] if len(digits) == 11 else digits
    grouped = (national[:3], national[3:6], national[6:8], national[8:])
    return {
        "digits": digits,
        "national": national,
        "with an eight": f"8{national}",
        "with spaces": " ".join(grouped),
        "with dashes": "-".join(grouped),
        "as a passport": f"{digits[:4]} {digits[4:]}",
        "as a passport in four": f"{digits[:2]} {digits[2:4]} {digits[4:]}",
        "backwards": digits[::-1],
    }


def coded(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes as text that stands for them, by its name."""
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    yield "percent", "".join(f"%{byte:02X}" for byte in raw).encode()
    for start in range(3):  # base64 looks different at each place in its groups of three
        whole = base64.b64encode(bytes(start) + raw)[4 if start else 0 :]
        yield f"base64 from {start}", whole[: len(whole) // 4 * 4 - 4]


def found_in(places: Mapping[str, bytes], planted: Sequence[str]) -> list[str]:
    """Each planted value that stands in a place, with its spelling."""
    sought = {(value, how): raw for value in planted for how, raw in spellings(value).items()}
    return [
        f"{value} ({how}) in {place}"
        for place, content in places.items()
        for (value, how), raw in sought.items()
        if raw in content
    ]


def database(url: str, var: Path) -> dict[str, bytes]:
    """Every row as text, and the files themselves where there are files."""
    if url.startswith("sqlite"):
        file = Path(str(make_url(url).database))
        with closing(sqlite.connect(file)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: _joined(connection.execute(f'SELECT * FROM "{name}"')) for name in names}
        return rows | {one.name: one.read_bytes() for one in file.parent.glob(f"{file.name}*")}
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: _copied(connection, name) for (name,) in names}


def _joined(rows: Iterable[tuple[object, ...]]) -> bytes:
    values = (value for row in rows for value in row)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def _copied(connection: psycopg.Connection, name: str) -> bytes:
    """A table twice: as text, whose bytes columns are hex, and as the bytes are."""
    found = b""
    for how in ("text", "binary"):
        with connection.cursor() as cursor, cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT {how})'.encode()) as copy:
            found += b"".join(bytes(block) for block in copy)
    return found


@dataclass
class Bell:
    """A doorbell that remembers what jobs are asked for with."""

    rings: list[Ring] = field(default_factory=list)

    def ring(self, rings: Sequence[Ring]) -> None:
        self.rings.extend(rings)


def cluster(request: pytest.FixtureRequest, database_url: str) -> dict[str, bytes]:
    """The files of the cluster that a test's database lies in; none where it is a file itself."""
    if database_url.startswith("sqlite"):
        return {}
    postgresql: PostgreSQL = request.getfixturevalue("postgresql")
    return cluster_files(postgresql.folder, database_url)


def cluster_files(folder: Path, url: str) -> dict[str, bytes]:
    """A database's files in its cluster's folder, the cluster's write-ahead log and log; without runs of zeros."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert row is not None
    wanted = [*folder.rglob(f"base/{row[0]}/*"), *folder.rglob("pg_wal/*"), folder / "log"]
    return {str(one.relative_to(folder)): _ZEROS.sub(b"", one.read_bytes()) for one in wanted if one.is_file()}


def queue(url: str, folder: Path) -> dict[str, bytes]:
    """Every key of a Valkey with its value, and its whole memory as a file."""
    with Redis.from_url(url) as redis:
        redis.config_set("rdbcompression", "no")
        redis.save()
        keys = list(redis.scan_iter())
        values = {f"key {key!r}": key + b"\n" + _value(redis, key) for key in keys}
    return values | {"the snapshot": (folder / "dump.rdb").read_bytes()}


def _value(redis: Redis, key: bytes) -> bytes:
    value: object
    match redis.type(key):
        case b"string":
            value = redis.get(key)
        case b"hash":
            value = redis.hgetall(key)
        case b"list":
            value = redis.lrange(key, 0, -1)
        case b"set":
            value = redis.smembers(key)
        case b"zset":
            value = redis.zrange(key, 0, -1)
        case _:
            value = redis.xrange(key)
    return value if isinstance(value, bytes) else repr(value).encode()


def files(folder: Path, but: Sequence[str] = ()) -> dict[str, bytes]:
    """Every file under a folder: logs, temporary files."""
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file() and one.name not in but}
