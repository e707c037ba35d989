"""Telephones that err in another way than those of `bench.phones`: what was chosen on those is held against these.

As large as measured, in another shape. Satellites are good or bad for a while (walls, reflections) and say nearly the
same radius all the time, so that a bad one looks as good. Access points are not one for an hour but some that answer by
turns, each at a place of its own; one in eight lies far off and says 40 m.
"""

import math
from dataclasses import dataclass
from random import Random

from bench.phones import MOVED_M, Habits, Place, Spells, Told, metres

_GOOD_S, _BAD_S = 3600.0, 900.0
_BAD_M, _FAR_M = 45.0, 105.0
"""So far off are such satellites and such access points, in the mean."""
_HEARD = 4
"""Access points at one place."""


@dataclass(frozen=True, slots=True)
class _Point:
    off: Place
    radius: float


class OtherPhone:
    """One telephone. Ask it in the order of time."""

    def __init__(self, random: Random, habits: Habits) -> None:
        self.random, self.habits = random, habits
        self._tunnels = Spells(random, habits.tunnels_a_day, habits.tunnel_s)
        self._wrongs = Spells(random, habits.wrong_a_day, habits.wrong_s)
        self._bad = Spells(random, 86400.0 / (_GOOD_S + _BAD_S), _BAD_S)
        self._bad_off: tuple[int, Place] = (0, (0.0, 0.0))
        self._wrong: tuple[int, Place] = (0, (0.0, 0.0))
        self._said = random.uniform(4, 18)
        self._was: Place | None = None
        self._points: list[_Point] = []

    def report(self, t: float, truth: Place) -> Told | None:
        """What it says at `t`, seconds; None while it is silent."""
        silent, wrong, bad = self._tunnels.going_on(t), self._wrongs.going_on(t), self._bad.going_on(t)
        if silent:
            return None
        if self.random.random() < self.habits.mast_share:
            return Told(truth[0] + self.random.gauss(0, 4000), truth[1] + self.random.gauss(0, 4000), 1500.0, "cell")
        if self.random.random() < self.habits.gps_share and not (wrong and self.habits.wrong_sky):
            return self._gps(truth, bad)
        return self._elsewhere() if wrong else self._wifi(truth)

    def _gps(self, truth: Place, bad: bool) -> Told:
        if bad and self._bad_off[0] != self._bad.number:
            self._bad_off = self._bad.number, self._some_way(_BAD_M)
        off, size = (self._bad_off[1], 15.0) if bad else ((0.0, 0.0), 9.0)
        radius = self._said * self.random.uniform(0.8, 1.6) * (1.5 if bad else 1.0)
        return Told(truth[0] + off[0] + self._gauss(size), truth[1] + off[1] + self._gauss(size), radius, "gps")

    def _wifi(self, truth: Place) -> Told:
        if self._was is None or metres(truth, self._was) > MOVED_M:
            self._was, self._points = truth, [self._new_point() for _ in range(_HEARD)]
        point = self.random.choice(self._points)
        return Told(self._was[0] + point.off[0], self._was[1] + point.off[1], point.radius, "wifi")

    def _elsewhere(self) -> Told:
        if self._wrong[0] != self._wrongs.number:
            self._wrong = self._wrongs.number, self._some_way(1200.0)
        return Told(self._wrong[1][0] + self._gauss(10), self._wrong[1][1] + self._gauss(10), 35.0, "wifi")

    def _new_point(self) -> _Point:
        if self.random.random() < 1 / 8:
            return _Point(self._some_way(_FAR_M), 40.0)
        return _Point((self._gauss(6.4), self._gauss(6.4)), self.random.uniform(20, 70))

    def _some_way(self, mean_m: float) -> Place:
        turn, off = self.random.uniform(0, 2 * math.pi), self.random.expovariate(1 / mean_m)
        return off * math.cos(turn), off * math.sin(turn)

    def _gauss(self, size: float) -> float:
        return self.random.gauss(0, size)
