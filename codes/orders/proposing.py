"""Two administrators put an order in force: one proposes a text and its start, another approves that very text.

The database refuses an approval by whoever proposed, too. A planned version is withdrawn in the same way; in an
emergency by one alone, whose name and reason stand where every administrator sees them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, select, update

from codes.orders.drafting import Draft, end_draft, find_draft, one_at_a_time, text_of
from codes.regimes import activate, version_text, withdraw
from store import Work
from store.columns import table
from store.keyring import fingerprint
from store.regimes import RegimeProposal, RegimeVersion
from store.staff import Staff

LONGEST_REASON: Final = 500
FARTHEST: Final = timedelta(days=366)
"""How far ahead an order may be planned."""
_PROPOSAL, _VERSION = table(RegimeProposal), table(RegimeVersion)
_PROPOSER, _DECIDER = table(Staff).alias("proposer"), table(Staff).alias("decider")
_NAMED = (
    select(_PROPOSAL, _PROPOSER.c.name.label("proposer"), _DECIDER.c.name.label("decider"))
    .join(_PROPOSER, _PROPOSER.c.id == _PROPOSAL.c.proposed_by)
    .outerjoin(_DECIDER, _DECIDER.c.id == _PROPOSAL.c.decided_by)
)


class Answer(StrEnum):
    """What became of what somebody asked."""

    DONE = "done"
    FLAWED = "flawed"  # something is to be put right first
    CHANGED = "changed"  # the draft says something else by now
    PAST = "past"  # the start is gone by
    FAR = "far"  # the start is too far ahead
    PROPOSED = "proposed"  # somebody proposed it before
    DECIDED = "decided"  # somebody decided before
    OWN = "own"  # whoever proposed does not approve
    ENDED = "ended"  # there is no such draft any more, or the version began


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one asks another to do; `proposer` and `decider` are names."""

    id: str
    draft_id: str | None
    revision: int | None
    sha256: str
    withdraws: int | None
    starts_at: datetime | None
    because: str
    proposed_at: datetime
    proposed_by: str
    proposer: str
    decided_at: datetime | None
    decider: str | None
    decision: str | None
    reason: str
    version: int | None


def find_proposal(work: Work, proposal_id: str) -> Proposal | None:
    """The proposal of this id."""
    row = work.row(_NAMED.where(_PROPOSAL.c.id == proposal_id))
    return _proposal(row) if row else None


def open_proposals(work: Work) -> list[Proposal]:
    """Those that wait for a decision, the oldest first."""
    return [
        _proposal(row) for row in work.rows(_NAMED.where(_PROPOSAL.c.decided_at.is_(None)).order_by(_PROPOSAL.c.id))
    ]


def proposals_of(work: Work, draft_id: str) -> list[Proposal]:
    """All there were of a draft, the newest first."""
    rows = work.rows(_NAMED.where(_PROPOSAL.c.draft_id == draft_id).order_by(_PROPOSAL.c.id.desc()))
    return [_proposal(row) for row in rows]


def approvals(work: Work) -> dict[int, Proposal]:
    """By version, the proposal that put it in force."""
    rows = work.rows(_NAMED.where(_PROPOSAL.c.version.is_not(None)))
    return {row.version: _proposal(row) for row in rows}


def withdrawn_by_two(work: Work) -> frozenset[int]:
    """The versions whose withdrawal somebody proposed and another approved."""
    approved = (_PROPOSAL.c.withdraws.is_not(None), _PROPOSAL.c.decision == "approved")
    return frozenset(row.withdraws for row in work.rows(select(_PROPOSAL.c.withdraws).where(*approved)))


def proposed_text(work: Work, proposal: Proposal) -> str:
    """The frozen text it is about."""
    if proposal.draft_id is None or proposal.revision is None:
        return version_text(work, proposal.withdraws or 0)
    return text_of(work, proposal.draft_id, proposal.revision) or ""


def propose(work: Work, draft_id: str, revision: int, starts_at: datetime | None, flawless: str, by: str) -> Answer:
    """Asks another administrator to put the draft in force, at once for None.

    `flawless` is the SHA-256 of the text in which proof-reading found nothing; `by` an id of the staff.
    """
    one_at_a_time(work)
    draft = find_draft(work, draft_id)
    if draft is None or draft.ended:
        return Answer.ENDED
    if refusal := _unfit(work, draft, revision, starts_at, flawless):
        return refusal
    if draft.proposal:
        return Answer.PROPOSED
    sha256, proposal_id = fingerprint(draft.text), work.new_id()
    given = {"id": proposal_id, "sha256": sha256, "proposed_at": work.now, "proposed_by": by}
    work.insert(
        RegimeProposal, draft_id=draft_id, revision=revision, starts_at=starts_at, because="", reason="", **given
    )
    start = starts_at.isoformat() if starts_at else "at once"
    _audit(work, "regime.proposed", proposal_id, by, {"draft": draft_id, "sha256": sha256, "starts_at": start})
    return Answer.DONE


