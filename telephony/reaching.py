"""Does the carrier answer, and does it know our account? Asked by `doctor`, never while a text waits."""

from enum import StrEnum
from urllib.parse import urlsplit

from requests import RequestException, Session

from telephony.gateway import LOOPBACK

_PATIENCE_S = 5


class Reached(StrEnum):
    """What came of asking the carrier for the numbers of our account."""

    OK = "ok"
    AWAY = "away"
    WRONG_ACCOUNT = "wrong_account"
    STRANGE = "strange"


def reach(api_base: str, account_sid: str, token: str) -> Reached:
    """Asks the carrier at `api_base` (no slash at its end) with the account's token."""
    url = f"{api_base}/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
    with Session() as session:
        session.trust_env = urlsplit(api_base).hostname not in LOOPBACK
        try:
            answer = session.get(url, auth=(account_sid, token), params={"PageSize": 1}, timeout=_PATIENCE_S)
        except RequestException:
            return Reached.AWAY
    if answer.status_code in (401, 403, 404):
        return Reached.WRONG_ACCOUNT
    return Reached.OK if answer.ok else Reached.STRANGE
