"""Recorded traces of real telephones: what each rule says of the hours in which somebody stayed where they were.

`TRACES=/path/fixes.csv.gz python -m bench.traces`: a table with the columns user, ts (Unix seconds), lat, lon, acc.
Nobody wrote down where the people were, so that a stay is what the fixes themselves agree on: half hours whose medians
lie within 60 m of each other, without the first and the last, in which somebody may have been on the way.
"""

import csv
import gzip
import math
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import NamedTuple

from shapely import Polygon, box

from bench.rules import RULES, Rule

_BIN_S = 1800
_NEAR_M, _WIDE_M, _LEAST_BINS = 60.0, 200.0, 4
_AWAY_S = 2400.0
TRIES = 40
"""Invented absences a stay."""


class Fix(NamedTuple):
    """One recorded fix."""

    t: float
    lat: float
    lon: float
    radius: float


def read(file: Path) -> dict[str, list[Fix]]:
    """Each user's fixes in the order of their times, once each."""
    found: dict[str, set[Fix]] = defaultdict(set)
    with gzip.open(file, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["user"]].add(Fix(float(row["ts"]), float(row["lat"]), float(row["lon"]), float(row["acc"])))
    return {user: sorted(fixes) for user, fixes in found.items()}


def stays(fixes: Sequence[Fix]) -> Iterator[list[Fix]]:
    """The hours in which nothing says that somebody went anywhere."""
    bins: dict[int, list[Fix]] = defaultdict(list)
    for fix in fixes:
        bins[int(fix.t // _BIN_S)].append(fix)
    middles = {place: middle for place, some in sorted(bins.items()) if (middle := _middle(some))}
    run: list[int] = []
    for place, following in [*pairwise(middles), (max(middles, default=0), None)]:
        run.append(place)
        if following is None or following - place > 2 or _metres(middles[place], middles[following]) > _NEAR_M:
            if len(run) >= _LEAST_BINS + 2:
                yield [fix for one in run[1:-1] for fix in bins[one]]
            run = []


def _middle(fixes: Sequence[Fix]) -> tuple[float, float] | None:
    good = [fix for fix in fixes if fix.radius <= _WIDE_M]
    return (median(fix.lat for fix in good), median(fix.lon for fix in good)) if good else None


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = (other[0] - one[0]) * 111_320
    return math.hypot(north, (other[1] - one[1]) * 111_320 * math.cos(math.radians(one[0])))


def _house(fixes: Sequence[Fix]) -> Polygon:
    lat, lon = _middle(fixes) or (0.0, 0.0)
    north = 8 / 111_320
    east = north / math.cos(math.radians(lat))
    return box(lon - east, lat - north, lon + east, lat + north)


def _fed(rule: Rule, fixes: Sequence[Fix], asked: bool) -> Iterator[tuple[float, str | None]]:
    """What the rule says; with `asked` of those fixes alone that it would have asked for."""
    wanted_at = -math.inf
    for fix in fixes:
        if not asked or fix.t >= wanted_at:
            event, wanted_s = rule.feed(fix.t, fix.lat, fix.lon, fix.radius, "unknown")
            wanted_at = fix.t + wanted_s
            yield fix.t, event


def _moved(fixes: Sequence[Fix], left: float, metres: float, turn: float) -> list[Fix]:
    """The same, elsewhere for forty minutes."""
    north = metres * math.sin(turn) / 111_320
    east = metres * math.cos(turn) / 111_320 / math.cos(math.radians(fixes[0].lat))
    return [
        fix._replace(lat=fix.lat + north, lon=fix.lon + east) if left <= fix.t < left + _AWAY_S else fix
        for fix in fixes
    ]


def _absences(
    rule: Callable[..., Rule], stay: Sequence[Fix], metres: float, asked: bool, random: Random
) -> Iterator[float]:
    """Seconds until each of some absences was noticed; infinite where it was not. Silent ones are left out."""
    for _ in range(TRIES):
        left = random.uniform(stay[0].t + 1200, stay[-1].t - _AWAY_S)
        heard = [fix.t for fix in stay if left <= fix.t < left + _AWAY_S and fix.radius <= _WIDE_M]
        if len(heard) < 4 or max(b - a for a, b in pairwise([left, *heard])) > 900:
            continue
        events = _fed(rule(_house(stay)), _moved(stay, left, metres, random.uniform(0, 2 * math.pi)), asked)
        yield next((t - left for t, event in events if event == "departed" and 0 <= t - left < _AWAY_S), math.inf)


def main() -> None:
    """Prints a table."""
    if "TRACES" not in os.environ:
        sys.exit("TRACES is not set: the path of recorded fixes, a CSV with user, ts, lat, lon, acc")
    every = [stay for fixes in read(Path(os.environ["TRACES"])).values() for stay in stays(fixes)]
    hours = sum(stay[-1].t - stay[0].t for stay in every) / 3600
    print(f"{len(every)} stays, {hours:.1f} hours, {sum(map(len, every))} fixes")
    for name, rule in RULES.items():
        for asked in (False, True):
            rung = sum(event == "departed" for stay in every for _, event in _fed(rule(_house(stay)), stay, asked))
            line = f"{name:<22}{'asked for' if asked else 'all':<10}{rung * 24 / hours:>8.2f} alarms a day"
            for metres in (200, 300):
                random = Random(2590)
                found = [one for stay in every for one in _absences(rule, stay, metres, asked, random)]
                noticed = [one / 60 for one in found if one < math.inf]
                tenths = quantiles(noticed, n=10) if len(noticed) > 1 else [math.nan] * 9
                missed = 1 - len(noticed) / max(len(found), 1)
                line += (
                    f"   {metres} m: {missed:.1%} of {len(found)} missed, p50 {tenths[4]:.0f}, p90 {tenths[8]:.0f} min"
                )
            print(line, flush=True)


if __name__ == "__main__":
    main()
