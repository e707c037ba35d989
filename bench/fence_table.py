"""How often each rule rings wrongly, how often it misses an absence, and how late it notices one."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import quantiles
from types import MappingProxyType
from typing import Any, Protocol

from bench.intervals import Between, rate, share
from bench.other_phones import OtherPhone
from bench.phones import Habits, Phone, Place, Told, Truth, habits_of
from bench.rules import LAT, LON, M_LAT, M_LON, RULES, Rule, house

DAYS, ABSENCES = 2000, 4000
AWAY_S = 2400.0
DAY_S, NIGHT_S = 86400.0, 36000.0
_WALK_M_S = 1.3
_FARTHEST_M = 5000.0
_STRESS: Mapping[str, float] = MappingProxyType({"wrong_a_day": 3.0, "wrong_s": 360.0})
_HEARD: Mapping[str, float] = MappingProxyType({"tunnels_a_day": 0.0})


class Telephone(Protocol):
    """Whatever reports."""

    random: Random

    def report(self, t: float, truth: Place) -> Told | None:
        """A fix, or silence."""
        ...


Made = Callable[[Random, Habits], Telephone]


@dataclass(frozen=True, slots=True)
class Line:
    """One rule. Alarms are a patient-day; shares are of absences of forty minutes; delays in minutes."""

    rule: str
    nights: Between
    """Alarms of ten hours in bed, a night."""
    stays: Between
    """Alarms a day at home."""
    stress: Between
    """The same with three spells a day in which networks put somebody elsewhere, six minutes in the mean."""
    all_wrong: Between
    """The same where satellites say so too."""
    missed_200: Between
    """By telephones that say something when they are asked to."""
    missed_300: Between
    missed_1000: Between
    missed_200_up: Between
    """At 200 m to 5 km, as many at twice as far."""
    missed_silent: Between
    """At 300 m, by telephones that fall silent one to four times a day, for fifty minutes in the middle."""
    delay_p50: float
    """At 300 m, from being there to the alarm."""
    delay_p90: float


def fence_table(
    days: int = DAYS,
    absences: int = ABSENCES,
    seed: int = 2590,
    made: Made = Phone,
    rules: Sequence[str] = tuple(RULES),
) -> list[Line]:
    """Every rule on the same telephones."""
    return [_line(name, days, absences, seed, made) for name in rules]


def _line(name: str, days: int, absences: int, seed: int, made: Made) -> Line:
    rule = RULES[name]

    def alarms(length_s: float, place: int, **habits: Any) -> Between:
        return rate(_alarms(rule, days, length_s, seed + place, made, **habits), days)

    def delays(metres: float, **habits: Any) -> list[float | None]:
        return list(_delays(rule, metres, absences, seed, made, **habits))

    middle = delays(300, **_HEARD)
    noticed = sorted(one for one in middle if one is not None)
    tenths = quantiles(noticed, n=10) if len(noticed) > 1 else [math.nan] * 9
    return Line(
        name,
        alarms(NIGHT_S, 1),
        alarms(DAY_S, 2),
        alarms(DAY_S, 3, **_STRESS),
        alarms(DAY_S, 3, **_STRESS, wrong_sky=True),
        _missed(delays(200, **_HEARD)),
        _missed(middle),
        _missed(delays(1000, **_HEARD)),
        _missed(delays(0, **_HEARD)),
        _missed(delays(300)),
        tenths[4] / 60,
        tenths[8] / 60,
    )


def _missed(found: Sequence[float | None]) -> Between:
    return share(sum(one is None for one in found), len(found))


def _alarms(rule: Callable[..., Rule], days: int, length_s: float, seed: int, made: Made = Phone, **habits: Any) -> int:
    """Alarms of one day each of so many telephones, all at home."""
    random, rung = Random(seed), 0
    for _ in range(days):
        lived = _lived(rule(house()), _phone(random, made, **habits), lambda _: (0.0, 0.0), length_s)
        rung += sum(event == "departed" for _, event in lived)
    return rung


def _delays(
    rule: Callable[..., Rule], metres: float, absences: int, seed: int, made: Made = Phone, **habits: Any
) -> Iterator[float | None]:
    """Seconds from being there to the alarm, for absences at this distance; None where there was none meanwhile.

    At 0 m: anywhere from 200 m on.
    """
    random = Random(seed)
    for _ in range(absences):
        left, turn = 7200.0 + random.uniform(0, 600), random.uniform(0, 2 * math.pi)
        far = metres or math.exp(random.uniform(math.log(200), math.log(_FARTHEST_M)))
        walk, there = far / _WALK_M_S, (far * math.cos(turn), far * math.sin(turn))
        truth, phone = _absence(left, walk, there), _phone(random, made, **habits)
        events = _lived(rule(house()), phone, truth, left + 2 * walk + AWAY_S)
        yield next((max(t - left - walk, 0.0) for t, event in events if event == "departed" and t >= left), None)


def _absence(left: float, walk: float, there: Place) -> Truth:
    """At home, on the way, there for forty minutes, on the way back."""

    def truth(t: float) -> Place:
        share = min(max((t - left) / walk, 0.0), 1.0) - min(max((t - left - walk - AWAY_S) / walk, 0.0), 1.0)
        return share * there[0], share * there[1]

    return truth


def _phone(random: Random, made: Made, **habits: Any) -> Telephone:
    return made(Random(random.getrandbits(64)), replace(habits_of(random), **habits))


def _lived(rule: Rule, phone: Telephone, truth: Truth, length_s: float) -> Iterator[tuple[float, str | None]]:
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
    columns = ("night", "stay", "stress", "all wrong", "-200 m", "-300 m", "-1 km", "-200 m up", "silent")
    head = f"{'rule':<20}" + "".join(f"{name:>18}" for name in columns) + f"{'p50':>6}{'p90':>6}"
    return "\n".join([head, *map(_row, lines)])


def _row(one: Line) -> str:
    alarms = (one.nights, one.stays, one.stress, one.all_wrong)
    missed = (one.missed_200, one.missed_300, one.missed_1000, one.missed_200_up, one.missed_silent)
    said = [f"{found.value:.4g} {found.low:.2g}-{found.high:.2g}" for found in alarms]
    said += [f"{found.value:.1%} {found.low * 100:.1f}-{found.high * 100:.1f}" for found in missed]
    return f"{one.rule:<20}" + "".join(f"{one:>18}" for one in said) + f"{one.delay_p50:>6.1f}{one.delay_p90:>6.1f}"


if __name__ == "__main__":
    print(as_table(fence_table()))
    print("Telephones that err in another way:", as_table(fence_table(seed=4077, made=OtherPhone)), sep="\n")
