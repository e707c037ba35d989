"""How often each rule rings wrongly, how often it misses an absence, and how late it notices one."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import quantiles

from bench.phones import Habits, Phone, Place, Truth, habits_of
from bench.rules import LAT, LON, M_LAT, M_LON, RULES, Rule, house

DAYS, ABSENCES = 400, 1000
AWAY_S = 2400.0
DAY_S = 86400.0
_WALK_M_S = 1.3


@dataclass(frozen=True, slots=True)
class Line:
    """One rule. Alarms are a patient-day; shares are of absences of forty minutes; delays in minutes."""

    rule: str
    nights: float
    """Alarms of ten hours in bed."""
    stays: float
    """Alarms a day at home."""
    stress: float
    """The same with three spells of wrong fixes a day."""
    missed_200: float
    """By telephones that say something when they are asked to."""
    missed_300: float
    missed_1000: float
    missed_silent: float
    """At 300 m, by telephones that fall silent one to four times a day, for fifty minutes in the middle."""
    delay_p50: float
    """At 300 m, from being there to the alarm."""
    delay_p90: float


def fence_table(days: int = DAYS, absences: int = ABSENCES, seed: int = 2590) -> list[Line]:
    """Every rule on the same telephones."""
    return [_line(name, days, absences, seed) for name in RULES]


def _line(name: str, days: int, absences: int, seed: int) -> Line:
    rule = RULES[name]
    stress = {"wrong_a_day": 3.0, "wrong_s": 360.0}
    heard = {"tunnels_a_day": 0.0}
    near, middle, far = ([*_delays(rule, metres, absences, seed, **heard)] for metres in (200, 300, 1000))
    noticed = sorted(one for one in middle if one is not None)
    tenths = quantiles(noticed, n=10) if len(noticed) > 1 else [math.nan] * 9
    return Line(
        name,
        _alarms(rule, days, 36000.0, seed + 1) * DAY_S / 36000.0,
        _alarms(rule, days, DAY_S, seed + 2),
        _alarms(rule, days, DAY_S, seed + 3, **stress),
        _missed(near),
        _missed(middle),
        _missed(far),
        _missed([*_delays(rule, 300, absences, seed)]),
        tenths[4] / 60,
        tenths[8] / 60,
    )


def _missed(found: Sequence[float | None]) -> float:
    return sum(one is None for one in found) / len(found)


def _alarms(rule: Callable[..., Rule], days: int, length_s: float, seed: int, **habits: float) -> float:
    """Alarms of one day each of so many telephones, all at home."""
    random, rung = Random(seed), 0
    for _ in range(days):
        phone = _phone(random, **habits)
        rung += sum(event == "departed" for _, event in _lived(rule(house()), phone, lambda _: (0.0, 0.0), length_s))
    return rung / days


def _delays(
    rule: Callable[..., Rule], metres: float, absences: int, seed: int, **habits: float
) -> Iterator[float | None]:
    """Seconds from being there to the alarm, for absences at this distance; None where there was none meanwhile."""
    random = Random(seed)
    for _ in range(absences):
        left = 7200.0 + random.uniform(0, 600)
        turn, walk = random.uniform(0, 2 * math.pi), metres / _WALK_M_S
        there = metres * math.cos(turn), metres * math.sin(turn)
        events = _lived(rule(house()), _phone(random, **habits), _absence(left, walk, there), left + 2 * walk + AWAY_S)
        yield next((max(t - left - walk, 0.0) for t, event in events if event == "departed" and t >= left), None)


def _absence(left: float, walk: float, there: Place) -> Truth:
    """At home, on the way, there for forty minutes, on the way back."""

    def truth(t: float) -> Place:
        share = min(max((t - left) / walk, 0.0), 1.0) - min(max((t - left - walk - AWAY_S) / walk, 0.0), 1.0)
        return share * there[0], share * there[1]

    return truth


def _phone(random: Random, **habits: float) -> Phone:
    made: Habits = replace(habits_of(random), **habits)
    return Phone(Random(random.getrandbits(64)), made)


def _lived(rule: Rule, phone: Phone, truth: Truth, length_s: float) -> Iterator[tuple[float, str | None]]:
    """What the rule says of each fix, asked for when it wanted it, give or take what telephones do."""
    t = phone.random.uniform(0, 600)
    while t < length_s:
        told, wanted = phone.report(t, truth(t)), 600
        if told is not None:
            lat, lon = LAT + told.north * M_LAT, LON + told.east * M_LON
            event, wanted = rule.feed(1_780_000_000 + t, lat, lon, told.radius, told.provider)
            yield t, event
        t += wanted * phone.random.uniform(0.95, 1.1)


def as_table(lines: Sequence[Line]) -> str:
    """For people."""
    columns = ("night", "stay", "stress", "-200 m", "-300 m", "-1 km", "silent", "p50", "p90")
    head = f"{'rule':<22}" + "".join(f"{name:>8}" for name in columns)
    rows = [
        f"{one.rule:<22}{one.nights:>8.3f}{one.stays:>8.3f}{one.stress:>8.3f}{one.missed_200:>8.1%}"
        f"{one.missed_300:>8.1%}{one.missed_1000:>8.1%}{one.missed_silent:>8.1%}{one.delay_p50:>8.1f}{one.delay_p90:>8.1f}"
        for one in lines
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    print(as_table(fence_table()))
