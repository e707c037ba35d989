"""Films for a browser's camera: a portrait that does, again and again, what a presence check asks for.

Chromium takes one with `--use-fake-device-for-media-stream --use-file-for-fake-video-capture=FILE`.
"""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import cv2

from development.acting import Picture, Portrait, posing
from monitoring.challenges import POSES

RATE: Final = 5
"""Pictures a second."""
_MARK_PX: Final = 32
MARKS: Final = MappingProxyType(
    {"centre": (255, 255, 255), "left": (0, 0, 255), "right": (0, 255, 0), "blink": (255, 0, 0)}
)
"""What the upper left corner shows during a pose, as blue, green, red: by it a player knows what is on."""


def film(portrait: Portrait, file: Path, order: Sequence[str] = POSES, seconds: float = 6.0) -> Path:
    """Writes a Y4M file in which the poses follow in this order, each so long; the eyes shut and open all through."""
    high, wide = portrait.picture.shape[:2]
    with file.open("wb") as opened:
        opened.write(f"YUV4MPEG2 W{wide} H{high} F{RATE}:1 Ip A1:1 C420mpeg2\n".encode())
        for pose in order:
            for picture in _scene(portrait, pose, round(seconds * RATE)):
                opened.write(b"FRAME\n" + cv2.cvtColor(_marked(picture, pose), cv2.COLOR_BGR2YUV_I420).tobytes())
    return file


def _scene(portrait: Portrait, pose: str, frames: int) -> list[Picture]:
    if pose != "blink":
        return posing(portrait, pose, frames)
    opened, shut = posing(portrait, "blink", 3)[:2]
    return [opened if number // 2 % 2 == 0 else shut for number in range(frames)]


def _marked(picture: Picture, pose: str) -> Picture:
    marked = picture.copy()
    marked[:_MARK_PX, :_MARK_PX] = MARKS[pose]
    return marked
