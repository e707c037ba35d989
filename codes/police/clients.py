"""Machines that ask by the API: cameras, turnstiles, taxi dispatchers. Each has a key with scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from codes.regimes import NoRegime, Terms, terms, version_in_force
from store import Work
from store.clients import ApiClient
from store.columns import labelled, table
from store.prepared import Prepared
from store.tokens import new_token, token_hash

RATE = 600
"""Requests a minute, unless another number is given."""
GUESSES = 3
"""Well-formed unknown codes a day, as for officers, unless another number is given: where the public types, say."""
MOST_GUESSES = 1000
KEY = "plk_"
"""What every key begins with, so that whoever finds one knows what it is."""
_CLIENT = table(ApiClient)
_COLUMNS = labelled(ApiClient, "client", without=("key_hash",))
_BY_KEY = Prepared(select(*_COLUMNS).where(_CLIENT.c.key_hash == bindparam("key_hash"), _CLIENT.c.revoked_at.is_(None)))
_ADMITTED = Prepared(
    select(version_in_force(bindparam("now", type_=UTCDateTime())).label("version"), *_COLUMNS).where(
        _CLIENT.c.id == bindparam("client_id")
    )
)


class Scope(StrEnum):
    """What a key opens."""

    INSPECT = "inspect"  # verdicts with what an officer sees
    TAXI = "taxi"  # valid or invalid, and nothing else
    REVOCATIONS = "revocations"  # the list of revoked passes


class ClientTrouble(ValueError):
    """The command can't be done; says why."""


@dataclass(frozen=True, slots=True)
class Client:
    """A machine, as of now."""

    id: str
    name: str
    scopes: frozenset[Scope]
    zone: str | None
    rate: int
    guesses: int
    unknown_on: str | None
    unknown_codes: int
    """On the local day `unknown_on`."""
    locked: bool
    added_at: datetime
    revoked: bool
    guesses_left: int
    """Nothing more is answered after so many."""

    @property
    def actor(self) -> str:
        """Who it is in the audit."""
        return f"client:{self.id}"

    @property
    def owner(self) -> Mapping[str, str]:
        """The column that names it in an inspection."""
        return {"client_id": self.id}

    def guess(self, work: Work, guesses: int, under: Terms) -> bool:
        """Counts `guesses` today, also those that others count at this moment; True where that locks it."""
        row = _CLIENT.c
        today = _local_day(under, work.now)
        total = case((row.unknown_on == today, row.unknown_codes), else_=0) + guesses
        values = {"unknown_codes": total, "unknown_on": today}
        counted = update(_CLIENT).where(row.id == self.id).values(values).returning(row.unknown_codes, row.locked_at)
        now = work.row(counted)
        if now.unknown_codes < self.guesses or now.locked_at is not None:
            return now.locked_at is not None
        work.run(update(_CLIENT).where(row.id == self.id), locked_at=work.now)
        work.audit("machine", "client.locked", self.id, {"unknown": now.unknown_codes})
        return True


def add_client(
    work: Work, name: str, scopes: frozenset[Scope], by: str, zone: str | None, rate: int, guesses: int
) -> str:
    """A new machine; its key, which nobody can be told again. Raises ClientTrouble."""
    if not scopes or (Scope.TAXI in scopes and len(scopes) > 1):
        raise ClientTrouble("give scopes: inspect and revocations together or alone, or taxi alone")
    if work.row(select(_CLIENT.c.id).where(_CLIENT.c.name == name)):
        raise ClientTrouble(f"there is a client {name!r} already: names are given once")
    client_id, key = work.new_id(), KEY + new_token() + new_token()
    work.insert(
        ApiClient,
        id=client_id,
        name=name,
        key_hash=token_hash(key),
        scopes=" ".join(sorted(scopes)),
        zone=zone,
        rate=rate,
        guesses=guesses,
        unknown_codes=0,
        added_at=work.now,
    )
    details = {"scopes": sorted(scopes), "zone": zone, "rate": rate, "guesses": guesses}
    work.audit(by, "client.added", client_id, details)
    return key


def client_with(work: Work, key: str) -> Client | None:
    """The machine with this key, unless the key was revoked."""
    row = work.row(_BY_KEY, key_hash=token_hash(key)) if key.startswith(KEY) else None
    return _client(row) if row else None


def admitted(work: Work, client: Client) -> tuple[Client | None, Terms]:
    """The machine as it is in this transaction, None where its key was revoked, and the order in force.

    Raises NoRegime.
    """
    row = work.row(_ADMITTED, client_id=client.id, now=work.now)
    if row.version is None:
        raise NoRegime
    under = terms(work, row.version)
    return (None if row.client_revoked_at else _client(row, _local_day(under, work.now))), under


def clients(work: Work) -> list[Client]:
    """Every machine, by name."""
    return [_client(row) for row in work.rows(select(*_COLUMNS).order_by(func.lower(_CLIENT.c.name)))]


def revoke_client(work: Work, name: str, by: str) -> bool:
    """Its key opens nothing from now on; False where there is no such machine, or it has been revoked."""
    return _change(work, name, by, "client.revoked", _CLIENT.c.revoked_at.is_(None), revoked_at=work.now)


def unlock_client(work: Work, name: str, by: str) -> bool:
    """Lets a machine go on after too many guesses; False where it is not locked."""
    return _change(work, name, by, "client.unlocked", _CLIENT.c.locked_at.is_not(None), locked_at=None, unknown_codes=0)


def _change(work: Work, name: str, by: str, action: str, condition: Any, **values: Any) -> bool:
    row = work.row(select(_CLIENT.c.id).where(_CLIENT.c.name == name, condition))
    if row is None:
        return False
    work.run(update(_CLIENT).where(_CLIENT.c.id == row.id), **values)
    work.audit(by, action, row.id)
    return True


def _local_day(under: Terms, now: datetime) -> str:
    return f"{now.astimezone(under.regime.zone):%Y-%m-%d}"


def _client(row: Row[Any], today: str | None = None) -> Client:
    counted = row.client_unknown_codes if row.client_unknown_on == today else 0
    return Client(
        row.client_id,
        row.client_name,
        frozenset(Scope(scope) for scope in row.client_scopes.split()),
        row.client_zone,
        row.client_rate,
        row.client_guesses,
        row.client_unknown_on,
        row.client_unknown_codes,
        row.client_locked_at is not None,
        row.client_added_at,
        row.client_revoked_at is not None,
        row.client_guesses - counted,
    )
