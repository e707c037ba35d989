"""Does a full store issue as fast as an empty one?"""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from bench.cases import CASES
from bench.filling import PEOPLE, filled, number_of
from bench.measuring import Plan, new_prefix, press_texts
from bench.serving import SERVICE, Server
from bench.texts import numbered
from bench.town import Town

_ISSUE = next(case for case in CASES if case.name == "issue")
_SUPPLY = 2500


@dataclass(frozen=True, slots=True)
class Growth:
    """Medians; `ratio` is that of each full round to the empty one before it."""

    ratio: float
    full_rps: float
    empty_rps: float
    full_mb: float


def measure_growth(kind: str, plan: Plan, folder: Path, people: int = PEOPLE) -> Growth:
    """Issues to people drawn from all over the full store, turn and turn about with an empty store."""
    drawn = Random(2590).sample(range(people), people)
    with filled(kind, folder, people) as full:
        empty = Town(full.databases.fresh("empty"))
        town = Town(full.url)
        full_mb = full.databases.size(full.url) / 1e6
        rates: list[tuple[float, float]] = []
        with Server(SERVICE, empty.url, folder) as small, Server(SERVICE, full.url, folder) as big:
            for turn in range(-1, plan.rounds):
                seconds = plan.seconds if turn >= 0 else 3
                few = empty.issue_texts(_SUPPLY * seconds)
                many = [(number_of(drawn.pop()), "Цель 8") for _ in few]
                texts = [numbered(new_prefix(), said) for said in (few, many)]
                full.databases.settle(empty.url)
                pressed = zip((small, big), (empty, town), texts, strict=True)
                one, other = (
                    press_texts(_ISSUE, *each, folder / "growth.texts", seconds).round.rps for each in pressed
                )
                rates += [(one, other)] if turn >= 0 else []
        empty.close()
        town.close()
    ratio = median(other / one for one, other in rates)
    return Growth(ratio, median(rate for _, rate in rates), median(rate for rate, _ in rates), full_mb)
