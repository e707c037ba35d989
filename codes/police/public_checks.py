"""Anybody asks whether a pass is good: yes with its end, or no, and nothing else. An address may not try codes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, text, update
from sqlmodel import col

from codes.passes import open_face
from codes.people import holder
from codes.police.sought import TOKEN, Sought, indexes_of, passes_found
from codes.regimes import Terms
from codes.signed.signed_pass import Unreadable
from store import Work
from store.public_checks import PublicChecks

MOST_CHECKS = 300
"""A day from one address: behind one stand a house, a school, a part of a telephone company."""
MOST_UNKNOWN = 20
"""Codes of the right form that nobody has, a day from one address."""
FORGET = timedelta(days=2)
ADDRESS = "address"
"""The kind of blind index of a network address."""
_COUNT = text(
    "INSERT INTO public_checks (day, address_index, checks, unknown) VALUES (:day, :address, 1, 0) "
    "ON CONFLICT (day, address_index) DO UPDATE SET checks = public_checks.checks + 1 "
    "RETURNING checks, unknown"
)
_GUESS = (
    update(PublicChecks)
    .where(col(PublicChecks.day) == bindparam("on"), col(PublicChecks.address_index) == bindparam("address"))
    .values(unknown=col(PublicChecks.unknown) + 1)
)
_OLD = delete(PublicChecks).where(col(PublicChecks.day) < bindparam("before"))


class Outcome(StrEnum):
    """What somebody is told."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    MISTYPED = "mistyped"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Standing:
    """`until` of a pass that is good now."""

    outcome: Outcome
    until: datetime | None = None


def check_publicly(work: Work, under: Terms, sought: Sought, address: str) -> Standing:
    """Whether what somebody at this network address holds or types is good now; counted, and audited without them."""
    day, index = _day(work, under), work.keys.blind(ADDRESS, address)
    counted = work.row(_COUNT, day=day, address=index)
    if counted.checks > MOST_CHECKS or counted.unknown >= MOST_UNKNOWN:
        return Standing(Outcome.TOO_MANY)
    if counted.checks == 1:
        _forget(work, under)
    standing, pass_id, guessed = _standing(work, sought)
    if guessed:
        work.run(_GUESS, on=day, address=index)
    work.audit("public", "pass.checked", pass_id or "unknown", {"outcome": standing.outcome})
    return standing


def count_check(work: Work, under: Terms, who: str) -> int:
    """Counts a look of somebody who is known by an id, apart from those of addresses; how many there were today."""
    found = work.row(_COUNT, day=_day(work, under), address=work.keys.blind("checks", who))
    return int(found.checks)


def _day(work: Work, under: Terms) -> str:
    return f"{work.now.astimezone(under.regime.zone):%Y-%m-%d}"


def _standing(work: Work, sought: Sought) -> tuple[Standing, str | None, bool]:
    """What is told, of which pass, and whether it was a guess."""
    if not sought.sound or sought.token is Unreadable.MALFORMED:
        return Standing(Outcome.MISTYPED), None, False
    (rows,) = passes_found(work, [sought], [indexes_of(work, sought)])
    row = _meant(work, sought, rows)
    if row is None:
        return Standing(Outcome.NOT_VALID), None, sought.kind != TOKEN
    good = row.pass_revoked_at is None and row.pass_valid_from <= work.now < row.pass_valid_until
    told = Standing(Outcome.VALID, row.pass_valid_until) if good else Standing(Outcome.NOT_VALID)
    return told, row.pass_id, False


def _meant(work: Work, sought: Sought, rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """The pass whose whole code was typed, its end date too."""
    for row in rows:
        if sought.kind == TOKEN:
            return row
        if open_face(holder(work, row).key, row.pass_id, row.pass_face_sealed).code == sought.text:
            return row
    return None


def _forget(work: Work, under: Terms) -> None:
    """An address that comes for the first time today takes the days before with it."""
    before = work.now.astimezone(under.regime.zone) - FORGET
    work.run(_OLD, before=f"{before:%Y-%m-%d}")
