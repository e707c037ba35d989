"""A patient takes their consent back: from that moment nothing is asked and nothing watched; a person speaks to them.

That they have to stay at home is an order, which this does not end; that they are asked whether they do was agreed to.
"""

from sqlalchemy import update
from sqlmodel import col

from monitoring.alerts import raise_alert
from monitoring.cases.consent import WITHDRAWN, take_back
from monitoring.cases.watched import WatchedCase
from monitoring.patients.devices import end_apps
from monitoring.patients.words import look_at_asked, say
from store import Work
from store.cases import Case


def withdraw_consent(work: Work, case: WatchedCase, channel: str, words: str, by: str) -> bool:
    """Ends what was agreed to, and puts it before a person; False where nothing was agreed to. The case is held."""
    if not take_back(work, case):
        return False
    end_apps(work, case.id, by)
    say(work, case, WITHDRAWN, channel, words, by=by)
    raise_alert(work, case, WITHDRAWN)
    work.run(update(Case).where(col(Case.id) == case.id), enrolled_at=None)
    look_at_asked(work, case)
    work.audit(by, "patient.consent_withdrawn", case.id)
    return True
