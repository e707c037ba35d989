"""Every version of the order, in force, planned, past or withdrawn; drafts; what waits for a decision."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row

from codes.orders.drafting import Draft, open_drafts
from codes.orders.proposing import Proposal, approvals, open_proposals, withdrawn_by_two
from codes.regimes import history, terms, withdrawn
from store import Work
from web.admin.regimes.saying import dated, moment_words, proposal_shown, who

LATELY: Final = timedelta(days=14)
"""So long a withdrawal by one person alone stands at the head of the list."""


def listed(work: Work) -> dict[str, Any]:
    """`in_force` (one or none), `planned` (the next first), `past` and `withdrawn` (the last first), and the rest."""
    versions, approved = history(work), approvals(work)
    begun = [one for one in versions if one.starts_at <= work.now]
    planned = [one for one in reversed(versions) if one.starts_at > work.now]
    gone = [_withdrawn(work, one, approved) for one in withdrawn(work)]
    return {
        "proposals": [proposal_shown(work, one) for one in open_proposals(work)],
        "in_force": [_shown(work, one, approved) for one in begun[:1]],
        "planned": [_shown(work, one, approved) for one in planned],
        "drafts": [_draft(work, one) for one in open_drafts(work)],
        "past": [_shown(work, one, approved) for one in begun[1:]],
        "withdrawn": gone,
        "alone": [one for one in gone if one["alone"] and one["lately"]],
    }


def one_version(work: Work, version: int) -> dict[str, Any] | None:
    """A version as its page shows it; None where there is none."""
    approved = approvals(work)
    standing = next((one for one in history(work) if one.id == version), None)
    if standing is None:
        gone = next((one for one in withdrawn(work) if one.id == version), None)
        return _withdrawn(work, gone, approved) if gone else None
    begun = next((one.id for one in history(work) if one.starts_at <= work.now), None)
    state = "in_force" if version == begun else "planned" if standing.starts_at > work.now else "past"
    return _shown(work, standing, approved) | {"state": state}


def _shown(work: Work, version: Row[Any], approved: Mapping[int, Proposal]) -> dict[str, Any]:
    two = approved.get(version.id)
    return {
        "id": version.id,
        "name": version.name,
        "starts": dated(version.starts_at, terms(work, version.id).regime),
        "proposer": two.proposer if two else "",
        "approver": two.decider if two else "",
        "by": "" if two else who(work, version.activated_by),
        "at": moment_words(work, version.activated_at),
    }


def _withdrawn(work: Work, version: Row[Any], approved: Mapping[int, Proposal]) -> dict[str, Any]:
    alone = version.id not in withdrawn_by_two(work)
    more = {
        "state": "withdrawn",
        "withdrawn_by": who(work, version.withdrawn_by),
        "withdrawn": moment_words(work, version.withdrawn_at),
        "because": version.withdrawn_because,
        "alone": alone,
        "lately": version.withdrawn_at > work.now - LATELY,
    }
    return _shown(work, version, approved) | more


def _draft(work: Work, draft: Draft) -> dict[str, Any]:
    saved = {"saved": moment_words(work, draft.saved_at), "saved_by": draft.saved_by}
    return {"id": draft.id, "name": draft.name, "proposal": draft.proposal, **saved}
