"""What is measured of a face: light, sharpness, how it is turned, whether the eyes are open."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from monitoring.readings import Finding
from monitoring.selfie.finding import Picture, Spot
from monitoring.selfie.networks import Networks

_CROP = 160
_EYE = 64
"""Side of what the network for eyes takes."""
_EYE_SHARE = 1.1
"""Of the distance between the eyes: the side of the square around one."""
_LIDS = ((10, 2), (11, 3), (12, 4), (13, 5), (14, 6))
"""Points of the upper and the lower lid, across from each other; 0 and 8 are the corners."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How a head is held: see `monitoring.readings.Face`."""

    eye_px: float
    yaw: float
    roll: float


def pose(spot: Spot) -> Pose:
    """From eyes and nose."""
    first, second, nose = spot.points[:3]
    axis = second - first
    distance = float(np.linalg.norm(axis))
    if distance < 1:
        return Pose(distance, 0.0, 0.0)
    yaw = float((nose - (first + second) / 2) @ axis) / distance**2
    return Pose(distance, yaw, math.degrees(math.atan2(float(axis[1]), float(axis[0]))))


def grey_face(picture: Picture, spot: Spot) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
    """The face in grey, a square; None where it lies outside the picture."""
    left, top, width, height = (round(float(one)) for one in spot.row[:4])
    crop = picture[max(0, top) : max(0, top + height), max(0, left) : max(0, left + width)]
    if not crop.size:
        return None
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, (_CROP, _CROP), interpolation=cv2.INTER_AREA), np.uint8)


def light(grey: "np.ndarray[Any, np.dtype[np.uint8]]") -> Finding | None:
    """What is wrong with the light on a face."""
    mean = float(grey.mean())
    if mean < 60:
        return Finding.DARK
    if mean > 190:
        return Finding.BRIGHT
    return Finding.HARSH if (grey > 245).mean() > 0.15 or (grey < 25).mean() > 0.3 else None


def sharpness(grey: "np.ndarray[Any, np.dtype[np.uint8]]") -> float:
    """The variance of the face's edges."""
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


def openness(picture: Picture, spot: Spot, nets: Networks) -> float | None:
    """Of both eyes, on the average; None where the face is too small to tell."""
    measured = pose(spot)
    if measured.eye_px < _EYE / 4:
        return None
    first, second = spot.points[:2]
    both = [_one_eye(picture, eye, measured, nets, mirrored) for eye, mirrored in ((first, True), (second, False))]
    found = float(np.mean(both))
    return found if math.isfinite(found) else None


def _one_eye(picture: Picture, eye: Any, measured: Pose, nets: Networks, mirrored: bool) -> float:
    """The network knows one of the two eyes; the other is shown to it in a mirror."""
    scale = _EYE / (measured.eye_px * _EYE_SHARE)
    matrix: Any = cv2.getRotationMatrix2D((float(eye[0]), float(eye[1])), measured.roll, scale)
    matrix[:, 2] += _EYE / 2 - np.asarray(eye, np.float64)
    crop = cv2.warpAffine(picture, matrix, (_EYE, _EYE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    shown = crop[:, ::-1] if mirrored else crop
    nets.eyes.setInput(cv2.dnn.blobFromImage(np.ascontiguousarray(shown), 1 / 255, (_EYE, _EYE), swapRB=True))
    points = nets.eyes.forward("output_eyes_contours_and_brows").reshape(71, 3)[:, :2]
    width = float(np.linalg.norm(points[0] - points[8]))
    height = float(np.mean([np.linalg.norm(points[upper] - points[lower]) for upper, lower in _LIDS]))
    return height / width if width > 0 else math.nan
