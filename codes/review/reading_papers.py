"""Papers as rows while they are read and when they end: which step is next, who may take it, what came of it.

Whoever claims a row raises its count of attempts; later only that attempt may change it. What was drawn counts once the
row says so; until then it is a blob that nobody has the key of. What is to be destroyed loses its key first.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update

from codes.regimes import history, terms
from codes.review.papers import Unread
from store import DataKey, Work
from store.audit import WORKER
from store.columns import table
from store.keyring import NewKey
from store.outbox import send
from store.papers import Paper
from store.passes import Application
from store.phones import phone_by_id
from store.retention import PAGE

LEASE = timedelta(minutes=2)
"""Longer than reading one takes."""
SOONEST, LATEST = timedelta(seconds=10), timedelta(hours=1)
"""Bounds of the wait before another attempt; in between it is half of the time since it came."""
DESTROYED_WITHIN = timedelta(hours=2)
"""What is past its time is looked for each hour; later something is wrong."""
"""Who acts, in the audit."""
TOLD = MappingProxyType({why: f"paper_{why}" for why in Unread})
"""The text an applicant gets, by why their paper could not be read."""
_PAPER, _APPLICATION = table(Paper), table(Application)
_ONE = update(_PAPER).where(_PAPER.c.id == bindparam("paper_id"))
_CLAIM = (
    _ONE.where(_PAPER.c.due_at <= bindparam("now"))
    .values(due_at=bindparam("until"), attempts=_PAPER.c.attempts + 1)
    .returning(_PAPER)
)
_MINE = _ONE.where(_PAPER.c.attempts == bindparam("attempt"))
_DUE = select(_PAPER.c.id).where(_PAPER.c.due_at <= bindparam("before")).order_by(_PAPER.c.due_at)


@dataclass(frozen=True, slots=True)
class Original:
    """What is to be read, and the name of the blob for its pages."""

    kind: str
    blob: str
    key: DataKey
    begun_blob: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a paper: to read it, or only to delete what is left of it."""

    id: str
    number: int
    doomed: tuple[str, ...]
    """Blobs to delete first."""
    original: Original | None = None


def due(work: Work, before: Any, most: int) -> list[str]:
    """Papers that should have been worked on before then, the oldest first."""
    return [row.id for row in work.rows(_DUE.limit(most), before=before)]


def claim(work: Work, paper_id: str) -> Attempt | None:
    """What to do with a paper; None where it is not due, or another is at it."""
    row = work.row(_CLAIM, paper_id=paper_id, now=work.now, until=work.now + LEASE)
    if row is None:
        return None
    doomed = tuple(filter(None, (row.begun_blob, row.doomed_blob)))
    if row.state != "waiting":
        return Attempt(row.id, row.attempts, doomed)
    begun = work.new_id()
    original = Original(row.kind, row.blob, work.keys.unwrap(row.data_key, row.epoch), begun)
    attempt = Attempt(row.id, row.attempts, doomed, original)
    _change(work, attempt, begun_blob=begun)
    return attempt


def pages_kept(work: Work, attempt: Attempt, key: NewKey, sizes: Sequence[tuple[int, int, int]]) -> bool:
    """The pages lie sealed in their blob: width, height and bytes of each. Whether they count by this attempt."""
    assert attempt.original is not None
    kept = _change(
        work,
        attempt,
        state="read",
        pages=json.dumps(sizes),
        settled_at=work.now,
        due_at=work.now,
        data_key=key.wrapped,
        epoch=key.epoch,
        blob=attempt.original.begun_blob,
        begun_blob=None,
        doomed_blob=attempt.original.blob,
    )
    if kept:
        work.audit(WORKER, "paper.read", attempt.id, {"pages": len(sizes)})
    return kept


def unreadable(work: Work, attempt: Attempt, why: Unread) -> bool:
    """It can't be read: it is gone, and the applicant is told what to do. Whether this attempt said so."""
    gone = {"data_key": None, "epoch": None, "blob": None, "due_at": work.now, "settled_at": work.now}
    assert attempt.original is not None
    if not _change(work, attempt, state="refused", refusal=why, doomed_blob=attempt.original.blob, **gone):
        return False
    work.audit(WORKER, "paper.refused", attempt.id, {"why": why})
    of_paper = select(_APPLICATION).join(_PAPER, _PAPER.c.application_id == _APPLICATION.c.id)
    row = work.row(of_paper.where(_PAPER.c.id == attempt.id))
    if row.state == "referred":
        phone, regime = phone_by_id(work, row.phone_id), terms(work, row.regime_version).regime
        send(work, phone, TOLD[why], phone.language or regime.default_language, {"application": row.number})
    return True


def put_off(work: Work, attempt: Attempt) -> None:
    """Another time: it was this machine's fault."""
    row = work.row(select(_PAPER.c.added_at).where(_PAPER.c.id == attempt.id))
    wait = min(max((work.now - row.added_at) / 2, SOONEST), LATEST)
    _change(work, attempt, due_at=work.now + wait)


def cleared(work: Work, attempt: Attempt) -> None:
    """What was doomed is deleted; a paper that never arrived leaves no row."""
    never = delete(_PAPER).where(_PAPER.c.id == attempt.id, _PAPER.c.state == "arriving")
    if not work.run(never):
        _change(work, attempt, begun_blob=None, doomed_blob=None, due_at=None)


def destroy_papers(work: Work) -> int:
    """Takes the keys of a page of papers whose application was decided long enough ago; how many. The blobs follow."""
    past = _past(work, timedelta())
    for paper_id in past:
        destroy_paper(work, paper_id, WORKER)
    return len(past)


def undestroyed_papers(work: Work) -> Iterator[str]:
    """Papers that are past their time and can still be decrypted."""
    return iter(_past(work, DESTROYED_WITHIN))


def _past(work: Work, since: timedelta) -> list[str]:
    """Papers whose application was decided so long ago as its order keeps records, and `since` longer."""
    over = [
        and_(
            _APPLICATION.c.regime_version == row.id,
            _APPLICATION.c.decided_at < work.now - since - timedelta(days=terms(work, row.id).regime.retention_days),
        )
        for row in history(work)
    ]
    if not over:
        return []
    kept = select(_PAPER.c.id).join(_APPLICATION, _APPLICATION.c.id == _PAPER.c.application_id)
    past = kept.where(_PAPER.c.state.in_(("waiting", "read")), or_(*over)).limit(PAGE)
    return [str(row.id) for row in work.rows(past)]


def destroy_paper(work: Work, paper_id: str, by: str) -> None:
    """Takes a paper's key now; its blob follows."""
    gone = {"data_key": None, "epoch": None, "pages": None, "blob": None}
    destroyed = _ONE.values(state="destroyed", destroyed_at=work.now, doomed_blob=_PAPER.c.blob, **gone)
    work.run(destroyed.values(due_at=work.now, attempts=_PAPER.c.attempts + 1), paper_id=paper_id)
    work.audit(by, "paper.destroyed", paper_id)


def _change(work: Work, attempt: Attempt, **values: Any) -> bool:
    """Whether the row was still this attempt's to change."""
    return work.run(_MINE.values(**values), paper_id=attempt.id, attempt=attempt.number) > 0
