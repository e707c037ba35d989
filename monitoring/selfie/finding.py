"""Where the faces of a photo are: tried as it is, then smaller, with a margin, brighter, and lying on a side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from monitoring.selfie.networks import Networks

Picture = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows of pixels, blue, green, red."""
_SIDE, _SMALL_SIDE = 640, 320
SURE = 0.8
"""The score of a face that is one without doubt."""
_DIM = 90
"""The mean of a photo that is worth making brighter."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A face in a picture: the detector's row of box, five points and score, in the picture's pixels."""

    row: "np.ndarray[Any, np.dtype[np.float32]]"

    @property
    def score(self) -> float:
        """0 to 1."""
        return float(self.row[14])

    @property
    def width(self) -> float:
        """Of the box."""
        return float(self.row[2])

    @property
    def size(self) -> float:
        """Of the box, in pixels."""
        return float(self.row[2] * self.row[3])

    @property
    def points(self) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """Eye, eye, nose, mouth, mouth: from the picture's left to its right."""
        return self.row[4:14].reshape(5, 2)


@dataclass(frozen=True, slots=True)
class Found:
    """The picture as faces were found on it, perhaps turned or brighter; the largest comes first."""

    picture: Picture
    faces: tuple[Spot, ...]


def find_faces(picture: Picture, nets: Networks) -> Found:
    """The faces of a picture, as they show best; none where every try failed."""
    best = Found(picture, ())
    for tried, side, margin in _tries(picture):
        best = max(best, Found(tried, _detected(tried, nets, side, margin)), key=_sureness)
        if _sureness(best) >= SURE:
            return best
    lying = [Found(turned, _detected(turned, nets, _SIDE, 0.0)) for turned in _lying(picture)]
    surest = max(lying, key=_sureness)
    return surest if _sureness(surest) >= SURE else best


def _sureness(found: Found) -> float:
    return found.faces[0].score if found.faces else 0.0


def _tries(picture: Picture) -> Iterator[tuple[Picture, int, float]]:
    """The picture, its longest side for the detector, the margin around it."""
    yield picture, _SIDE, 0.0
    yield picture, _SMALL_SIDE, 0.0
    yield picture, _SIDE, 0.5
    if picture.mean() < _DIM:
        yield _brightened(picture), _SIDE, 0.0


def _lying(picture: Picture) -> Iterator[Picture]:
    """As it was meant, if it lies on a side or on its head."""
    for turn in (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180):
        yield _picture(cv2.rotate(picture, turn))


def _detected(picture: Picture, nets: Networks, side: int, margin: float) -> tuple[Spot, ...]:
    """The largest first."""
    height, width = picture.shape[:2]
    around = round(max(height, width) * margin)
    if around:
        picture = _picture(cv2.copyMakeBorder(picture, around, around, around, around, cv2.BORDER_REPLICATE))
    small = _fitted(picture, side) if side == _SMALL_SIDE else shrunk(picture, side)
    nets.detector.setInputSize((small.shape[1], small.shape[0]))
    found: Any = nets.detector.detect(small)[1]
    if found is None:
        return ()
    scale = max(picture.shape[:2]) / max(small.shape[:2])
    spots = []
    for row in found:
        whole = row.astype(np.float32).copy()
        whole[:14] *= scale
        whole[[0, 1, *range(4, 14)]] -= around
        spots.append(Spot(whole))
    sound = [one for one in spots if np.isfinite(one.row).all() and one.size > 0]
    return tuple(sorted(sound, key=lambda one: -one.size))


def shrunk(picture: Picture, side: int) -> Picture:
    """The picture with a longest side of `side` pixels at most."""
    return _fitted(picture, side) if max(picture.shape[:2]) > side else picture


def _fitted(picture: Picture, side: int) -> Picture:
    """The picture with a longest side of just so many pixels."""
    scale = side / max(picture.shape[:2])
    size = [max(1, round(one * scale)) for one in (picture.shape[1], picture.shape[0])]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return _picture(cv2.resize(picture, size, interpolation=way))


def _brightened(picture: Picture) -> Picture:
    """With its darkest black and its brightest white; but for one pixel in a hundred at either end.

    Counted by hand: NumPy's percentiles import more on their first use, and nothing can be opened then any more.
    """
    darker = np.bincount(picture.ravel(), minlength=256).cumsum()
    low, high = (int(np.searchsorted(darker, share * picture.size)) for share in (0.01, 0.99))
    stretched = (picture.astype(np.float32) - low) * (255 / max(high - low, 1))
    return _picture(np.clip(stretched, 0, 255).astype(np.uint8))


def _picture(found: Any) -> Picture:
    return np.asarray(found, np.uint8)
