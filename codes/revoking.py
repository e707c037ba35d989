"""Revoking: withdrawing somebody's live passes, and telling them in the same transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.code import show_code
from codes.finding import find_pass
from codes.passes import PASS, open_face
from codes.people import PERSON, holder
from codes.regimes import Terms, terms
from store import Work
from store.outbox import send
from store.passes import Pass
from store.people import Person
from store.phones import phone_by_id

ISOLATION = "isolation"


class NotLive(ValueError):
    """The pass is revoked or over: there is nothing to revoke."""


def revoke_passes(work: Work, person_id: str, reason: str, by: str, template: str) -> int:
    """Revokes every live pass of a person; how many there were.

    Each telephone that asked for one of them is owed one text, `template`, which names no code.
    """
    mine = select(*PERSON, *PASS).join(Person, col(Person.id) == col(Pass.person_id))
    live = (col(Pass.person_id) == person_id, col(Pass.valid_until) > work.now, col(Pass.revoked_at).is_(None))
    rows = [row for row in work.rows(mine.where(*live)) if _withdraw(work, row, reason, by)]
    for row in {row.pass_phone_id: row for row in rows}.values():
        _tell(work, row, template, {})
    return len(rows)


def revoke_by_code(work: Work, under: Terms, typed: str, reason: str, by: str) -> str:
    """Revokes the pass with this code, in any spelling; its id. Raises NoSuchPass, or NotLive where it is over."""
    row = find_pass(work, under, typed)
    if row.pass_revoked_at is not None:
        raise NotLive(f"the pass {typed} was revoked before: {row.pass_revoked_reason}")
    if row.pass_valid_until <= work.now or not _withdraw(work, row, reason, by):
        raise NotLive(f"the pass {typed} is over already")
    _tell(work, row, "revoked", {"code": _shown(work, row), "reason": reason})
    return str(row.pass_id)


def revoke_one(work: Work, pass_id: str, reason: str, by: str, template: str, fields: Mapping[str, str]) -> bool:
    """Revokes the pass of this id, and owes its telephone a text with the code; False where it is not live."""
    one = select(*PERSON, *PASS).join(Person, col(Person.id) == col(Pass.person_id)).where(col(Pass.id) == pass_id)
    row = work.row(one)
    if row is None or row.pass_valid_until <= work.now or not _withdraw(work, row, reason, by):
        return False
    _tell(work, row, template, {"code": _shown(work, row), **fields})
    return True


def _shown(work: Work, row: Row[Any]) -> str:
    face = open_face(holder(work, row).key, row.pass_id, row.pass_face_sealed)
    return show_code(face.code, terms(work, row.pass_regime_version).regime.code)


def _withdraw(work: Work, row: Row[Any], reason: str, by: str) -> bool:
    """Revokes the pass of a row with the columns `PASS`; False where somebody withdrew it first, maybe just now."""
    standing = update(Pass).where(col(Pass.id) == row.pass_id, col(Pass.revoked_at).is_(None))
    if not work.run(standing, revoked_at=work.now, revoked_reason=reason):
        return False
    work.audit(by, "pass.revoked", row.pass_id, {"reason": reason})
    return True


def _tell(work: Work, row: Row[Any], template: str, fields: Mapping[str, str]) -> None:
    """Owes the telephone that asked for the pass of a row a text."""
    regime = terms(work, row.pass_regime_version).regime
    phone = phone_by_id(work, row.pass_phone_id)
    send(work, phone, template, phone.language or regime.default_language, fields)
