"""Texts as the carrier posts them, signed, to one or several counters (web processes) of the service."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import TypeVar

from telephony.simulator.signing import signed_form
from telephony.simulator.wires import Reply, Wire

CONNECT_S, READ_S = 5.0, 15.0
"""The carrier's own patience."""
Result = TypeVar("Result")


@dataclass(frozen=True)
class Poster:
    """Posts to `wires` in turn. `sids` gives a MessageSid to texts that are not told theirs."""

    wires: Sequence[Wire]
    url: str
    token: str
    number: str
    sids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def sid(self) -> str:
        """A MessageSid nobody had."""
        return f"SM{next(self.sids):032x}"

    def text(self, sender: str, body: str, sid: str = "", **more: str) -> Reply:
        """One text from `sender`; `more` are further parameters."""
        number = next(self.sids)
        form = self.form(sender, body, sid or f"SM{number:032x}") | more
        return self.post(form, number)

    def form(self, sender: str, body: str, sid: str) -> dict[str, str]:
        """The parameters of a text that the service looks at."""
        return {"MessageSid": sid, "From": sender, "To": self.number, "Body": body, "NumMedia": "0"}

    def post(self, form: Mapping[str, str], counter: int = 0) -> Reply:
        """`form`, signed, at one of the counters."""
        signed = signed_form(self.url, form, self.token)
        return self.wires[counter % len(self.wires)].send("POST", signed, CONNECT_S, READ_S)


def at_once(number: int, act: Callable[[int], Result]) -> list[Result]:
    """What `act(0)`, `act(1)`, ... returned, all begun at the same moment in a thread each."""
    gate = Barrier(number)

    def begin(index: int) -> Result:
        gate.wait(60)
        return act(index)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(begin, range(number)))
