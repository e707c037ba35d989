"""Lists of workers on their way: sent, read and explained, issued row by row, forgotten.

Whoever claims a list raises its count of attempts; later only that attempt may change it. A row, its pass and what the
list counts are written in one transaction, so that whoever dies leaves a row that was tried or one that was not.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, select, text, update

from codes.employers.accounts import Organisation
from codes.employers.hiring import Named
from store import Work
from store.audit import WORKER
from store.columns import table
from store.employers import Upload as UploadTable
from store.employers import UploadRow
from store.jobs import GO_ON_WITH_UPLOAD

LEASE: Final = timedelta(minutes=2)
"""Longer than going on with one takes."""
KEPT: Final = timedelta(days=1)
"""Rows lie so long after the last change."""
LONGEST: Final = timedelta(days=30)
"""So long a list waits for the next days' limits."""
A_DAY: Final = 20
"""Lists of one organisation."""
_UPLOAD, _ROW = table(UploadTable), table(UploadRow)
_ONE = update(_UPLOAD).where(_UPLOAD.c.id == bindparam("upload_id"))
_OPEN = _ONE.where(_UPLOAD.c.attempts == bindparam("attempt"), _UPLOAD.c.state.in_(("sent", "issuing")))
_CLAIM = (
    _ONE.where(_UPLOAD.c.due_at <= bindparam("now"))
    .values(due_at=bindparam("until"), attempts=_UPLOAD.c.attempts + 1)
    .returning(_UPLOAD)
)
_WAITS = text("fine AND result IS NULL")
"""As the index has it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A list and how far it is."""

    id: str
    organisation_id: str
    purpose: int
    again: bool
    state: str
    total: int
    fine: int
    issued: int
    not_issued: int
    sent_at: datetime
    changed_at: datetime
    due_at: datetime | None

    @property
    def tried(self) -> int:
        """Rows that are through."""
        return self.issued + self.not_issued


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at going on with a list, whose file it has where that was not read yet."""

    upload: Upload
    number: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A line explained: its cells as they stood there, whom it names where it is right, what is to be said about it."""

    number: int
    cells: tuple[str, ...]
    named: Named | None
    findings: tuple[tuple[str, Any], ...]
    fine: bool
    """Whether a pass is to be asked for."""
    result: str | None = None


def keep_upload(
    work: Work, found: Organisation, phone_id: str, purpose: int, content: bytes, *, again: bool = False
) -> str | None:
    """Takes in a list; its id. None where too many came today."""
    work.lock(work.keys.blind("organisation", found.id))
    mine = (_UPLOAD.c.organisation_id == found.id, _UPLOAD.c.sent_at > work.now - timedelta(days=1))
    if work.count(select(func.count()).select_from(_UPLOAD).where(*mine)) >= A_DAY:
        return None
    upload_id = work.new_id()
    work.insert(
        UploadTable,
        id=upload_id,
        organisation_id=found.id,
        by_phone=phone_id,
        purpose=purpose,
        again=again,
        state="sent",
        content_sealed=found.opened.seal_bytes(f"upload.content.{upload_id}", content),
        **dict.fromkeys(("total", "fine", "issued", "not_issued", "attempts"), 0),
        **dict.fromkeys(("sent_at", "changed_at", "due_at"), work.now),
    )
    work.audit(f"phone:{phone_id}", "upload.sent", upload_id, {"organisation": found.id, "again": again})
    work.ring(GO_ON_WITH_UPLOAD, upload_id)
    return upload_id


def find_upload(work: Work, organisation_id: str, upload_id: str) -> Upload | None:
    """A list of this organisation."""
    mine = (_UPLOAD.c.id == upload_id, _UPLOAD.c.organisation_id == organisation_id)
    row = work.row(select(_UPLOAD).where(*mine))
    return _upload(row) if row else None


def uploads_of(work: Work, organisation_id: str, most: int = 10) -> list[Upload]:
    """Its lists, the newest first."""
    mine = select(_UPLOAD).where(_UPLOAD.c.organisation_id == organisation_id)
    return [_upload(row) for row in work.rows(mine.order_by(_UPLOAD.c.id.desc()).limit(most))]


def press_issue(work: Work, found: Organisation, upload_id: str, by: str) -> bool:
    """Begins to issue what was read; False where it is not there to be issued, or was begun before."""
    read = _ONE.where(_UPLOAD.c.organisation_id == found.id, _UPLOAD.c.state == "read", _UPLOAD.c.fine > 0)
    if not work.run(read.values(state="issuing", changed_at=work.now, due_at=work.now), upload_id=upload_id):
        return False
    work.audit(by, "upload.issued", upload_id, {"organisation": found.id})
    work.ring(GO_ON_WITH_UPLOAD, upload_id)
    return True


def drop(work: Work, found: Organisation, upload_id: str, by: str) -> bool:
    """Gives a list up: what was not tried yet is not tried."""
    open_ones = _ONE.where(_UPLOAD.c.organisation_id == found.id, _UPLOAD.c.state.in_(("sent", "read", "issuing")))
    gone = {"state": "dropped", "content_sealed": None, "changed_at": work.now, "due_at": None}
    if not work.run(open_ones.values(**gone), upload_id=upload_id):
        return False
    work.audit(by, "upload.dropped", upload_id, {"organisation": found.id})
    return True