def approve(work: Work, proposal_id: str, flawless: str, by: str) -> Answer:
    """Does what somebody else proposed. `flawless`: as in `propose`, or empty for a withdrawal."""
    one_at_a_time(work)
    proposal = find_proposal(work, proposal_id)
    if proposal is None or proposal.decision:
        return Answer.DECIDED
    if proposal.proposed_by == by:
        _audit(work, "regime.approval_refused", proposal_id, by, {"why": "proposed it themselves"})
        return Answer.OWN
    if proposal.withdraws is not None:
        return _approve_withdrawal(work, proposal, by)
    draft = find_draft(work, proposal.draft_id or "")
    if draft is None or draft.ended or fingerprint(draft.text) != proposal.sha256:
        return Answer.CHANGED
    if refusal := _unfit(work, draft, draft.revision, proposal.starts_at, flawless):
        return refusal
    if not _decide(work, proposal, by, "approved", ""):
        return Answer.DECIDED
    version = activate(work, draft.text, proposal.starts_at or work.now, f"staff:{by}")
    work.run(update(_PROPOSAL).where(_PROPOSAL.c.id == proposal_id).values(version=version))
    end_draft(work, draft.id)
    return Answer.DONE


def send_back(work: Work, proposal_id: str, reason: str, by: str) -> Answer:
    """Does not approve, and says why. Whoever proposed takes it back so too."""
    one_at_a_time(work)
    proposal = find_proposal(work, proposal_id)
    if proposal is None:
        return Answer.DECIDED
    decision = "retracted" if proposal.proposed_by == by else "sent_back"
    return Answer.DONE if _decide(work, proposal, by, decision, reason) else Answer.DECIDED


def propose_withdrawal(work: Work, version: int, because: str, by: str) -> Answer:
    """Asks another administrator to withdraw a planned version before it starts."""
    one_at_a_time(work)
    row = planned(work, version)
    if row is None:
        return Answer.ENDED
    if any(one.withdraws == version for one in open_proposals(work)):
        return Answer.PROPOSED
    proposal_id, sha256 = work.new_id(), fingerprint(row.toml)
    given = {"id": proposal_id, "sha256": sha256, "proposed_at": work.now, "proposed_by": by, "reason": ""}
    work.insert(RegimeProposal, withdraws=version, because=because, **given)
    _audit(work, "regime.withdrawal_proposed", proposal_id, by, {"version": version})
    return Answer.DONE


def withdraw_alone(work: Work, version: int, because: str, by: str) -> Answer:
    """Withdraws a planned version at once, by one person alone, for emergencies."""
    one_at_a_time(work)
    if not withdraw(work, version, because, f"staff:{by}", alone=True):
        return Answer.ENDED
    for one in open_proposals(work):
        if one.withdraws == version:
            _decide(work, one, by, "overtaken", because)
    return Answer.DONE


def planned(work: Work, version: int) -> Row[Any] | None:
    """The version, where it is planned and not withdrawn."""
    ahead = (_VERSION.c.id == version, _VERSION.c.starts_at > work.now, _VERSION.c.withdrawn_at.is_(None))
    row: Row[Any] | None = work.row(select(_VERSION).where(*ahead))
    return row


def _unfit(work: Work, draft: Draft, revision: int, starts_at: datetime | None, flawless: str) -> Answer | None:
    """Why this text can't be put in force then."""
    if draft.revision != revision:
        return Answer.CHANGED
    if fingerprint(draft.text) != flawless:
        return Answer.FLAWED
    if starts_at is not None and starts_at < work.now:
        return Answer.PAST
    return Answer.FAR if starts_at is not None and starts_at > work.now + FARTHEST else None


def _approve_withdrawal(work: Work, proposal: Proposal, by: str) -> Answer:
    if planned(work, proposal.withdraws or 0) is None:
        return Answer.ENDED
    if not _decide(work, proposal, by, "approved", ""):
        return Answer.DECIDED
    withdraw(work, proposal.withdraws or 0, proposal.because, f"staff:{by}", alone=False)
    return Answer.DONE


def _decide(work: Work, proposal: Proposal, by: str, decision: str, reason: str) -> bool:
    """Whether this decision is the first."""
    decided = {"decided_at": work.now, "decided_by": by, "decision": decision, "reason": reason}
    first = (_PROPOSAL.c.id == proposal.id, _PROPOSAL.c.decided_at.is_(None))
    if not work.run(update(_PROPOSAL).where(*first).values(**decided)):
        return False
    _audit(work, f"regime.proposal_{decision}", proposal.id, by, {"sha256": proposal.sha256})
    return True


def _audit(work: Work, action: str, subject: str, by: str, details: dict[str, Any]) -> None:
    work.audit(f"staff:{by}", action, subject, details)


def _proposal(row: Row[Any]) -> Proposal:
    head = (row.id, row.draft_id, row.revision, row.sha256, row.withdraws, row.starts_at, row.because)
    proposed = (row.proposed_at, row.proposed_by, row.proposer)
    return Proposal(*head, *proposed, row.decided_at, row.decider, row.decision, row.reason, row.version)
