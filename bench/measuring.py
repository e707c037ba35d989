"""One thing against the floor: short rounds, turn and turn about, so that a noisy machine disturbs both alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from bench.cases import Case
from bench.databases import Databases
from bench.processes import processor_s
from bench.requests import ask, write_requests
from bench.serving import Server
from bench.texts import Text, numbered
from bench.town import Town
from bench.wrk import Round, Trouble, press

ENOUGH = 0.99
"""The share of texts that must have had the outcome they were meant to have."""
PREFIX = 14
"""Of the 34 signs of a MessageSid, those that name the round."""
WARM_S = 3
"""Each process reads the order and builds its vocabulary at its first text."""
_FLOOR_SUPPLY = 6000
_serial = count(1)


class RanOut(Trouble):
    """More was answered than there were requests: the rest were repeats."""


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    rounds: int = 4
    seconds: int = 3


@dataclass(frozen=True, slots=True)
class Pressed:
    """A round, the mean segments of the answers (0: they are no texts), the web processes' time for an answer."""

    round: Round
    segments: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians over the rounds. `cpu_ms` is steadier than rates where others use the machine too."""

    rps: float
    ratio_to_floor: float
    p50_ms: float
    p99_ms: float
    floor_rps: float
    cpu_ms: float
    floor_cpu_ms: float
    segments: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What a measurement stands on: service and floor on databases of one kind."""

    databases: Databases
    town: Town
    service: Server
    floor: Server
    floor_url: str
    folder: Path

    def press_floor(self, seconds: int) -> Pressed:
        """One round of the floor, on an empty table."""
        self.databases.empty_floor(self.floor_url)
        file = self.folder / f"floor-{seconds}.texts"
        if not file.exists():
            said = ((f"+79{number:09d}", "Цель 8") for number in range(_FLOOR_SUPPLY * seconds))
            write_requests((text.request() for text in numbered("SM" + "f" * (PREFIX - 2), said)), file)
        one, cpu_ms = timed(self.floor, lambda: press(self.floor.url, file, seconds))
        return Pressed(one, 1, cpu_ms)


def press_case(case: Case, ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of a case; see `supplied`."""

    def press_many(many: int) -> Pressed:
        texts = case.texts(ground.town, new_prefix(), many)
        ground.databases.settle(ground.town.url)
        return press_texts(case, ground.service, ground.town, texts, ground.folder / "case.texts", seconds)

    return supplied(press_many, expected * seconds)


Press = Callable[[Ground, float, int], Pressed]
"""(ground, answers a second that are expected at most, seconds) -> one round."""


def supplied(press_many: Callable[[int], Pressed], expected: float) -> Pressed:
    """A round for which as many requests as `expected` are prepared, and more where they do not last."""
    for more in (1.5, 4):
        try:
            return press_many(int(expected * more) + 200)
        except RanOut as out:
            print(f"  {out}; once more", flush=True)
    raise Trouble("more than three times as fast as the floor")


def measure(case: Case, ground: Ground, plan: Plan) -> Figures:
    """One kind of text against the floor."""
    return compare(partial(press_case, case), ground, plan)


PressFloor = Callable[[Ground, int], Pressed]
"""(ground, seconds) -> one round of the floor."""


def compare(press_round: Press, ground: Ground, plan: Plan, press_floor: PressFloor = Ground.press_floor) -> Figures:
    """Medians of `plan.rounds` rounds, each just after one of the floor."""
    press_round(ground, press_floor(ground, WARM_S).round.rps, WARM_S)
    turns = []
    for _ in range(plan.rounds):
        floor = press_floor(ground, plan.seconds)
        turns.append((floor, press_round(ground, floor.round.rps, plan.seconds)))
    return Figures(
        rps=median(one.round.rps for _, one in turns),
        ratio_to_floor=median(one.round.rps / floor.round.rps for floor, one in turns),
        p50_ms=median(one.round.p50_ms for _, one in turns),
        p99_ms=median(one.round.p99_ms for _, one in turns),
        floor_rps=median(floor.round.rps for floor, _ in turns),
        cpu_ms=median(one.cpu_ms for _, one in turns),
        floor_cpu_ms=median(floor.cpu_ms for floor, _ in turns),
        segments=median(one.segments for _, one in turns),
    )


def new_prefix(kind: str = "SM") -> str:
    """The beginning of a round's MessageSids, or of the ids of another `kind`."""
    return f"{kind}{next(_serial):0{PREFIX - 2}x}"


def press_texts(case: Case, service: Server, town: Town, texts: Sequence[Text], file: Path, seconds: int) -> Pressed:
    """One round of a case; raises Trouble where its answers were another case's."""
    prefix = texts[0].sid[:PREFIX]
    before = town.answers(prefix, case.outcome).kept
    _look(case, service, texts[-1])
    write_requests((text.request() for text in texts[:-1]), file)
    one, cpu_ms = timed(service, lambda: press(service.url, file, seconds))
    answers = town.answers(prefix, case.outcome)
    wanted = answers.wanted if case.outcome else one.answered - (answers.kept - before)
    if wanted < ENOUGH * one.answered:
        raise Trouble(f"{case.name}: {wanted} of {one.answered} texts had the outcome {case.outcome!r}")
    return Pressed(one, answers.segments, cpu_ms)


def timed(server: Server, send: Callable[[], Round]) -> tuple[Round, float]:
    """A round with the web processes' milliseconds for an answer; raises RanOut."""
    before = processor_s(server.pid)
    one = send()
    if one.ran_out:
        raise RanOut(f"too little was prepared for {one.rps:.0f} a second")
    return one, (processor_s(server.pid) - before) / one.answered * 1000


def _look(case: Case, service: Server, text: Text) -> None:
    """Sends one text and reads the answer: a fast wrong answer is no measurement."""
    said = ask(service.port, text.request()).body
    if case.shows not in said:
        raise Trouble(f"{case.name}: {text.body!r} is answered {said!r}\n{service.log()[-2000:]}")
