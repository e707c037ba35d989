"""An application as it is being written: a page a question, kept sealed between them."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from codes.applying import Wish
from codes.fields import Field
from store import Work
from store.citizens import Draft as DraftRow
from store.phones import Telephone
from store.tokens import new_token

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was answered so far; `outcome` once it was sent."""

    id: str
    person_id: str | None = None
    """Who is on the telephone already; None is somebody new."""
    dependant: bool = False
    whom: bool = False
    """Whether it was said whom the pass is for."""
    purpose: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    more: bool = False
    """Whether it was asked what may be left out."""
    timed: bool = False
    """Whether it was asked when to begin."""
    start: str | None = None
    """ISO 8601; None is now."""
    outcome: Mapping[str, Any] = field(default_factory=dict)
    """What came of it: a pass's id, or the facts of a refusal or referral."""

    @property
    def wish(self) -> Wish:
        """As the counter takes it; `purpose` was answered."""
        start = datetime.fromisoformat(self.start) if self.start else None
        fields = {Field(name): value for name, value in self.fields.items()}
        return Wish(self.purpose or 0, fields, self.person_id, self.dependant, start)


def begin_draft(work: Work, phone: Telephone, told: Draft) -> Draft:
    """Keeps what was `told` as a new one."""
    draft = replace(told, id=new_token())
    sealed = _sealed(phone, draft)
    work.insert(DraftRow, id=draft.id, phone_id=phone.id, state_sealed=sealed, changed_at=work.now)
    return draft


def open_draft(work: Work, phone: Telephone, draft_id: str) -> Draft | None:
    """A draft of this telephone; None where there is none (any more)."""
    if not _TOKEN.fullmatch(draft_id):
        return None
    mine = col(DraftRow.id) == draft_id, col(DraftRow.phone_id) == phone.id
    row = work.row(select(col(DraftRow.state_sealed)).where(*mine))
    return Draft(**json.loads(phone.key.open(_place(draft_id), row.state_sealed))) if row else None


def keep_draft(work: Work, phone: Telephone, draft: Draft) -> None:
    """Writes what was answered."""
    mine = update(DraftRow).where(col(DraftRow.id) == draft.id, col(DraftRow.phone_id) == phone.id)
    work.run(mine, state_sealed=_sealed(phone, draft), changed_at=work.now)


def _sealed(phone: Telephone, draft: Draft) -> bytes:
    return phone.key.seal(_place(draft.id), json.dumps(asdict(draft), ensure_ascii=False))


def _place(draft_id: str) -> str:
    return f"draft.state.{draft_id}"
