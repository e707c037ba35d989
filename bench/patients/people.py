"""What honest patients are like: they stay at home, and still sleep, mislay telephones, turn their heads too little.

Nobody measured these of people at home. They are chosen to be rather worse than one would hope, and are what the
figures rest on: docs/home-isolation.md names them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bench.phones import Habits, Phone, Told, habits_of
from monitoring.answers.concluding import INSIDE
from monitoring.challenges import POSES, shots
from monitoring.readings import FEATURES, Face, Finding, Look

APPS, CALLED = 0.08, 0.1
"""Shares of patients whose app reports all day, and of those without a smartphone, who are called."""
NO_POSITION: Final = 0.02
"""Of patients whose browser never tells where it is."""
NO_FIX: Final = 0.005
"""Of answers: half a minute was too short."""
NAPS, WOKEN_BY_CALL = 0.06, 0.5
"""Checks that find somebody asleep or without the telephone; and how many of those a call wakes."""
PICKS_UP: Final = 0.8
MINUTES, SPREAD = 6.0, 1.1
"""From the text's arrival to its being seen, in the middle; and the spread of its logarithm."""
RIGHT_AWAY: Final = 0.97
"""Of those who saw it; the others mean to do it later, and some of them are late."""
SAYS_ASLEEP, REPLIES = 0.3, 0.7
"""Of those who missed a check; and of those who are told of a doubt."""
OPENS_PAGE: Final = 0.9
"""Of those who get a text that asks them to enrol; seen or not, some do nothing."""
POOR_PHOTO, UNSEEN_BLINK = 0.01, 0.01
"""After the page told them what to change."""
_BETWEEN_FIXES: Final = 1 / 72
"""A spell that begins at so many a day begins so seldom between two answers, since it is short."""
_OUTSIDE_M, _USELESS_M = 125.0, 200.0


@dataclass
class Patient:
    """One person and their telephone."""

    case_id: str
    phone_id: str
    random: Random
    means: str
    since: datetime
    """When the telephones' errors begin."""
    token: str | None = None
    enrolled: bool = False
    telephone: Phone = field(init=False)
    """As the app sees it, all day."""
    in_hand: Phone = field(init=False)
    """As the page sees it, a few times a day."""
    face: float = field(init=False)
    """How like their reference their selfies are, in the middle."""
    tells_position: bool = field(init=False)
    napping: dict[str, bool] = field(default_factory=dict)
    """By check: whether they would be asleep."""
    reached: set[str] = field(default_factory=set)
    """Checks of which anything at all got to their telephone."""
    answering: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        habits: Habits = habits_of(self.random)
        start = self.since.timestamp()
        self.telephone = Phone(Random(self.random.getrandbits(64)), habits, _at=start)
        rare = replace(habits, tunnels_a_day=0.0, wrong_a_day=habits.wrong_a_day * _BETWEEN_FIXES)
        self.in_hand = Phone(Random(self.random.getrandbits(64)), rare, _at=start)
        self.face = min(0.8, self.random.gauss(0.62, 0.06))
        self.tells_position = self.random.random() >= NO_POSITION

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.random.random() < share

    def naps(self, check_id: str) -> bool:
        """Whether a check finds them asleep; the same each time it is asked."""
        return self.napping.setdefault(check_id, self.chance(NAPS))

    def sees_after(self) -> timedelta:
        """How long a text lies unseen."""
        return timedelta(minutes=min(MINUTES * math.exp(self.random.gauss(0, SPREAD)), 600))

    def fix(self, moment: datetime) -> Told | None:
        """What the telephone says of where it is: at home, but for its errors."""
        return self.telephone.report(moment.timestamp(), (0.0, 0.0))

    def position(self, moment: datetime) -> str:
        """What comes of the position that the page takes: the best of half a minute."""
        if not self.tells_position:
            return "denied"
        if self.chance(NO_FIX):
            return "timeout"
        fixes = (self.in_hand.report(moment.timestamp() + 15 * count, (0.0, 0.0)) for count in range(3))
        told = [one for one in fixes if one is not None]
        best = min(told, key=lambda one: one.radius)
        if best.radius > _USELESS_M:
            return "unclear"
        away = math.hypot(best.east, best.north)
        return "outside" if away > _OUTSIDE_M + best.radius / 2 else INSIDE

    def looks(self, challenge: Sequence[str]) -> list[Look]:
        """What the photos of an answer show, in the order of the challenge."""
        features = self._features()
        blurred = self.chance(POOR_PHOTO)
        unseen = self.chance(UNSEEN_BLINK)
        openness = iter((0.3, 0.1, 0.05, 0.1, 0.28, 0.3))
        found = []
        for pose in shots(challenge):
            yaw = {"left": 1, "right": -1}.get(pose, 0) * self.random.gauss(0.7, 0.12)
            eyes = 0.3 if pose != "blink" or unseen else next(openness)
            findings = (Finding.BLURRED,) if blurred and pose == "centre" else ()
            found.append(Look(findings, Face(0.95, 120, yaw, 0, 200, eyes, features), self.random.getrandbits(256)))
        return found

    def _features(self) -> tuple[float, ...]:
        like = max(-1.0, min(1.0, self.random.gauss(self.face, 0.07)))
        return (like, math.sqrt(1 - like * like), *[0.0] * (FEATURES - 2))


TEMPLATE: Final = (1.0, *[0.0] * (FEATURES - 1))
"""Everybody's reference: likeness is drawn, not the face."""


def new_challenge(patient: Patient) -> tuple[str, ...]:
    """An order of poses."""
    return tuple(patient.random.sample(POSES, len(POSES)))
