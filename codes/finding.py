"""A pass by its code as somebody typed it."""

from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from codes.code import PREFIX_SIGNS, fold, read_code
from codes.passes import CODE, DESTROYED, open_face
from codes.people import PERSON, holder
from codes.regimes import Terms
from store import Work
from store.columns import labelled
from store.passes import Pass
from store.people import Person, Phone
from store.phones import PHONE

PASS_AND_PEOPLE = (
    select(*labelled(Pass, "pass"), *PERSON, *PHONE)
    .join(Person, col(Person.id) == col(Pass.person_id))
    .join(Phone, col(Phone.id) == col(Pass.phone_id))
)
"""Passes with their holders and the telephones that asked: every column of `Pass`, and `PERSON` and `PHONE`."""


class NoSuchPass(ValueError):
    """No pass has this code."""


class Mistyped(NoSuchPass):
    """No pass can have this code: its length, signs or check character are wrong."""


def find_pass(work: Work, under: Terms, typed: str) -> Row[Any]:
    """The row (as of `PASS_AND_PEOPLE`) with a code, also one of an order before; raises NoSuchPass or Mistyped.

    An end date in front of the code may be left out.
    """
    text = fold(typed)
    indexes = {work.keys.blind(CODE, one) for one in (text, text[PREFIX_SIGNS:])}
    row: Row[Any]
    for row in work.rows(PASS_AND_PEOPLE.where(col(Pass.code_index).in_(indexes))):
        face = open_face(holder(work, row).key, row.pass_id, row.pass_face_sealed)
        if face.code.endswith(text) or face == DESTROYED:
            return row
    if read_code(typed, *under.shapes).sound:
        raise NoSuchPass(f"no pass has the code {typed}")
    raise Mistyped(f"{typed} is mistyped: no code is like this")
