"""What a second clinician of the same clinic must confirm; the database refuses the same person."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update

from monitoring.cases.clinics import Clinician, clinician
from monitoring.cases.watched import watched_case
from store import DataKey, Work
from store.cases import CaseProposal
from store.columns import table

BULK: Final = "bulk"
REOPEN: Final = "reopen"
MOST_OPEN: Final = 50
_PROPOSAL = table(CaseProposal)
_STAFF: Final = "staff:"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes; `content` is empty once it was wiped."""

    id: str
    kind: str
    case_id: str | None
    state: str
    rows: int
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    decided_by: str | None
    content: dict[str, Any]


def propose(
    work: Work, kind: str, content: dict[str, Any], by: str, *, case_id: str | None = None, rows: int = 1
) -> str:
    """Keeps what somebody proposes, sealed under a key of its own; its id."""
    proposal_id, new = work.new_id(), work.keys.new_key()
    work.insert(
        CaseProposal,
        id=proposal_id,
        kind=kind,
        case_id=case_id,
        state="proposed",
        data_key=new.wrapped,
        epoch=new.epoch,
        content_sealed=_sealed(new.key, proposal_id, content),
        rows=rows,
        proposed_at=work.now,
        proposed_by=by,
    )
    work.audit(by, "case.proposed", proposal_id, {"kind": kind, "rows": rows})
    return proposal_id


def proposals_for(work: Work, who: Clinician) -> list[Proposal]:
    """What waits for a second clinician at their clinic, the oldest first; what they proposed themselves too."""
    waiting = select(_PROPOSAL).where(_PROPOSAL.c.state == "proposed").order_by(_PROPOSAL.c.id)
    found = (row for row in work.rows(waiting) if _concerns(work, row, who))
    return [_read(work, row) for row, _ in zip(found, range(MOST_OPEN), strict=False)]


def proposal_for(work: Work, who: Clinician, proposal_id: str) -> Proposal | None:
    """A proposal of their clinic, whatever its state; held to the end of the work."""
    work.lock(work.keys.blind("case_proposal", proposal_id))
    row = work.row(select(_PROPOSAL).where(_PROPOSAL.c.id == proposal_id))
    return _read(work, row) if row and _concerns(work, row, who) else None


def reopening_of(work: Work, case_id: str) -> str | None:
    """The id of what waits to open a case again."""
    mine = select(_PROPOSAL.c.id).where(_PROPOSAL.c.case_id == case_id, _PROPOSAL.c.state == "proposed")
    row = work.row(mine)
    return str(row.id) if row else None


def settle_proposal(work: Work, proposal: Proposal, by: str, *, yes: bool, wiped: bool) -> bool:
    """A second clinician agrees or sends it back; False where it is settled, or theirs. Wiped, its content is gone."""
    if yes and proposal.proposed_by == by:
        return False
    gone = {"content_sealed": None, "data_key": None, "epoch": None} if wiped or not yes else {}
    waiting = update(_PROPOSAL).where(_PROPOSAL.c.id == proposal.id, _PROPOSAL.c.state == "proposed")
    # Who takes back what they proposed themselves decides nothing: nobody else did.
    decided = {} if proposal.proposed_by == by else {"decided_by": by}
    state, action = ("confirmed", "case.proposal_confirmed") if yes else ("sent_back", "case.proposal_sent_back")
    if not work.run(waiting.values(state=state, decided_at=work.now, **decided, **gone)):
        return False
    work.audit(by, action, proposal.id, {"kind": proposal.kind, "by": proposal.proposed_by})
    return True


def confirmed_lists(work: Work, most: int) -> list[str]:
    """Lists that were confirmed and are not through, the oldest first."""
    due = select(_PROPOSAL.c.id).where(
        _PROPOSAL.c.state == "confirmed", _PROPOSAL.c.kind == BULK, _PROPOSAL.c.content_sealed.is_not(None)
    )
    return [row.id for row in work.rows(due.order_by(_PROPOSAL.c.id).limit(most))]


def held_list(work: Work, proposal_id: str) -> Proposal | None:
    """A confirmed list that is not through; nobody else goes on with it to the end of the work."""
    work.lock(work.keys.blind("case_proposal", proposal_id))
    row = work.row(select(_PROPOSAL).where(_PROPOSAL.c.id == proposal_id))
    return _read(work, row) if row and row.state == "confirmed" and row.content_sealed else None


def keep_rest(work: Work, proposal: Proposal, rest: list[Any]) -> None:
    """Keeps what is left of a list; nothing left wipes it."""
    row = work.row(select(_PROPOSAL).where(_PROPOSAL.c.id == proposal.id))
    one = update(_PROPOSAL).where(_PROPOSAL.c.id == proposal.id)
    if not rest:
        work.run(one.values(content_sealed=None, data_key=None, epoch=None))
        return
    key = work.keys.unwrap(row.data_key, row.epoch)
    work.run(one.values(content_sealed=_sealed(key, proposal.id, {**proposal.content, "rows": rest})))


def _concerns(work: Work, row: Row[Any], who: Clinician) -> bool:
    """Whose clinic's people it is about, wherever who proposed it works by now."""
    clinic = _clinic(work, row) or clinician(work, row.proposed_by.removeprefix(_STAFF)).clinic
    return row.proposed_by == who.actor or (clinic is not None and clinic == who.clinic)


def _clinic(work: Work, row: Row[Any]) -> str | None:
    """Of a case, or of a list that waits; of a list that is settled nothing is shown any more."""
    if row.case_id is None:
        found: str | None = _read(work, row).content.get("clinic")
        return found
    case = watched_case(work, row.case_id)
    return case.clinic if case else None


def _read(work: Work, row: Row[Any]) -> Proposal:
    content: dict[str, Any] = {}
    if row.content_sealed and row.data_key:
        key = work.keys.unwrap(row.data_key, row.epoch)
        content = json.loads(key.open(f"case_proposal.content.{row.id}", row.content_sealed))
    given = {name: getattr(row, name) for name in Proposal.__slots__ if name != "content"}
    return Proposal(**given, content=content)


def _sealed(key: DataKey, proposal_id: str, content: dict[str, Any]) -> bytes:
    return key.seal(f"case_proposal.content.{proposal_id}", json.dumps(content, ensure_ascii=False))
