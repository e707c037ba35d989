"""The one place that asks the carrier about recordings: which there are, their sound, to delete or to pause one."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

import structlog
from requests import RequestException, Response, Session
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from urllib3.exceptions import HTTPError

from telephony.gateway import CALL_TIMEOUT_S, LOOPBACK, Account, open_client
from telephony.retrying import UNREACHED

MOST_BYTES: Final = 512 * 1024 * 1024
"""Of one recording: more than four hours of two sides."""
FETCH_WITHIN_S: Final = 300.0
"""However slowly it trickles."""
_PIECE = 64 * 1024
_MOST_OF_ONE_LEG = 20
_CURRENT = "Twilio.CURRENT"
"""In the place of a recording's id: the one that a leg is just being recorded to."""
_RIFF_HEAD = 12
_UNTOLD = (0, 0xFFFFFFFF)
"""As the length in a WAV's head: it was written before that was known."""
_NOT_THERE = (404, 410)
_log = structlog.get_logger("recorder")


@dataclass(frozen=True, slots=True)
class Listed:
    """A recording as the carrier lists it."""

    sid: str
    status: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """The carrier did it, or it was so."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The whole sound was taken."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The carrier knows no such recording."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """There is more sound than a call can have."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not happen now, or nobody knows; `code` is an error number of Twilio's or an HTTP status."""

    code: int


class Recorder(Protocol):
    """Recordings at the carrier. No method raises for anything the network or the carrier does."""

    def recordings_of(self, leg_sid: str) -> Sequence[Listed] | Failed:
        """The recordings made of one leg, in whatever state."""

    def fetch(self, sid: str, take: Callable[[bytes], object]) -> Fetched | Missing | TooLong | Failed:
        """Gives the sound, a WAV, to `take` piece by piece; raises what that raises. Only `Fetched` means all of it."""

    def withdraw(self, sid: str) -> Done | Failed:
        """Deletes a recording at the carrier; one that is not there is deleted."""

    def hold(self, leg_sid: str, *, paused: bool) -> Done | Missing | Failed:
        """Has the recording that is being made of a leg go on in silence, or with sound again."""


class TwilioRecorder:
    """Twilio's REST API, or another server that speaks it. Make one a process, after forking: it holds connections.

    What is fetched is named by its id alone: no address that somebody sent is ever asked. `timer` counts seconds.
    """

    def __init__(
        self,
        account: Account,
        api_base: str,
        timeout_s: float = CALL_TIMEOUT_S,
        timer: Callable[[], float] = time.monotonic,
        within_s: float = FETCH_WITHIN_S,
    ) -> None:
        self._client = open_client(account, api_base, timeout_s)
        self._account = account
        self._api_base = api_base
        self._timeout_s = timeout_s
        self._timer = timer
        self._within_s = within_s

    def recordings_of(self, leg_sid: str) -> Sequence[Listed] | Failed:
        """As the protocol says; never raises."""
        try:
            found = self._client.calls(leg_sid).recordings.list(limit=_MOST_OF_ONE_LEG)
            return tuple(Listed(str(one.sid), str(one.status), _whole_number(one.duration)) for one in found)
        except Exception as error:
            outcome = _outcome(error)
            return () if isinstance(outcome, Missing) else outcome

    def fetch(self, sid: str, take: Callable[[bytes], object]) -> Fetched | Missing | TooLong | Failed:
        """As the protocol says."""
        url = f"{self._api_base}/2010-04-01/Accounts/{self._account.sid}/Recordings/{sid}.wav"
        late = self._timer() + self._within_s
        with Session() as session:
            session.trust_env = urlsplit(url).hostname not in LOOPBACK
            session.auth = (self._account.sid, self._account.token)
            session.headers["Accept-Encoding"] = "identity"
            try:
                answer = session.get(url, stream=True, timeout=self._timeout_s, allow_redirects=False)
            except RequestException:
                return Failed(UNREACHED)
            with answer:
                if answer.status_code == 200:
                    return self._take_all(answer, take, late)
                return Missing() if answer.status_code in _NOT_THERE else Failed(answer.status_code)

    def _take_all(
        self, answer: Response, take: Callable[[bytes], object], late: float
    ) -> Fetched | Missing | TooLong | Failed:
        head, size = b"", 0
        while True:
            try:
                piece = answer.raw.read1(_PIECE)  # what is there: `read` would wait for a whole piece of a trickle
            except (HTTPError, OSError):
                return Failed(UNREACHED)
            if not piece:
                return Fetched() if _is_whole(head, size) else Failed(UNREACHED)
            size += len(piece)
            if size > MOST_BYTES:
                return TooLong()
            if self._timer() > late:
                return Failed(UNREACHED)
            head = head if len(head) >= _RIFF_HEAD else head + piece[:_RIFF_HEAD]
            take(piece)

    def withdraw(self, sid: str) -> Done | Failed:
        """As the protocol says; never raises."""
        try:
            self._client.recordings(sid).delete()
        except Exception as error:
            outcome = _outcome(error)
            return Done() if isinstance(outcome, Missing) else outcome
        return Done()

    def hold(self, leg_sid: str, *, paused: bool) -> Done | Missing | Failed:
        """As the protocol says; never raises."""
        current = self._client.calls(leg_sid).recordings(_CURRENT)
        try:
            if paused:
                now = current.update(status="paused", pause_behavior="silence")
            else:
                now = current.update(status="in-progress")
        except Exception as error:
            return _outcome(error)
        return Done() if (now.status == "paused") == paused else Failed(UNREACHED)


def _outcome(error: Exception) -> Missing | Failed:
    """What an error of the client's means for whoever asked."""
    if isinstance(error, TwilioRestException | TwilioServiceException):
        code, status = error.code, error.status
    else:
        # A list that was refused: the client raises its plainest error, with the answer in it.
        code, status = None, getattr(error.args[-1] if error.args else None, "status_code", None)
    if isinstance(status, int):
        return Missing() if status in _NOT_THERE else Failed(code if isinstance(code, int) and code else status)
    if not isinstance(error, RequestException):
        # An answer that cannot be read; the client raises many kinds for it.
        _log.warning("answer_unreadable", error=type(error).__name__)
    return Failed(UNREACHED)


def _is_whole(head: bytes, size: int) -> bool:
    """Whether it is a WAV with all that its head promises: a connection that ends early need not be an error."""
    told = int.from_bytes(head[4:8], "little")
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE" and (told in _UNTOLD or told + 8 <= size)


def _whole_number(text: object) -> int | None:
    """Seconds as the carrier writes them; -1 while it does not know."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else None
