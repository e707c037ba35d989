"""What the decision goes by. A departure keeps the version of it, so that a later change makes no old fact unclear."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Parameters:
    """Lengths in metres, times in seconds; measured on recorded traces of real telephones (docs/fence.md)."""

    version: str = "2026-2"
    buffer_m: float = 50.0
    """Allowed around the footprint."""
    most_radius_m: float = 200.0
    """A wider radius proves nothing."""
    oldest_s: float = 900.0
    ahead_s: float = 120.0
    """By so much a telephone's clock may be ahead of ours."""

    gps_factor: float = 0.5
    """What a reported radius is worth as an error: satellites are optimistic, access points the other way."""
    wifi_factor: float = 0.15
    least_error_m: float = 12.0
    gps_wrong: float = 0.03
    """The share of fixes at home that are simply wrong."""
    wifi_wrong: float = 0.01
    broad_m: float = 60.0
    most_home_m: float = 50.0
    """A home counts as no larger than this: else a large one would speak against whoever is in it."""
    least_evidence: float = -4.0
    most_evidence: float = 2.5

    fresh_s: float = 240.0
    """Errors hang together: a fix so soon after another counts 63 %."""
    repeated: float = 0.25
    """What the very same coordinates count once more."""
    jump_m_s: float = 50.0
    jumped: float = 0.3
    half_life_s: float = 7200.0
    most_score: float = 8.0

    alarm_at: float = 4.0
    least_fixes: int = 3
    apart_s: float = 210.0
    """Four minutes, less what a telephone that was asked for them is early."""
    span_s: float = 420.0
    streak_s: float = 7200.0
    """What was outside so long before is no part of this departure."""
    back_fixes: int = 2
    back_apart_s: float = 60.0

    usual_s: int = 600
    soon_s: int = 240
    again_s: int = 240
    again_wary_s: int = 60
    """When a fix that proves nothing is asked for again; and where something speaks for being away, so that who is gone
    is not lost because masts answer in between."""
    most_again: int = 6
    """How often in a row."""
    wary_at: float = 1.0

    plain_radius_m: float = 150.0
    plain_distance_m: float = 125.0
    """Of the rule that explains itself: beyond this and half the radius."""
    weak_m: float = 100.0
    """Where no footprint is known: a circle so wide around the point."""


STREAM: Final = Parameters()
"""For a telephone that reports all the time."""
PAGE_ANSWERS: Final = Parameters(version="2026-2p", alarm_at=3.0, least_fixes=2, span_s=210.0, streak_s=21600.0)
"""For fixes that come with the answers to checks alone, hours apart."""
UNDERWAY: Final = Parameters(version="2026-2u", span_s=2700.0)
"""While an exemption's fence counts too: who goes there and back is outside both for a while."""
