"""What came of an application, as its draft keeps it: no personal data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from codes.outcomes import Grant, Referral, Refusal, RefusalReason


def kept_outcome(came: Grant | Refusal | Referral) -> dict[str, Any]:
    """JSON's values for it."""
    match came:
        case Grant():
            return {"pass_id": came.pass_id}
        case Referral():
            return {"application": came.application, "purpose": came.purpose}
        case Refusal():
            next_at = came.next_at.isoformat() if came.next_at else None
            return {"refusal": str(came.reason), "purpose": came.purpose, "next_at": next_at, "detail": came.detail}


def outcome_of(kept: Mapping[str, Any]) -> Refusal | Referral:
    """What was kept of a refusal or referral."""
    if "application" in kept:
        return Referral(kept["application"], kept["purpose"])
    next_at = datetime.fromisoformat(kept["next_at"]) if kept["next_at"] else None
    return Refusal(RefusalReason(kept["refusal"]), kept["purpose"], next_at, kept["detail"])
