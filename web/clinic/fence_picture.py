"""A fence as a small drawing in metres: what counts as home, the distance allowed around it, the buildings nearby.

The distance is a stroke as wide as twice of it, which is just what a round buffer looks like, holes and corners too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.outlines import AROUND_M, Outline, box_of, in_metres, middle_of, size_of

_MARGIN_M = 30
_WIDEST_M = 1_000
_SCALES = (200, 100, 50, 20)


@dataclass(frozen=True, slots=True)
class FencePicture:
    """What a template draws. Numbers are metres."""

    box: str
    """``viewBox``."""
    home: str
    """A path's ``d``, as `near`."""
    near: tuple[str, ...]
    around: int
    scale: int
    """Length of the bar."""
    scale_at: tuple[float, float]
    wide: int
    high: int
    weak: bool


def picture_of(outline: Outline, neighbours: Iterable[Outline], *, weak: bool) -> FencePicture:
    """The drawing of a fence among its neighbours."""
    origin, size = middle_of(outline), size_of(outline)
    half_wide = min(size.wide / 2 + AROUND_M + _MARGIN_M, _WIDEST_M)
    half_high = min(size.high / 2 + AROUND_M + _MARGIN_M, _WIDEST_M)
    half = max(half_wide, half_high)
    near = tuple(_path(one, origin) for one in neighbours if box_of(one) != box_of(outline))
    scale = next((length for length in _SCALES if length <= half), _SCALES[-1])
    return FencePicture(
        box=f"{-half:.1f} {-half:.1f} {2 * half:.1f} {2 * half:.1f}",
        home=_path(outline, origin),
        near=near,
        around=AROUND_M,
        scale=scale,
        scale_at=(round(half - scale - 8, 1), round(half - 8, 1)),
        wide=round(size.wide),
        high=round(size.high),
        weak=weak,
    )


def _path(outline: Outline, origin: tuple[float, float]) -> str:
    parts = []
    for rings in in_metres(outline, origin):
        for ring in rings:
            points = " L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1])
            parts.append(f"M{points}Z")
    return "".join(parts)
