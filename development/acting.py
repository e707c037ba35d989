"""A portrait that acts: turns its head and closes its eyes, as somebody before a camera does.

It bends the picture as if the face were a cylinder with a nose. For trying what a camera is asked for, where nobody
sits before one: tests, the demo, the videos that a browser is given for a camera.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from monitoring.selfie.finding import Spot, find_faces
from monitoring.selfie.networks import networks
from monitoring.weights import FOLDER

Picture = np.ndarray[Any, np.dtype[np.uint8]]
_TURN: Final = 60.0
"""Degrees that a head is turned when asked to."""
_NOSE, _NOSE_WIDE, _NOSE_HIGH, _ROUND = 0.60, 0.28, 0.50, 1.05
"""How far a nose stands out, how wide and high it is, and the radius of a head, by the distance between the eyes."""
_WIDE, _HIGH = 640, 480
"""What a camera sees, in pixels."""
_BENEATH: Final = 0.30
"""So far under an eye, by the distance between the eyes, is nothing but skin."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture with a face; `points` are the eyes and the nose, from the picture's left to its right: x and y."""

    picture: Picture
    points: "np.ndarray[Any, np.dtype[np.float32]]"

    @property
    def between(self) -> float:
        """The eyes, in pixels."""
        return float(np.linalg.norm(self.points[1] - self.points[0]))


def before_camera(photo: bytes, across: float = 0.0, down: float = 0.0, air: float = 2.0) -> Portrait:
    """The face of a photo as a telephone's camera sees it; raises ValueError where there is none.

    Nobody holds a telephone twice alike: so far `across` and `down` from the middle of the picture, by its size, and
    with a picture so many times as high as the face. The same again is noticed as a photo that is used again.
    """
    picture = cv2.imdecode(np.frombuffer(photo, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or not (found := _faces(picture)):
        raise ValueError("there is no face on this photo")
    left, top, width, height = (float(one) for one in found[0].row[:4])
    scale = _HIGH / (air * height)
    middle = _WIDE * (0.5 + across), _HIGH * (0.5 + down)
    moved = [middle[0] - scale * (left + width / 2), middle[1] - scale * (top + height / 2)]
    matrix = np.array([[scale, 0, moved[0]], [0, scale, moved[1]]])
    seen = np.asarray(cv2.warpAffine(picture, matrix, (_WIDE, _HIGH), borderMode=cv2.BORDER_REFLECT), np.uint8)
    return Portrait(seen, _faces(seen)[0].points[:3])


def _faces(picture: Any) -> tuple[Spot, ...]:
    return find_faces(np.asarray(picture, np.uint8), networks(FOLDER)).faces


def posing(portrait: Portrait, pose: str, frames: int = 1) -> list[Picture]:
    """Photos of a pose of `monitoring.challenges`: one, or of a blink so many, from open over shut to open."""
    if pose == "blink":
        shut = [frames // 3 <= number < 2 * frames // 3 for number in range(frames)]
        return [with_eyes_shut(portrait) if one else portrait.picture for one in shut]
    if pose == "centre":
        return [portrait.picture] * frames
    right = turned(portrait, _TURN)
    return [right if pose == "right" else np.ascontiguousarray(right[:, ::-1])] * frames


def turned(portrait: Portrait, degrees: float) -> Picture:
    """The head turned so far to its own right, which is the picture's left.

    To the other side it looks less like a head, for want of what the picture does not show: hold this one in a mirror.
    """
    height, width = portrait.picture.shape[:2]
    eyes, nose, between = portrait.points[:2].mean(axis=0), portrait.points[2], portrait.between
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    across, radius, angle = columns - eyes[0], _ROUND * between, -np.radians(degrees)
    depth = np.sqrt(np.clip(radius**2 - across**2, 0, None))
    depth += (
        _NOSE * between * _bump(columns - nose[0], _NOSE_WIDE * between) * _bump(rows - nose[1], _NOSE_HIGH * between)
    )
    goes = eyes[0] + across * np.cos(angle) + (depth - 0.6 * radius) * np.sin(angle)
    held = _bump(across, 1.5 * between, 4) * _bump(rows - nose[1], 2.0 * between, 4)
    goes = np.maximum.accumulate(columns + held * (goes - columns), axis=1)
    comes = np.stack([np.interp(columns[0], row, columns[0]) for row in goes]).astype(np.float32)
    return _bent(portrait.picture, comes, rows)


def with_eyes_shut(portrait: Portrait) -> Picture:
    """Both eyes covered with the skin beneath them, and a line of lashes where the lids meet."""
    height, width = portrait.picture.shape[:2]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    between, shut = portrait.between, portrait.picture.astype(np.float32)
    beneath = _bent(portrait.picture, columns, rows + _BENEATH * between).astype(np.float32)
    for eye in portrait.points[:2]:
        across, down = (columns - eye[0]) / between, (rows - eye[1]) / between
        lid = _bump(np.hypot(across / 0.30, down / 0.15), 1.0, 6)[..., None]
        lashes = _bump(down - 0.055 + 0.5 * across**2, 0.018) * _bump(across, 0.24, 6)
        shut = (shut * (1 - lid) + beneath * lid) * (1 - 0.75 * lashes[..., None])
    return np.asarray(shut, np.uint8)


def _bump(distance: Any, width: float, power: int = 2) -> Any:
    return np.exp(-(np.abs(distance / width) ** power))


def _bent(picture: Picture, columns: Any, rows: Any) -> Picture:
    bent = cv2.remap(picture, columns, rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.uint8)
