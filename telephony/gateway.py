"""The one place that asks Twilio to send or to call; what came of it comes back as a value."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import quote, urlsplit

import structlog
from requests import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.rest.api.v2010.account.call import CallInstance
from twilio.rest.api.v2010.account.message import MessageInstance
from urllib3.exceptions import MaxRetryError, NewConnectionError

from telephony.retrying import UNREACHED

CALL_TIMEOUT_S = 10
"""For connecting, and for each wait on the answer; the client's own default is to wait for ever."""
_REQUEST_TIMEOUT = 408
_NOT_FOUND = 404
_NEWEST = 50
"""As many texts to one number as a look-up reads."""
_REPLY = "outbound-reply"
"""The direction of an answer to a text that came in; those are not sent by us."""
_BY_API = "outbound-api"
RING_S = 25
"""So long a telephone rings: shorter than most voice boxes wait."""
_CLOCKS_APART = timedelta(minutes=5)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_log = structlog.get_logger("gateway")


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier has the text or makes the call, under this id of its own."""

    sid: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The carrier did not take it; `code` is Twilio's error number."""

    code: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The carrier may have it or not."""


Outcome = Sent | Rejected | Ambiguous


class Gateway(Protocol):
    """A way out for texts and calls. No method raises for anything the network or the carrier does."""

    def send(self, message_id: str, to: str, body: str) -> Outcome:
        """Asks for one text to `to` (E.164). `message_id` rides in the callback's address, so that receipts name it."""

    def find(self, to: str, body: str, since: datetime) -> Sequence[str] | Ambiguous:
        """The carrier's ids of texts to `to` with exactly this body since then, oldest first."""

    def call(self, message_id: str, to: str, path: str) -> Outcome:
        """Asks for one call to `to`, which leads to our `path` once it is answered. `message_id` as in `send`."""

    def find_calls(self, to: str, since: datetime) -> Sequence[str] | Ambiguous:
        """The carrier's ids of calls that we made to `to` since then, oldest first."""

    def call_status(self, call_sid: str) -> str | Ambiguous:
        """How a call stands, in the carrier's words; one that it does not know has ``failed``."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account pays, and who sends: a messaging service where there is one, else a number."""

    sid: str
    token: str
    number: str
    messaging_service_sid: str | None = None
    voice_number: str | None = None
    """Who calls, where that is another number: a short code can't."""


def open_client(account: Account, api_base: str, timeout_s: float = CALL_TIMEOUT_S) -> Client:
    """Twilio's own client, pointed at `api_base`; with a limit on how long anything takes."""
    logging.getLogger("twilio").setLevel(logging.WARNING)  # below that it prints telephone numbers
    http = TwilioHttpClient(timeout=timeout_s)
    if http.session and urlsplit(api_base).hostname in LOOPBACK:
        http.session.trust_env = False  # a proxy is not the way to this machine
    client = Client(account.sid, account.token, http_client=http)
    client.edge = client.region = None  # read from the environment, they would silently change the address
    client.api.base_url = api_base
    return client


class TwilioGateway:
    """Twilio's REST API, or another server that speaks it. Make one a process, after forking: it holds connections.

    `api_base` has no slash at its end; `public_url` is where the world reaches us.
    """

    def __init__(self, account: Account, api_base: str, public_url: str, timeout_s: float = CALL_TIMEOUT_S) -> None:
        client = open_client(account, api_base, timeout_s)
        self._messages, self._calls = client.messages, client.calls
        self._account = account
        self._base = f"{public_url}/telephony"

    def send(self, message_id: str, to: str, body: str) -> Outcome:
        """Creates a message; never raises."""
        return _tried(message_id, lambda: self._create(to, body, f"{self._base}/status?message={quote(message_id)}"))

    def call(self, message_id: str, to: str, path: str) -> Outcome:
        """Creates a call; never raises."""
        ours = f"?message={quote(message_id)}"
        given = {"url": f"{self._base}{path}{ours}", "status_callback": f"{self._base}/voice/ended{ours}"}
        number = self._account.voice_number or self._account.number
        return _tried(message_id, lambda: self._calls.create(to, number, timeout=RING_S, **given))

    def find_calls(self, to: str, since: datetime) -> Sequence[str] | Ambiguous:
        """Lists the newest calls to `to`."""
        try:
            newest_first = self._calls.list(to=to, limit=_NEWEST)
            ours = (one for one in reversed(newest_first) if one.direction == _BY_API)
            return tuple(str(one.sid) for one in ours if _made(one) > since - _CLOCKS_APART)
        except Exception as error:
            _log.warning("look_up_failed", error=type(error).__name__)
            return Ambiguous()

    def call_status(self, call_sid: str) -> str | Ambiguous:
        """Asks for the call."""
        try:
            return str(self._calls(call_sid).fetch().status)
        except TwilioRestException as error:
            return "failed" if error.status == _NOT_FOUND else Ambiguous()
        except Exception as error:
            _log.warning("look_up_failed", error=type(error).__name__)
            return Ambiguous()

    def find(self, to: str, body: str, since: datetime) -> Sequence[str] | Ambiguous:
        """Lists the newest texts to `to`. The date is compared here: Twilio's filter looks at the date sent, and a text
        in its queue has none.
        """
        try:
            newest_first = self._messages.list(to=to, limit=_NEWEST)
            ours = (one for one in reversed(newest_first) if one.body == body and one.direction != _REPLY)
            return tuple(str(one.sid) for one in ours if _made(one) > since - _CLOCKS_APART)
        except Exception as error:
            _log.warning("look_up_failed", error=type(error).__name__)
            return Ambiguous()

    def _create(self, to: str, body: str, callback: str) -> MessageInstance:
        service = self._account.messaging_service_sid
        if service:
            return self._messages.create(to, body=body, status_callback=callback, messaging_service_sid=service)
        return self._messages.create(to, body=body, status_callback=callback, from_=self._account.number)


def _tried(message_id: str, create: Callable[[], MessageInstance | CallInstance]) -> Outcome:
    """What came of asking for one text or call."""
    try:
        created = create()
    except (TwilioRestException, TwilioServiceException) as error:
        outcome = _answered(error.status, error.code)
    except RequestException as error:
        outcome = Rejected(UNREACHED) if _never_connected(error) else Ambiguous()
    except Exception as error:
        # A 201 that cannot be read is one more thing nobody can tell from; the client raises many kinds for it.
        _log.warning("answer_unreadable", message_id=message_id, error=type(error).__name__)
        outcome = Ambiguous()
    else:
        outcome = Sent(created.sid) if isinstance(created.sid, str) and created.sid else Ambiguous()
    return outcome


def _answered(status: object, code: object) -> Outcome:
    """An error answer: from 500 on nobody knows whether it happened, below that it did not."""
    if not isinstance(status, int) or status >= 500 or status == _REQUEST_TIMEOUT:
        return Ambiguous()
    if status == 429:
        return Rejected(20429)
    return Rejected(code if isinstance(code, int) else status)


def _never_connected(error: RequestException) -> bool:
    """Whether no connection came about, so that nothing can have been sent over it."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(error, ConnectTimeout) or isinstance(reason, NewConnectionError)


def _made(one: MessageInstance | CallInstance) -> datetime:
    made = one.date_created
    if not isinstance(made, datetime):
        raise ValueError("a message or a call without a date")
    return made
