"""One photo: decoded with care, its face found and measured, and what is wrong with it."""

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from apart.kinds import kind_of_picture
from apart.pictures import TooManyPixels, upright
from monitoring.readings import Face, Finding, Look
from monitoring.selfie.finding import SURE, Found, Picture, Spot, find_faces, shrunk
from monitoring.selfie.measuring import Pose, grey_face, light, openness, pose, sharpness
from monitoring.selfie.networks import Networks, networks
from monitoring.weights import FOLDER

LONGEST = 1600
"""The longest side of what is looked at; larger photos are decoded smaller."""
MOST = 25_000_000
"""Pixels that are decoded: a PNG of a good camera, or a JPEG of any."""
DRAWN = 960
"""The longest side of what is kept."""
_QUALITY = 85
_NEAR, _STRAIGHT, _UPRIGHT, _SHARP, _BLURRED = 60, 0.25, 20, 80, 40
_BESIDE = 0.25
"""Of the width of the face that is meant: a narrower one hangs on a wall behind it."""
_ENOUGH_PX = 40
"""Between the eyes, for a face to be recognised from the smaller picture."""
_SIDE = 640
_HASH = 16


def look(content: bytes, folder: Path = FOLDER) -> Look:
    """What a photo shows, whatever it is. `folder` holds the networks; raises WrongWeights where they are not there."""
    nets = networks(folder)
    try:
        return _looked(content, nets)
    except (TooManyPixels, MemoryError):
        return Look((Finding.LARGE,))
    except Exception:  # whatever a library makes of a broken file
        return Look((Finding.UNREADABLE,))


def _looked(content: bytes, nets: Networks) -> Look:
    kind = kind_of_picture(content)
    if kind is None:
        return Look((Finding.UNREADABLE,))
    image, scale = upright(content, kind, LONGEST, MOST)
    picture = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    found = find_faces(picture, nets)
    image.thumbnail((DRAWN, DRAWN), Image.Resampling.BICUBIC)
    kept = hash_of(image), _saved(image)
    if not found.faces:
        return Look((*_light_of_all(picture), Finding.NO_FACE), None, *kept)
    face, findings = _measured(found, scale, nets)
    return Look(findings, face, *kept)


def _light_of_all(picture: Picture) -> tuple[Finding, ...]:
    """Why there may be no face to be seen."""
    wrong = light(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8))
    return (wrong,) if wrong in (Finding.DARK, Finding.BRIGHT) else ()


def _measured(found: Found, scale: float, nets: Networks) -> tuple[Face, tuple[Finding, ...]]:
    spot = found.faces[0]
    held, grey = pose(spot), grey_face(found.picture, spot)
    sharp = sharpness(grey) if grey is not None else 0.0
    face = Face(
        spot.score,
        held.eye_px * scale,
        held.yaw,
        held.roll,
        sharp,
        openness(found.picture, spot, nets),
        features(found.picture, spot, held, nets),
    )
    wrong = light(grey) if grey is not None else None
    return face, ((wrong,) if wrong else ()) + _findings(found.faces, face)


def _findings(faces: tuple[Spot, ...], face: Face) -> tuple[Finding, ...]:
    beside = [one for one in faces[1:] if one.score >= SURE and one.width >= _BESIDE * faces[0].width]
    tested = (
        (face.score < SURE, Finding.NO_FACE),
        (bool(beside), Finding.SEVERAL),
        (face.eye_px < _NEAR, Finding.FAR),
        (abs(face.yaw) >= _STRAIGHT, Finding.TURNED),
        (abs(face.roll) >= _UPRIGHT, Finding.TILTED),
        (face.sharpness < _BLURRED, Finding.BLURRED),
        (_BLURRED <= face.sharpness < _SHARP, Finding.SOFT),
    )
    return tuple(finding for wrong, finding in tested if wrong)


def features(picture: Picture, spot: Spot, held: Pose, nets: Networks) -> tuple[float, ...]:
    """The face as numbers of length 1; taken from a smaller picture where that shows enough, so that nothing jags."""
    small = shrunk(picture, _SIDE)
    scale = max(small.shape[:2]) / max(picture.shape[:2])
    row, source = spot.row.reshape(1, 15), picture
    if held.eye_px * scale >= _ENOUGH_PX:
        row, source = np.hstack([row[:, :14] * np.float32(scale), row[:, 14:]]), small
    found = nets.recogniser.feature(nets.recogniser.alignCrop(source, row)).ravel().astype(np.float64)
    return tuple(float(one) for one in found / max(float(np.linalg.norm(found)), 1e-9))


def hash_of(image: Image.Image) -> int:
    """256 bits: whether it gets brighter from each of 16 by 16 places to the next on its right."""
    small = np.asarray(image.convert("L").resize((_HASH + 1, _HASH), Image.Resampling.LANCZOS), np.int16)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return int.from_bytes(np.packbits(bits).tobytes())


def _saved(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
