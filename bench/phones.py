"""Telephones as they err: what one at a known place would report, honestly badly.

The figures are those measured on real telephones (docs/fence.md): satellites at home are 12 m off in the middle, 68 m
in one of twenty, 134 m in one of a hundred, and their radius covers the truth in 58 % only; access points each have a
place of their own that is wrong by as much, for as long as the telephone hears that one, and a radius that covers the
truth in 92 %; what is wrong now is wrong ten minutes later (0.87). Masts are kilometres off. Sometimes an access point
that moved house puts somebody elsewhere with a fine radius, and for a while nothing comes at all.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

M_LAT = 1 / 111_320.0
MOVED_M = 60.0
"""So far away other access points are heard."""
Place = tuple[float, float]
"""Metres east and north of home."""
Truth = Callable[[float], Place]
"""Where somebody is at a moment."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fix as it is reported, in metres from home."""

    east: float
    north: float
    radius: float
    provider: str


@dataclass(frozen=True, slots=True)
class Habits:
    """How one model of telephone behaves."""

    gps_share: float = 0.35
    mast_share: float = 0.02
    scene_s: float = 5000.0
    """So long errors hang together: 0.87 after ten minutes."""
    tunnels_a_day: float = 1.5
    tunnel_s: float = 3000.0
    wrong_a_day: float = 0.02
    """Spells in which an access point that moved house is believed: nobody measured how often, so that stress has 3."""
    wrong_s: float = 300.0
    wrong_sky: bool = False
    """Whether satellites are wrong with it: harder than an access point that moved house can be."""
    same_share: float = 0.3
    """Of fixes from access points that repeat the very same coordinates."""


@dataclass
class Spells:
    """Times in which something is amiss: they begin whenever they do, whether anybody asks just then or not."""

    random: Random
    a_day: float
    mean_s: float
    _begins: float = math.nan
    _ends: float = -math.inf
    number: int = 0

    def going_on(self, t: float) -> bool:
        """Whether one goes on at `t`."""
        if not self.a_day:
            return False
        if math.isnan(self._begins):
            self._begins = t + self.random.expovariate(self.a_day / 86400)
        while self._begins <= t:
            self._ends = self._begins + self.random.expovariate(1 / self.mean_s)
            self._begins = max(self._ends, self._begins) + self.random.expovariate(self.a_day / 86400)
            self.number += 1
        return t < self._ends


@dataclass
class Phone:
    """One telephone. Ask it in the order of time."""

    random: Random
    habits: Habits
    _scene: Place = (0.0, 0.0)
    _scene_radius: float = 30.0
    _scene_until: float = -math.inf
    _sky: tuple[float, float, float, float] | None = None
    _sky_was: Place = (0.0, 0.0)
    _at: float = 0.0
    _was: Place = (0.0, 0.0)
    _wrong: tuple[int, Place] = (0, (0.0, 0.0))

    def __post_init__(self) -> None:
        self._tunnels = Spells(self.random, self.habits.tunnels_a_day, self.habits.tunnel_s)
        self._wrongs = Spells(self.random, self.habits.wrong_a_day, self.habits.wrong_s)

    def report(self, t: float, truth: Place) -> Told | None:
        """What it says at `t`, seconds; None while it is silent."""
        gap, self._at = max(t - self._at, 1.0), t
        silent, wrong = self._tunnels.going_on(t), self._wrongs.going_on(t)
        if silent:
            return None
        if wrong and self.habits.wrong_sky:
            return self._elsewhere()
        if self.random.random() < self.habits.mast_share:
            return self._mast(truth)
        if self.random.random() < self.habits.gps_share:
            return self._gps(gap, truth)
        return self._elsewhere() if wrong else self._wifi(t, truth)

    def _elsewhere(self) -> Told:
        """Where the access point used to be."""
        if self._wrong[0] != self._wrongs.number:
            place = _away(self.random, math.exp(self.random.uniform(math.log(150), math.log(5000))))
            self._wrong = self._wrongs.number, place
        return self._near(self._wrong[1], 3.0, self.random.uniform(15, 60), "wifi")

    def _mast(self, truth: Place) -> Told:
        off = _away(self.random, math.exp(self.random.uniform(math.log(1000), math.log(138_000))))
        return Told(truth[0] + off[0], truth[1] + off[1], self.random.uniform(500, 3500), "cell")

    def _gps(self, gap: float, truth: Place) -> Told:
        """A normal error whose size changes too, slowly and much: so tails are heavy, and errors hang together."""
        if metres(truth, self._sky_was) > MOVED_M:  # other walls, another sky
            self._sky, self._sky_was = None, truth
        kept = 0.94 ** (gap / 600)
        fresh = math.sqrt(1 - kept * kept)
        east, north, size, optimism = (
            kept * old + fresh * self.random.gauss(0, 1) for old in self._sky or self._new_sky()
        )
        self._sky = east, north, size, optimism
        error = 10.4 * math.exp(0.9 * size)
        radius = max(4.0, error * math.hypot(east, north) * math.exp(0.15 + 0.75 * optimism))
        return Told(truth[0] + error * east, truth[1] + error * north, min(radius, 180.0), "gps")

    def _new_sky(self) -> tuple[float, float, float, float]:
        east, north, size, optimism = (self.random.gauss(0, 1) for _ in range(4))
        return east, north, size, optimism

    def _wifi(self, t: float, truth: Place) -> Told:
        moved = metres(truth, self._was) > MOVED_M
        if t >= self._scene_until or moved:
            size = min(7.0 * math.exp(self.random.gauss(0, 1.5)), 140.0)  # as far as they are heard
            self._scene, self._was = _away(self.random, size), truth
            self._scene_radius = min(max(size * math.exp(self.random.gauss(0.75, 0.65)), 12.0), 180.0)
            self._scene_until = t + self.random.expovariate(1 / self.habits.scene_s)
        place = self._was[0] + self._scene[0], self._was[1] + self._scene[1]
        spread = 0.0 if self.random.random() < self.habits.same_share else 2.5
        return self._near(place, spread, self._scene_radius, "wifi")

    def _near(self, place: Place, spread: float, radius: float, provider: str) -> Told:
        east, north = (one + self.random.gauss(0, spread) if spread else one for one in place)
        return Told(east, north, radius, provider)


def metres(one: Place, other: Place) -> float:
    """How far apart two places are."""
    return math.hypot(one[0] - other[0], one[1] - other[1])


def _away(random: Random, metres: float) -> Place:
    turn = random.uniform(0, 2 * math.pi)
    return metres * math.cos(turn), metres * math.sin(turn)


def habits_of(random: Random) -> Habits:
    """Some model: they differ much."""
    return Habits(
        gps_share=random.betavariate(1.2, 2.2),
        mast_share=random.choice([0.0, 0.01, 0.03, 0.08]),
        same_share=random.uniform(0, 0.7),
        tunnels_a_day=random.choice([0.5, 1.5, 4.0]),
    )
