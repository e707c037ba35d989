"""A patient answers a doubt that they were told of: kept sealed, read by whoever decides before they do."""

from monitoring.cases.watched import WatchedCase
from monitoring.home.standing import alert_of
from monitoring.patients.words import say
from store import Work


def reply(work: Work, case: WatchedCase, alert_id: str, channel: str, words: str, by: str) -> bool | None:
    """Keeps an answer to an alert; whether it came before somebody decided. None: the patient was told of no such one.

    The time to answer may be over: until it is decided an answer counts. The case is held.
    """
    alert = alert_of(work, case, alert_id)
    if alert is None:
        return None
    say(work, case, "reply", channel, words, by=by, alert_id=alert_id)
    return alert.decided_at is None
