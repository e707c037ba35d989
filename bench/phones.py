"""Telephones as they err: what one at a known place would report, honestly badly.

The figures are those measured on real telephones (docs/fence.md): satellites at home are 12 m off in the middle, 68 m
in one of twenty, 134 m in one of a hundred, and their radius covers the truth in 58 % only; access points each have a
place of their own that is wrong by as much, for as long as the telephone hears that one, and a radius that covers the
truth in 92 %; what is wrong now is wrong ten minutes later (0.87). Masts are kilometres off. Sometimes an access point
that moved house puts somebody elsewhere with a fine radius, and for a while nothing comes at all.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

M_LAT = 1 / 111_320.0
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
    same_share: float = 0.3
    """Of fixes from access points that repeat the very same coordinates."""


@dataclass
class Phone:
    """One telephone. Ask it in the order of time."""

    random: Random
    habits: Habits
    _scene: Place = (0.0, 0.0)
    _scene_radius: float = 30.0
    _scene_until: float = -math.inf
    _sky: tuple[float, float, float, float] | None = None
    _at: float = 0.0
    _was: Place = (0.0, 0.0)
    _silent_until: float = -math.inf
    _wrong_until: float = -math.inf
    _wrong: Place = (0.0, 0.0)
    _points: list[tuple[Place, float]] = field(default_factory=list)

    def report(self, t: float, truth: Place) -> Told | None:
        """What it says at `t`, seconds; None while it is silent."""
        gap, self._at = max(t - self._at, 1.0), t
        self._begin_spells(t, gap)
        if t < self._silent_until:
            return None
        if t < self._wrong_until:
            return self._near(self._wrong, 3.0, self.random.uniform(15, 60), "wifi")
        if self.random.random() < self.habits.mast_share:
            return self._mast(truth)
        if self.random.random() < self.habits.gps_share:
            return self._gps(truth, gap)
        return self._wifi(t, truth)

    def _begin_spells(self, t: float, gap: float) -> None:
        day = gap / 86400
        if self.random.random() < self.habits.tunnels_a_day * day:
            self._silent_until = t + self.random.expovariate(1 / self.habits.tunnel_s)
        if self.random.random() < self.habits.wrong_a_day * day:
            self._wrong_until = t + self.random.expovariate(1 / self.habits.wrong_s)
            self._wrong = _away(self.random, math.exp(self.random.uniform(math.log(150), math.log(5000))))

    def _mast(self, truth: Place) -> Told:
        off = _away(self.random, math.exp(self.random.uniform(math.log(1000), math.log(138_000))))
        return Told(truth[0] + off[0], truth[1] + off[1], self.random.uniform(500, 3500), "cell")

    def _gps(self, truth: Place, gap: float) -> Told:
        """A normal error whose size changes too, slowly and much: so tails are heavy, and errors hang together."""
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
        moved = math.hypot(truth[0] - self._was[0], truth[1] - self._was[1]) > 60
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
