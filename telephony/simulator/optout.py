"""STOP, START and HELP on long codes, where the carrier obeys by itself; on short codes the service must.

Source: https://www.twilio.com/docs/messaging/features/advanced-opt-out
"""

from dataclasses import dataclass
from typing import Final

from telephony.simulator.dialling import is_long_code, normalise
from telephony.simulator.network import Network

_STOP: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_START: Final = frozenset({"START", "YES", "UNSTOP"})
_HELP: Final = frozenset({"HELP", "INFO"})
_ANSWERS: Final = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


@dataclass(frozen=True)
class OptOut:
    """The carrier understood a keyword: ``kind`` is STOP, START or HELP, ``answer`` its own reply."""

    kind: str
    answer: str


def obey_keyword(network: Network, phone: str, number: str, body: str) -> OptOut | None:
    """Act on a text that is nothing but a keyword, sent to a long code."""
    kind = _kind(body.strip().upper()) if is_long_code(number) else None
    if kind is None:
        return None
    key = f"{number} {normalise(phone) or phone}"
    if kind == "STOP":
        network.ledger.opted_out.put(key, key)
    if kind == "START":
        network.ledger.opted_out.remove(key)
    return OptOut(kind, _ANSWERS[kind])


def _kind(word: str) -> str | None:
    words = {"STOP": _STOP, "START": _START, "HELP": _HELP}
    return next((kind for kind, known in words.items() if word in known), None)
