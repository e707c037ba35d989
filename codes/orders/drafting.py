"""Orders that are being written: each saved text is kept, and nobody overwrites what they have not seen."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update

from codes.orders.order_text import document, excess
from codes.regimes import UnknownPreset, preset
from store import Work
from store.columns import table
from store.keyring import fingerprint
from store.regimes import RegimeDraft, RegimeDraftText, RegimeProposal, RegimeVersion
from store.staff import Staff

MOST: Final = 50
"""Drafts that may stand open at once."""
_ORDERS: Final = hashlib.sha256(b"orders").digest()
_DRAFT, _TEXT, _STAFF = table(RegimeDraft), table(RegimeDraftText), table(Staff)
_VERSION, _PROPOSAL = table(RegimeVersion), table(RegimeProposal)
_NEWEST = (_TEXT.c.draft_id == _DRAFT.c.id) & (_TEXT.c.revision == _DRAFT.c.revision)
_WITH_TEXT = (
    select(_DRAFT, _TEXT.c.toml, _TEXT.c.saved_at, _STAFF.c.name.label("saved_by"))
    .join(_TEXT, _NEWEST)
    .join(_STAFF, _STAFF.c.id == _TEXT.c.saved_by)
)
_UNDECIDED = select(_PROPOSAL.c.id).where(_PROPOSAL.c.draft_id == _DRAFT.c.id, _PROPOSAL.c.decided_at.is_(None))


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its newest text."""

    id: str
    name: str
    origin: str
    revision: int
    text: str
    saved_at: datetime
    saved_by: str
    """The name of whoever saved it last."""
    ended: bool
    proposal: str | None
    """Of the proposal that waits for a decision."""


class UnknownOrigin(ValueError):
    """There is no such version, preset or draft to begin from."""


class TooMany(ValueError):
    """So many drafts stand open that one is to be thrown away first."""


def find_draft(work: Work, draft_id: str) -> Draft | None:
    """The draft of this id."""
    row = work.row(
        _WITH_TEXT.add_columns(_UNDECIDED.scalar_subquery().label("proposal")).where(_DRAFT.c.id == draft_id)
    )
    return _draft(row) if row else None


def open_drafts(work: Work) -> list[Draft]:
    """Those that are being written, the last saved first."""
    wanted = _WITH_TEXT.add_columns(_UNDECIDED.scalar_subquery().label("proposal")).where(_DRAFT.c.ended_at.is_(None))
    return [_draft(row) for row in work.rows(wanted.order_by(_TEXT.c.saved_at.desc(), _DRAFT.c.id))]


def text_of(work: Work, draft_id: str, revision: int) -> str | None:
    """A text of a draft as it was saved."""
    row = work.row(select(_TEXT.c.toml).where(_TEXT.c.draft_id == draft_id, _TEXT.c.revision == revision))
    return str(row.toml) if row else None


def earlier_texts(work: Work, draft: Draft) -> list[Row[Any]]:
    """The texts saved before the newest, the last first: revision, saved_at, saved_by (a name)."""
    columns = (_TEXT.c.revision, _TEXT.c.saved_at, _STAFF.c.name.label("saved_by"))
    mine = (_TEXT.c.draft_id == draft.id, _TEXT.c.revision < draft.revision)
    wanted = select(*columns).join(_STAFF, _STAFF.c.id == _TEXT.c.saved_by).where(*mine)
    return list(work.rows(wanted.order_by(_TEXT.c.revision.desc())))


def origin_text(work: Work, origin: str) -> str:
    """The text of ``version:3``, ``preset:moscow-2020``, ``draft:ID`` or ``text:ID:2``; raises UnknownOrigin."""
    kind, _, name = origin.partition(":")
    if kind == "preset":
        try:
            return preset(name)
        except UnknownPreset as unknown:
            raise UnknownOrigin(str(unknown)) from unknown
    draft_id, _, revision = name.partition(":")
    if kind == "text" and _is_number(revision) and (text := text_of(work, draft_id, int(revision))) is not None:
        return text
    if kind == "version" and _is_number(name):
        row = work.row(select(_VERSION.c.toml).where(_VERSION.c.id == int(name)))
        if row:
            return str(row.toml)
    if kind == "draft" and (draft := find_draft(work, name)):
        return draft.text
    raise UnknownOrigin(origin)


