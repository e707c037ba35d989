"""Troubles that can be switched on, for everybody or for one phone, for ever or for a number of times."""

import threading
from enum import StrEnum
from typing import Final

from telephony.simulator.dialling import normalise

EVERYBODY: Final = "*"


class Fault(StrEnum):
    """What can go wrong between two parties who both believe in the network."""

    DUPLICATE = "duplicate"
    """The webhook of a text or a call comes twice, with one sid."""
    LOST_RESPONSE = "lost_response"
    """The service's answer is lost on its way; the carrier asks again."""
    RECEIPTS_DELAYED = "receipts_delayed"
    """Status callbacks come twenty seconds late."""
    RECEIPTS_REORDERED = "receipts_reordered"
    """``delivered`` comes before ``sent``."""
    RECEIPTS_MISSING = "receipts_missing"
    """No status callback at all."""
    RECEIPTS_DOUBLED = "receipts_doubled"
    """Every status callback comes twice."""
    RECORDINGS_EARLY = "recordings_early"
    """A recording's callback comes before the call has gone on."""
    RECORDINGS_DELAYED = "recordings_delayed"
    """A recording is ready, and its callback comes, twenty seconds late."""
    RECORDINGS_DOUBLED = "recordings_doubled"
    """A recording's callback comes twice."""
    RECORDINGS_MISSING = "recordings_missing"
    """A recording is ready, and no callback tells."""
    RATE_LIMIT = "429"
    """Creating a message or a call by REST answers 429 with 20429; nothing was created."""
    SERVER_ERROR = "5xx"
    """Creating a message or a call by REST answers 500; nothing was created."""
    CREATED_THEN_RESET = "created_then_reset"
    """The message or call is created, then the connection is reset before the answer."""
    HANG = "hang"
    """Creating a message or a call by REST gets no answer for half a minute; nothing was created."""
    UNREACHABLE = "unreachable"
    """The phone is switched off: texts to it end undelivered with 30003, calls with no-answer."""


class FaultBoard:
    """The switches. A switch is a fault and a scope: one phone's number, or everybody."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, Fault], int | None] = {}
        self._lock = threading.Lock()

    def switch(self, fault: Fault, *, on: bool = True, scope: str = EVERYBODY, times: int | None = None) -> None:
        """Turn a fault on (``times`` strikes, None for ever) or off."""
        key = (_scope(scope), fault)
        with self._lock:
            if on and times != 0:
                self._left[key] = times
            else:
                self._left.pop(key, None)

    def strikes(self, fault: Fault, phone: str) -> bool:
        """Whether the fault hits this phone now; counts the strike."""
        with self._lock:
            return any(self._use((scope, fault)) for scope in (_scope(phone), EVERYBODY))

    def clear(self) -> None:
        """Turn everything off."""
        with self._lock:
            self._left.clear()

    def switched_on(self) -> dict[str, dict[str, int | None]]:
        """What is on: scope -> fault -> strikes left (None: for ever)."""
        with self._lock:
            shown: dict[str, dict[str, int | None]] = {}
            for (scope, fault), left in self._left.items():
                shown.setdefault(scope, {})[fault.value] = left
            return shown

    def _use(self, key: tuple[str, Fault]) -> bool:
        if key not in self._left:
            return False
        left = self._left[key]
        if left is not None:
            if left == 1:
                del self._left[key]
            else:
                self._left[key] = left - 1
        return True


def _scope(text: str) -> str:
    return normalise(text) or text