def due(work: Work, before: datetime, most: int) -> list[str]:
    """Lists that should have been gone on with before then, the oldest first."""
    late = select(_UPLOAD.c.id).where(_UPLOAD.c.due_at <= before).order_by(_UPLOAD.c.due_at).limit(most)
    return [row.id for row in work.rows(late)]


def claim(work: Work, upload_id: str) -> Attempt | None:
    """Takes a list that is due; None where it is not, or another is at it."""
    row = work.row(_CLAIM, upload_id=upload_id, now=work.now, until=work.now + LEASE)
    return Attempt(_upload(row), row.attempts, row.content_sealed) if row else None


def content_of(attempt: Attempt, found: Organisation) -> bytes:
    """The file of a list that is to be read."""
    assert attempt.content is not None, "a list that was sent has its file"
    return found.opened.open_bytes(f"upload.content.{attempt.upload.id}", attempt.content)


def hold(work: Work, attempt: Attempt) -> bool:
    """Whether the list is still this attempt's; if so nobody else changes it before the work ends."""
    return change(work, attempt, changed_at=work.now)


def begin_rows(work: Work, attempt: Attempt) -> None:
    """Takes away what somebody wrote who died over it."""
    work.run(delete(_ROW).where(_ROW.c.upload_id == attempt.upload.id))


def add_rows(work: Work, attempt: Attempt, found: Organisation, rows: Sequence[Judged]) -> None:
    """Writes a page of rows that were explained."""
    for one in rows:
        kept = json.dumps([list(one.cells), one.named.kept() if one.named else None], ensure_ascii=False)
        place = _place(attempt.upload.id, one.number)
        work.insert(
            UploadRow,
            upload_id=attempt.upload.id,
            number=one.number,
            sealed=found.opened.seal(place, kept),
            findings=json.dumps(one.findings),
            fine=one.fine,
        )


def end_reading(work: Work, attempt: Attempt, total: int, fine: int) -> None:
    """Every row is explained; a list of workers who had a pass goes on at once."""
    again = attempt.upload.again and fine > 0
    state = "issuing" if again else "read"
    read = {"state": state, "content_sealed": None, "total": total, "fine": fine, "changed_at": work.now}
    change(work, attempt, **read, due_at=work.now if again else None)
    details = {"organisation": attempt.upload.organisation_id, "rows": total, "fine": fine}
    work.audit(WORKER, "upload.read", attempt.upload.id, details)
    if again:
        work.ring(GO_ON_WITH_UPLOAD, attempt.upload.id)


def next_rows(work: Work, upload_id: str, found: Organisation, most: int) -> list[Judged]:
    """The first rows that wait for their pass."""
    waiting = select(_ROW).where(_ROW.c.upload_id == upload_id, _WAITS).order_by(_ROW.c.number).limit(most)
    return [_judged(row, found) for row in work.rows(waiting)]


def waits(work: Work, attempt: Attempt, number: int) -> bool:
    """Whether a row was not tried yet. The attempt `hold`s the list."""
    row = work.row(select(_ROW.c.result).where(_ROW.c.upload_id == attempt.upload.id, _ROW.c.number == number))
    return row is not None and row.result is None


def row_tried(work: Work, attempt: Attempt, number: int, result: str) -> None:
    """Notes what came of a row that waited. The attempt `hold`s the list."""
    mine = (_ROW.c.upload_id == attempt.upload.id, _ROW.c.number == number)
    work.run(update(_ROW).where(*mine), result=result)
    counted = {result: _UPLOAD.c[result] + 1}
    work.run(_ONE.values(**counted), upload_id=attempt.upload.id)


def change(work: Work, attempt: Attempt, **values: Any) -> bool:
    """Whether the list was still this attempt's to change."""
    return work.run(_OPEN.values(**values), upload_id=attempt.upload.id, attempt=attempt.number) > 0


def rows_of(work: Work, found: Organisation, upload: Upload, *, faulty: bool, after: int, most: int) -> list[Judged]:
    """Rows behind the line `after`, in their order; only those that need mending where `faulty`."""
    wanted = [_ROW.c.upload_id == upload.id, _ROW.c.number > after]
    if faulty:
        wanted.append(_ROW.c.fine.is_(False))
    return [_judged(row, found) for row in work.rows(select(_ROW).where(*wanted).order_by(_ROW.c.number).limit(most))]


def _judged(row: Row[Any], found: Organisation) -> Judged:
    cells, named = json.loads(found.opened.open(_place(row.upload_id, row.number), row.sealed))
    findings = tuple((code, told) for code, told in json.loads(row.findings))
    return Judged(row.number, tuple(cells), Named(**named) if named else None, findings, bool(row.fine), row.result)


def _place(upload_id: str, number: int) -> str:
    return f"upload_row.sealed.{upload_id}/{number}"


def _upload(row: Row[Any]) -> Upload:
    counts = (row.total, row.fine, row.issued, row.not_issued)
    head = (row.id, row.organisation_id, row.purpose, bool(row.again), row.state)
    return Upload(*head, *counts, row.sent_at, row.changed_at, row.due_at)