def start_draft(work: Work, text: str, origin: str, staff_id: str) -> str:
    """A new draft with this text, which `excess` allows; its id. Raises TooMany."""
    one_at_a_time(work)
    if len(open_drafts(work)) >= MOST:
        raise TooMany
    draft_id = work.new_id()
    given = {"id": draft_id, "origin": origin, "revision": 1, "started_at": work.now, "started_by": staff_id}
    work.insert(RegimeDraft, name=name_in(text), **given)
    _insert_text(work, draft_id, 1, text, staff_id)
    _audit(work, "regime.draft_started", draft_id, staff_id, {"origin": origin, "sha256": fingerprint(text)})
    return draft_id


def save_draft(work: Work, draft_id: str, seen: int, text: str, staff_id: str) -> bool:
    """Keeps a new text written onto the revision `seen`; False where another was saved since, or the draft ended.

    What was proposed is withdrawn: nobody approves a text they have not seen. `excess` was asked before.
    """
    if excess(text):
        raise ValueError("a text that is not kept")
    one_at_a_time(work)
    mine = (_DRAFT.c.id == draft_id, _DRAFT.c.revision == seen, _DRAFT.c.ended_at.is_(None))
    if not work.run(update(_DRAFT).where(*mine).values(revision=seen + 1, name=name_in(text))):
        return False
    _insert_text(work, draft_id, seen + 1, text, staff_id)
    _audit(work, "regime.draft_saved", draft_id, staff_id, {"revision": seen + 1, "sha256": fingerprint(text)})
    overtake(work, draft_id, staff_id)
    return True


def discard_draft(work: Work, draft_id: str, staff_id: str) -> bool:
    """Throws a draft away; False where it ended before. Its texts stay with the record."""
    one_at_a_time(work)
    if not end_draft(work, draft_id):
        return False
    overtake(work, draft_id, staff_id)
    _audit(work, "regime.draft_discarded", draft_id, staff_id, {})
    return True


def end_draft(work: Work, draft_id: str) -> bool:
    """Nobody writes on it from now on."""
    open_one = (_DRAFT.c.id == draft_id, _DRAFT.c.ended_at.is_(None))
    return bool(work.run(update(_DRAFT).where(*open_one).values(ended_at=work.now)))


def overtake(work: Work, draft_id: str, staff_id: str) -> None:
    """Withdraws what was proposed of a draft, since it says something else by now."""
    row = work.row(select(_PROPOSAL.c.id).where(_PROPOSAL.c.draft_id == draft_id, _PROPOSAL.c.decided_at.is_(None)))
    if row:
        decided = {"decided_at": work.now, "decided_by": staff_id, "decision": "overtaken"}
        work.run(update(_PROPOSAL).where(_PROPOSAL.c.id == row.id).values(**decided))
        _audit(work, "regime.proposal_overtaken", row.id, staff_id, {"draft": draft_id})


def one_at_a_time(work: Work) -> None:
    """Whoever changes a draft, proposes or decides waits for the others: a text is not changed under a decision."""
    work.lock(_ORDERS)


def name_in(text: str) -> str:
    """The order's name in a text; empty where it can't be read."""
    name = (document(text) or {}).get("name")
    return name if isinstance(name, str) else ""


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < len("1000000000")


def _insert_text(work: Work, draft_id: str, revision: int, text: str, staff_id: str) -> None:
    given = {"toml": text, "saved_at": work.now, "saved_by": staff_id}
    work.insert(RegimeDraftText, draft_id=draft_id, revision=revision, **given)


def _audit(work: Work, action: str, subject: str, staff_id: str, details: dict[str, Any]) -> None:
    work.audit(f"staff:{staff_id}", action, subject, details)


def _draft(row: Row[Any]) -> Draft:
    ended = row.ended_at is not None
    head = (row.id, row.name, row.origin, row.revision, row.toml, row.saved_at, row.saved_by)
    return Draft(*head, ended, row.proposal)
