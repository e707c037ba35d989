"""Nobody: whom destroyed cases are about. A row of `person` without a name, so that every row may still name one."""

import json
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from store import Work
from store.people import Person

NOBODY: Final = "nobody"
_LOCK: Final = b"nobody.."


def nobody(work: Work) -> str:
    """The id of that row, which is there from now on."""
    work.lock(_LOCK)
    if work.row(select(col(Person.id)).where(col(Person.id) == NOBODY)) is None:
        new = work.keys.new_key()
        sealed = new.key.seal(f"person.details.{NOBODY}", json.dumps({}))
        given = {"data_key": new.wrapped, "epoch": new.epoch, "details_sealed": sealed}
        work.insert(Person, id=NOBODY, **given, created_at=work.now, destroyed_at=work.now)
        work.flush()
    return NOBODY
