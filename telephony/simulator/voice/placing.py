"""Calls that the service asks for by REST: what is refused.

Source: https://www.twilio.com/docs/voice/api/call-resource
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from telephony.simulator.dialling import MAGIC_VALID_SENDER, normalise
from telephony.simulator.errors import RefusedError
from telephony.simulator.network import Network
from telephony.simulator.voice.flow import Target
from telephony.simulator.voice.verbs import Callback

LONGEST_RINGING: Final = 600
_MAGIC_RECIPIENTS: Final = {
    "+15005550001": 21211,
    "+15005550002": 21214,
    "+15005550003": 21215,
    "+15005550004": 21216,
}
_MAGIC_SENDERS: Final = {"+15005550001": 21212}


@dataclass(frozen=True)
class Tape:
    """That a call shall be recorded from its answer on."""

    channels: int = 1
    callback: Callback = field(default_factory=Callback)


@dataclass(frozen=True)
class CallDraft:
    """A call as the REST API is asked to make it."""

    to: str
    sender: str
    target: Target
    timeout: int = 60
    callback: Callback = field(default_factory=Callback)
    fallback: Callback = field(default_factory=Callback)
    tape: Tape | None = None


def check(network: Network, draft: CallDraft) -> tuple[str, str]:
    """Sender and recipient of a call that can be made. Raises :class:`RefusedError` with Twilio's error number."""
    sender, recipient = normalise(draft.sender), normalise(draft.to)
    if not draft.to:
        raise RefusedError(21201)
    if not draft.sender:
        raise RefusedError(21213)
    if recipient is None or recipient in _MAGIC_RECIPIENTS:
        raise RefusedError(_MAGIC_RECIPIENTS.get(recipient or "", 21211), draft.to)
    if sender is None or sender in _MAGIC_SENDERS:
        raise RefusedError(21212, draft.sender)
    if sender != MAGIC_VALID_SENDER and not network.service_number(sender):
        raise RefusedError(21210, draft.sender)
    if recipient == sender:
        raise RefusedError(21266, recipient)
    if not draft.target.markup:
        check_url(draft.target.url)
    if draft.callback.url and not urlsplit(draft.callback.url).netloc:
        raise RefusedError(21609, draft.callback.url)
    return sender, recipient


def check_url(url: str) -> None:
    """Raises :class:`RefusedError` 21205 for what is no full URL."""
    if not urlsplit(url).netloc:
        raise RefusedError(21205)
