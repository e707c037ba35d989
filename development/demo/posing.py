"""`python -m development.demo.posing FOLDER`: has portraits pose for the town's patients, and keeps the photos.

A process of its own, since what bends pictures is large and the demo is not. Each sitting is a little different, as
nobody takes the same photo twice.
"""

import io
import sys
from pathlib import Path
from typing import Final

import cv2
from PIL import Image, ImageEnhance

from development.acting import Picture, before_camera, posing
from development.demo.studio import SITTINGS, file_of
from development.portraits import ASTRONAUT, portrait
from monitoring.challenges import BURST, POSES

_QUALITY: Final = 85


def sitting(photo: bytes, number: int) -> bytes:
    """The photo as it is taken the `number`-th time: tilted and lit a little differently."""
    taken = Image.open(io.BytesIO(photo)).convert("RGB")
    tilted = taken.rotate(2.0 + 1.5 * number, Image.Resampling.BICUBIC, fillcolor=(118, 112, 108))
    return _saved(ImageEnhance.Brightness(tilted).enhance(1.06 - 0.03 * number))


def pose_all(folder: Path, name: str = ASTRONAUT) -> None:
    """Writes every pose of every sitting as a JPEG; those of the first are taken last, so that all are there then."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in reversed(range(SITTINGS)):
        camera = before_camera(sitting(portrait(name), number))
        for pose in reversed(POSES):
            for place, picture in enumerate(posing(camera, pose, BURST if pose == "blink" else 1)):
                (folder / file_of(number, pose, place)).write_bytes(_jpeg(picture))


def _jpeg(picture: Picture) -> bytes:
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1])


def _saved(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


if __name__ == "__main__":
    pose_all(Path(sys.argv[1]))
