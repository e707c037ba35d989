"""A case that a clinician is about to open, or to change by a map: kept sealed from page to page."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlmodel import col

from monitoring.outlines import Outline, read_wkb, write_wkb
from store import DataKey, Work
from store.cases import CaseDraft
from store.columns import table
from store.tokens import new_token

KEPT: Final = timedelta(days=1)
"""So long after the last page."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_DRAFT = table(CaseDraft)


@dataclass(frozen=True, slots=True)
class DraftedFence:
    """An area that was chosen: its address, if one is known."""

    address: str
    wkb: str
    """As hex."""
    weak: bool

    @property
    def outline(self) -> Outline:
        """The area."""
        return read_wkb(bytes.fromhex(self.wkb))


def drafted_fence(address: str, outline: Outline, *, weak: bool) -> DraftedFence:
    """An area as drafts keep it."""
    return DraftedFence(address, write_wkb(outline).hex(), weak)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far. Moments are ISO 8601."""

    id: str = ""
    aim: str = "open"
    """``open`` a case, or of an open one move its ``home``, or allow a place ``elsewhere``."""
    case_id: str | None = None
    """Of the last two: which."""
    of_case_id: str | None = None
    number: str = ""
    """E.164."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of `codes.fields.Field`."""
    language: str = ""
    kind: str = ""
    means: str = ""
    ends_at: str = ""
    reason: str = ""
    circumstances: tuple[str, ...] = ()
    note: str = ""
    fence: DraftedFence | None = None
    found: tuple[str, ...] = ()
    """Ids of the places that the last search found."""
    consent: Mapping[str, Any] = field(default_factory=dict)
    """`monitoring.cases.consent.Agreed`."""
    rows: tuple[Mapping[str, Any], ...] = ()
    """Of a list (aim ``bulk``): its lines explained."""


def begin_draft(work: Work, told: Draft, staff_id: str) -> Draft:
    """Keeps what was `told` as a new one of somebody of the staff."""
    draft, new = replace(told, id=new_token()), work.keys.new_key()
    kept = {"id": draft.id, "data_key": new.wrapped, "epoch": new.epoch, "made_by": staff_id}
    work.insert(CaseDraft, **kept, content_sealed=_sealed(new.key, draft), changed_at=work.now)
    return draft


def open_draft(work: Work, draft_id: str, staff_id: str) -> Draft | None:
    """A draft of theirs; None where there is none (any more)."""
    row = _row(work, draft_id, staff_id)
    if row is None:
        return None
    key = work.keys.unwrap(row.data_key, row.epoch)
    said = json.loads(key.open(_place(draft_id), row.content_sealed))
    fence = DraftedFence(**said["fence"]) if said["fence"] else None
    tuples = {name: tuple(said[name]) for name in ("circumstances", "found", "rows")}
    return Draft(**{**said, **tuples, "fence": fence})


def keep_draft(work: Work, draft: Draft, staff_id: str) -> None:
    """Writes what was said; nothing where it is gone."""
    row = _row(work, draft.id, staff_id)
    if row is not None:
        sealed = _sealed(work.keys.unwrap(row.data_key, row.epoch), draft)
        work.run(update(_DRAFT).where(_DRAFT.c.id == draft.id), content_sealed=sealed, changed_at=work.now)


def drop_draft(work: Work, draft_id: str) -> None:
    """It is gone."""
    work.run(delete(_DRAFT).where(_DRAFT.c.id == draft_id))


def forget_drafts(work: Work) -> int:
    """Deletes those that nobody went on with; how many."""
    return work.run(delete(CaseDraft).where(col(CaseDraft.changed_at) < work.now - KEPT))


def _row(work: Work, draft_id: str, staff_id: str) -> Any:
    if not _TOKEN.fullmatch(draft_id):
        return None
    return work.row(select(_DRAFT).where(_DRAFT.c.id == draft_id, _DRAFT.c.made_by == staff_id))


def _sealed(key: DataKey, draft: Draft) -> bytes:
    return key.seal(_place(draft.id), json.dumps(asdict(draft), ensure_ascii=False))


def _place(draft_id: str) -> str:
    return f"case_draft.content.{draft_id}"
