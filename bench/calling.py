"""Calls of known callers: the greeting, the purpose, the end of the document; then a pass is issued and its code said.

Each of the three is one webhook, a step. What is measured is the mean step of whole calls.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from urllib.parse import urlencode

from bench.measuring import ENOUGH, Ground, Pressed, new_prefix, supplied, timed
from bench.requests import NUMBER, Request, ask, webhook, write_requests
from bench.town import Town
from bench.wrk import THREADS, Trouble, press

BEGIN, STEP = "/telephony/voice", "/telephony/voice/step"
KEYED = ("", "8#", "tail")
"""What the caller keys before each step."""
STEPS = len(KEYED)
LABELS = ("menu", "ask.tail", "request:granted")
"""What is kept of each step where all went as it was meant to."""
SHOWS = ("Скажите, куда вам нужно", "последние четыре цифры", "Ещё раз")
"""What is said: the last one after the code, before it is said again."""
APART = 32
"""So many calls of a thread of wrk are at each step: the one before was answered long ago when a step is sent."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call from a telephone on file."""

    sid: str
    number: str
    tail: str

    def step(self, number: int) -> Request:
        """The webhook of a step, from 0; its address is the one that the step before gives."""
        form = {
            "CallSid": self.sid,
            "CallStatus": "in-progress" if number else "ringing",
            "Direction": "inbound",
            **_place("From", "Caller", self.number),
            **_place("To", "Called", NUMBER),
        }
        if not number:
            return webhook(BEGIN, form)
        keyed = self.tail if KEYED[number] == "tail" else KEYED[number]
        query = urlencode({"step": number, "attempt": 0, "language": "ru"})
        return webhook(f"{STEP}?{query}", {**form, "Digits": keyed, "FinishedOnKey": ""})


def calls_of(town: Town, many: int, prefix: str) -> list[Call]:
    """Calls, each by a resident of its own."""
    residents = enumerate(town.residents(many))
    return [Call(f"{prefix}{place:020x}", one.number, one.number[-4:]) for place, one in residents]


def press_calls(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of the voice step; see `supplied`."""
    return supplied(partial(_press_steps, ground, seconds), expected * seconds)


def _press_steps(ground: Ground, seconds: int, many: int) -> Pressed:
    town, service, prefix = ground.town, ground.service, new_prefix("CA")
    looked_at, *calls = calls_of(town, -(-many // STEPS) + 2 * APART * THREADS, prefix)
    _look(service.port, looked_at)
    before, rest = walk(calls)
    for request in before:
        ask(service.port, request)
    ground.databases.settle(town.url)
    file = write_requests(rest, ground.folder / "steps.requests")
    begun = town.steps(prefix)
    one, cpu_ms = timed(service, partial(press, service.url, file, seconds))
    found = town.steps(prefix) - begun
    wanted = sum(found[step, label] for step, label in enumerate(LABELS))
    thirds = [found[step, label] for step, label in enumerate(LABELS)]
    if wanted < ENOUGH * one.answered or min(thirds) < ENOUGH * max(thirds) - APART:
        raise Trouble(f"voice: of {one.answered} steps {wanted} went as they were meant to: {found}")
    return Pressed(one, 0, cpu_ms)


def walk(calls: Sequence[Call]) -> tuple[Iterator[Request], Iterator[Request]]:
    """The steps in an order in which every third request is a greeting, a purpose, a code, for each of wrk's threads.

    A thread gets every `THREADS`-th request. What must go before, so that this is so from the first on, comes first.
    """
    lanes = [_lane(calls[place::THREADS]) for place in range(THREADS)]
    together = [chain.from_iterable(zip(*parts, strict=False)) for parts in zip(*lanes, strict=True)]
    return together[0], together[1]


def _lane(calls: Sequence[Call]) -> tuple[list[Request], list[Request]]:
    """The steps of a thread's calls: what goes before, and the rest."""
    turns = [
        [calls[place - step * APART].step(step) for step in range(STEPS) if place >= step * APART]
        for place in range(len(calls))
    ]
    full = (STEPS - 1) * APART
    return list(chain.from_iterable(turns[:full])), list(chain.from_iterable(turns[full:]))


def _look(port: int, call: Call) -> None:
    """Makes one call and reads what is said: a fast wrong answer is no measurement."""
    for step, shows in enumerate(SHOWS):
        said = ask(port, call.step(step)).body
        if shows not in said:
            raise Trouble(f"voice: step {step} is answered {said!r}")


def _place(name: str, also: str, number: str) -> dict[str, str]:
    """A number under both of its names, with the places that the carrier tells of it."""
    names = [f"{one}{part}" for one in (name, also) for part in ("City", "State", "Zip")]
    return {name: number, also: number, f"{name}Country": "RU", f"{also}Country": "RU", **dict.fromkeys(names, "")}
