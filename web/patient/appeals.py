"""A patient's appeals as their pages show them."""

from typing import Any

from codes.regime import Regime
from monitoring.cases.watched import WatchedCase, telephone_of
from monitoring.home.appealing import appeals_about
from store import Work
from web.appeals import shown_appeal


def shown_appeals(work: Work, regime: Regime, case: WatchedCase) -> list[dict[str, Any]]:
    """The appeals about this case, the newest first."""
    phone = telephone_of(work, case)
    return [shown_appeal(work, regime, one) for one in appeals_about(work, case, phone)] if phone else []
