"""A patient's plan changes: whoever is to stay longer, or shorter, or is asked in another way is told."""

from codes.regime import Regime
from monitoring.cases.changing import Planned, change_plan
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.patients.devices import end_apps
from monitoring.patients.telling import tell_opened
from store import Work


def change_patients_plan(
    work: Work, regime: Regime, case: WatchedCase, planned: Planned, reason: str, by: str, public_url: str
) -> None:
    """Changes the plan of an open case; its patient is told the last day and how they are asked, where that changed.

    An app reports for who is asked by links alone.
    """
    change_plan(work, case, planned, reason, by)
    if planned.means != "link":
        end_apps(work, case.id, by)
    if (planned.means, planned.ends_at) != (case.means, case.ends_at):
        changed = watched_case(work, case.id)
        assert changed is not None, "it was changed just now"
        tell_opened(work, regime, changed, public_url)
