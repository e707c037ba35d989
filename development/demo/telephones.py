"""A telephone in a call, as the person who holds it: each act waits for its moment, as people do."""

from collections.abc import Callable
from typing import Any, Self

from development.demo.carrier import Carrier
from development.demo.lines import Lines

LOOKS_EVERY_S = 0.5
PATIENCE_S = 20.0
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})

View = dict[str, Any]


def is_bridged(view: View) -> bool:
    """Whether somebody is at the other end."""
    return bool(view.get("bridged"))


def is_ringing(view: View) -> bool:
    """Whether a telephone rings."""
    return view.get("status") == "ringing" and view.get("direction") == "incoming"


def is_over(view: View) -> bool:
    """Whether the call has ended; one that nobody knows has, too."""
    return view.get("status", "completed") in _OVER


class TownCall:
    """One call at one telephone, until it or the day is over."""

    def __init__(self, carrier: Carrier, sid: str, lines: Lines) -> None:
        self.sid = sid
        self._carrier = carrier
        self._lines = lines
        self._known = 0

    def waits(self, seconds: float) -> Self:
        """Listens, thinks, or looks for a document."""
        self._lines.pause(seconds)
        return self

    def until(self, wanted: Callable[[View], bool], seconds: float = PATIENCE_S) -> bool:
        """Whether it came to this within the time."""
        left = seconds
        while left > 0 and not self._lines.over.is_set():
            view = self._carrier.heard(self.sid)
            if wanted(view):
                return True
            if is_over(view):
                return False
            self._lines.over.wait(LOOKS_EVERY_S)
            left -= LOOKS_EVERY_S
        return False

    def presses(self, digits: str) -> Self:
        """Keys, once somebody listens for them."""
        if self.until(lambda view: bool(view.get("listening"))):
            self._carrier.act(self.sid, "keys", digits=digits)
        return self

    def says(self, text: str) -> Self:
        """Words, once somebody listens for them or is at the other end."""
        if self.until(lambda view: bool(view.get("listening")) or is_bridged(view)):
            self._carrier.act(self.sid, "speech", text=text)
        return self

    def hears(self, seconds: float = PATIENCE_S) -> str:
        """What was said at the other end since one listened last; empty when nothing comes."""
        new: list[str] = []

        def said(view: View) -> bool:
            talked = [line["text"] for line in view.get("lines", ()) if line["who"] == "other"]
            new[:] = talked[self._known :]
            return bool(new)

        self.until(said, seconds)
        self._known += len(new)
        return " ".join(new)

    def hangs_up(self) -> None:
        """The telephone is put down."""
        self._carrier.act(self.sid, "hangup")

    @property
    def ended(self) -> bool:
        """Whether the line is closed."""
        return is_over(self._carrier.heard(self.sid))
