"""Whom an organisation named, and whether a pass that it asked for lives: all that it may see of a worker."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, Row, bindparam, select, update

from codes.employers.accounts import Organisation, find_organisation
from codes.employers.hiring import ENDED, Named
from codes.revoking import revoke_one
from store import Work
from store.columns import table
from store.employers import Employment
from store.passes import Pass

LEFT: Final = "left"
"""Why a pass was withdrawn: its holder's employer says that they left."""
ENDS_SOON: Final = timedelta(days=3)
_SEARCHED: Final = 1000
"""Rows opened at a time."""
_JOB, _PASS = table(Employment), table(Pass)
_LIVES = (_JOB.c.organisation_id == bindparam("organisation_id"), _JOB.c.ended_at.is_(None))
_SHOWN = select(_JOB, _PASS.c.valid_until, _PASS.c.valid_from, _PASS.c.revoked_at, _PASS.c.purpose).outerjoin(
    _PASS, _PASS.c.id == _JOB.c.pass_id
)
_LIST = _SHOWN.where(*_LIVES, _JOB.c.id > bindparam("after")).order_by(_JOB.c.id).limit(bindparam("most"))
_INDEXES: BindParameter[Any] = bindparam("indexes", expanding=True)
_KNOWN = _SHOWN.where(*_LIVES, _JOB.c.document_index.in_(_INDEXES))
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_CHOSEN = _SHOWN.where(*_LIVES, _JOB.c.id.in_(_IDS)).order_by(_JOB.c.id)


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as the organisation sees them. `state`: live, over, withdrawn, or none where no pass was issued."""

    id: str
    named: Named
    state: str
    valid_until: datetime | None
    index: bytes

    def ends_soon(self, now: datetime) -> bool:
        """Whether a pass ran out or soon will; one that was withdrawn is not asked for again by itself."""
        return self.valid_until is not None and self.state != "withdrawn" and self.valid_until < now + ENDS_SOON


@dataclass(frozen=True, slots=True)
class Employed:
    """For the worker: an organisation that asked for passes for them."""

    organisation_id: str
    name: str
    added_at: datetime
    tried_at: datetime
    ended_at: datetime | None


def document_index(work: Work, organisation_id: str, document: str) -> bytes:
    """By which a worker is found again within one organisation, and in no other."""
    return work.keys.blind("employment", f"{organisation_id}/{document}")


def workers(work: Work, found: Organisation, after: str = "", most: int = 50) -> list[Worker]:
    """Those it has, behind the id `after`, in the order they were named."""
    rows = work.rows(_LIST, organisation_id=found.id, after=after, most=most)
    return [_worker(row, found, work.now) for row in rows]


def all_workers(work: Work, found: Organisation) -> Iterator[Worker]:
    """All of them, opened a page at a time."""
    after = ""
    while page := workers(work, found, after, _SEARCHED):
        yield from page
        after = page[-1].id


def search(work: Work, found: Organisation, wanted: str, most: int = 50) -> list[Worker]:
    """Those whose name has every word of `wanted`, or whose document ends in it."""
    words = wanted.casefold().replace("ё", "е").split()
    tail = "".join(wanted.split()).upper()
    matching = (
        one
        for one in all_workers(work, found)
        if words and (one.named.document.endswith(tail) or all(word in _plain(one.named.name) for word in words))
    )
    return [one for one, _ in zip(matching, range(most), strict=False)]


def _plain(name: str) -> str:
    return name.casefold().replace("ё", "е")


def known_workers(work: Work, found: Organisation, indexes: Collection[bytes]) -> dict[bytes, Worker]:
    """By their documents' indexes, those it has already."""
    rows = work.rows(_KNOWN, organisation_id=found.id, indexes=list(indexes))
    return {row.document_index: _worker(row, found, work.now) for row in rows}


def chosen_workers(work: Work, found: Organisation, ids: Sequence[str]) -> list[Worker]:
    """Of these ids those that are its own."""
    rows = work.rows(_CHOSEN, organisation_id=found.id, ids=list(ids))
    return [_worker(row, found, work.now) for row in rows]


def keep_employment(
    work: Work, found: Organisation, named: Named, *, person_id: str | None, pass_id: str | None, message_id: str | None
) -> None:
    """Notes a worker and what came of asking. A pass asked for before stays theirs where there is no new one."""
    index = document_index(work, found.id, named.document)
    kept: dict[str, Any] = {"tried_at": work.now, "result": "issued" if pass_id else "not_issued"}
    for name, value in (("pass_id", pass_id), ("person_id", person_id), ("message_id", message_id)):
        if value:
            kept[name] = value
    row = work.row(select(_JOB.c.id).where(*_LIVES, _JOB.c.document_index == index), organisation_id=found.id)
    employment_id = row.id if row else work.new_id()
    kept["details_sealed"] = found.opened.seal(_place(employment_id), json.dumps(named.kept(), ensure_ascii=False))
    if row:
        work.run(update(_JOB).where(_JOB.c.id == employment_id).values(**kept))
        return
    given = {"organisation_id": found.id, "document_index": index, "added_at": work.now}
    work.insert(Employment, id=employment_id, **given, **kept)


def end(work: Work, found: Organisation, ids: Sequence[str], by: str) -> int:
    """These workers left: their passes are withdrawn, they are told, what was said of them is wiped; how many."""
    ended = [one for one in chosen_workers(work, found, ids) if _end_one(work, found, one.id, by)]
    return len(ended)


def _end_one(work: Work, found: Organisation, employment_id: str, by: str) -> bool:
    mine = update(_JOB).where(_JOB.c.id == employment_id, _JOB.c.ended_at.is_(None))
    if not work.run(mine, ended_at=work.now, details_sealed=None):
        return False
    row = work.row(select(_JOB.c.pass_id).where(_JOB.c.id == employment_id))
    if row.pass_id:
        revoke_one(work, row.pass_id, LEFT, by, ENDED, {"organisation": found.name})
    work.audit(by, "employment.ended", employment_id, {"organisation": found.id})
    return True


def employments_of(work: Work, person_id: str) -> list[Employed]:
    """Who asked for passes for this person as their employer, for what they are told that we hold."""
    mine = select(_JOB).where(_JOB.c.person_id == person_id).order_by(_JOB.c.id)
    return [
        Employed(asking.id, asking.name, row.added_at, row.tried_at, row.ended_at)
        for row in work.rows(mine)
        if (asking := find_organisation(work, row.organisation_id))
    ]


def _worker(row: Row[Any], found: Organisation, now: datetime) -> Worker:
    named = Named(**json.loads(found.opened.open(_place(row.id), row.details_sealed)))
    if row.valid_until is None:
        state = "none"
    elif row.revoked_at is not None:
        state = "withdrawn"
    else:
        state = "live" if row.valid_until > now else "over"
    return Worker(row.id, named, state, row.valid_until, row.document_index)


def _place(employment_id: str) -> str:
    return f"employment.details.{employment_id}"
