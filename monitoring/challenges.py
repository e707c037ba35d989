"""What a face is asked to do before the camera, so that a photo held in front of it does not do."""

from collections.abc import Sequence
from typing import Final

from store import Work

POSES: Final = ("centre", "left", "right", "blink")
"""Look into the camera; turn the head to one's own left, or right; close the eyes and open them again."""
BURST: Final = 6
"""Photos of a blink, one after the other: the first with the eyes open, then closed, at the end open again."""
TURNED: Final = 0.40
"""Yaw of a turned head, at least. A flat photo that is turned reaches 0.28."""
CLOSED, OPEN = 0.14, 0.20
"""Openness of closed eyes at most, and of open ones at least."""


def new_challenge(work: Work) -> tuple[str, ...]:
    """All poses, in an order that nobody can foresee."""
    return tuple(work.random.sample(POSES, len(POSES)))


def shots(challenge: Sequence[str]) -> tuple[str, ...]:
    """The pose of each photo of an answer, in order; a photo's place here is its step."""
    return tuple(pose for pose in challenge for _ in range(BURST if pose == "blink" else 1))


def is_turned(pose: str, yaw: float) -> bool:
    """Whether a head with this yaw is turned as `left` or `right` asks, in a picture that is not mirrored.

    Whose own left it is: in the picture the nose then points to the right.
    """
    return yaw >= TURNED if pose == "left" else yaw <= -TURNED


def has_blinked(openness: Sequence[float | None]) -> bool:
    """Whether in a series of photos the eyes were closed once, and open in a later one."""
    seen = [one for one in openness if one is not None]
    closed = next((place for place, one in enumerate(seen) if one < CLOSED), None)
    return closed is not None and any(one > OPEN for one in seen[closed:])
