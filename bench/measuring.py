"""One case against the floor: short rounds, turn and turn about, so that a noisy machine disturbs both alike."""

import urllib.request
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from bench.cases import Case
from bench.databases import Databases
from bench.serving import Server
from bench.texts import Text, numbered, signed, write_signed
from bench.town import Answers, Town
from bench.wrk import Round, Trouble, press

ENOUGH = 0.99
"""The share of texts that must have had the outcome they were meant to have."""
_FLOOR_SUPPLY = 6000
_MARGIN = 1.6
_WARM_S = 3
"""Each process reads the order and builds its vocabulary at its first text."""
_serial = count(1)


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    rounds: int = 4
    seconds: int = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians over the rounds."""

    rps: float
    ratio_to_floor: float
    p50_ms: float
    p99_ms: float
    segments: float
    floor_rps: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What a measurement stands on: service and floor on databases of one kind."""

    databases: Databases
    town: Town
    service: Server
    floor: Server
    floor_url: str
    folder: Path

    def press_floor(self, seconds: int) -> Round:
        """One round of the floor, on an empty table."""
        self.databases.empty_floor(self.floor_url)
        file = self.folder / "floor.texts"
        if not file.exists():
            said = ((f"+79{number:09d}", "Цель 8") for number in range(_FLOOR_SUPPLY * seconds))
            write_signed(numbered("SM" + "f" * 12, said), file)
        return _sound(press(self.floor.url, file, seconds), "floor")


def measure(case: Case, ground: Ground, plan: Plan) -> Figures:
    """Medians of `plan.rounds` rounds, each just after one of the floor."""
    floors, rounds, answers = [ground.press_floor(plan.seconds)], [], []
    expected = floors[0].rps
    _press_case(case, ground, expected, _WARM_S)
    for _ in range(plan.rounds):
        floors.append(ground.press_floor(plan.seconds))
        one, kept = _press_case(case, ground, expected, plan.seconds)
        rounds.append(one)
        answers.append(kept)
        expected = one.rps
    ratios = [one.rps / floor.rps for one, floor in zip(rounds, floors[1:], strict=True)]
    return Figures(
        rps=median(one.rps for one in rounds),
        ratio_to_floor=median(ratios),
        p50_ms=median(one.p50_ms for one in rounds),
        p99_ms=median(one.p99_ms for one in rounds),
        segments=median(kept.segments for kept in answers),
        floor_rps=median(one.rps for one in floors[1:]),
    )


def new_prefix() -> str:
    """The beginning of a round's MessageSids."""
    return f"SM{next(_serial):012x}"


def _press_case(case: Case, ground: Ground, expected: float, seconds: int) -> tuple[Round, Answers]:
    prefix = new_prefix()
    texts = case.texts(ground.town, prefix, int(expected * seconds * _MARGIN) + 200)
    before = ground.town.answers(prefix, case.outcome).kept
    _look(case, ground.service, texts[-1])
    file = write_signed(texts[:-1], ground.folder / f"{case.name}.texts")
    ground.databases.settle(ground.town.url)
    one = _sound(press(ground.service.url, file, seconds), case.name)
    answers = ground.town.answers(prefix, case.outcome)
    wanted = answers.wanted if case.outcome else one.answered - (answers.kept - before)
    if wanted < ENOUGH * one.answered:
        raise Trouble(f"{case.name}: {wanted} of {one.answered} texts had the outcome {case.outcome!r}")
    return one, answers


def _look(case: Case, service: Server, text: Text) -> None:
    """Sends one text and reads the answer: a fast wrong answer is no measurement."""
    signature, body = signed(text)
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    request = urllib.request.Request(service.url, body.encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        said = answer.read().decode()
    if case.shows not in said:
        raise Trouble(f"{case.name}: {text.body!r} is answered {said!r}\n{service.log()[-2000:]}")


def _sound(one: Round, what: str) -> Round:
    if one.ran_out:
        raise Trouble(f"{what}: too few texts were prepared for {one.rps:.0f} a second")
    return one
