"""Photos that patients of the town take of themselves: a portrait that posed; without one, a face that was drawn.

The drawn one is for where no portrait could be fetched. Nothing finds a face in it, so that its answers go to a person.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from monitoring.challenges import POSES, shots

SITTINGS: Final = 6
"""Photos of one sitting are for one answer: sent again they would be known."""
_PATIENCE_S: Final = 120
_ROOT: Final = Path(__file__).parents[2]
_SIZE: Final = (640, 480)


def file_of(sitting: int, pose: str, place: int) -> str:
    """The name of a photo."""
    return f"{sitting}-{pose}-{place}.jpg"


@dataclass(frozen=True, slots=True)
class Studio:
    """Photos in a folder."""

    folder: Path

    def opens(self) -> bool:
        """Has the portrait pose, once; whether its photos are there."""
        done = self.folder / file_of(0, POSES[0], 0)
        if not done.exists():
            asked = [sys.executable, "-m", "development.demo.posing", str(self.folder.resolve())]
            try:
                subprocess.run(asked, cwd=_ROOT, timeout=_PATIENCE_S, check=False, capture_output=True)
            except subprocess.TimeoutExpired:
                return False
        return done.exists()

    def face(self) -> bytes:
        """A photo to compare with."""
        return self._photo(0, "centre", 0)

    def answer(self, sitting: int, challenge: Sequence[str]) -> list[bytes]:
        """All photos that a challenge asks for, step by step; another `sitting` for each answer of one patient."""
        poses = shots(challenge)
        places = [poses[:step].count(pose) for step, pose in enumerate(poses)]
        wanted = 1 + sitting % (SITTINGS - 1)
        return [self._photo(wanted, pose, place) for pose, place in zip(poses, places, strict=True)]

    def _photo(self, sitting: int, pose: str, place: int) -> bytes:
        file = self.folder / file_of(sitting, pose, place)
        return file.read_bytes() if file.exists() else drawn(sitting, pose, place)


def drawn(sitting: int, pose: str, place: int) -> bytes:
    """A face of a few lines, as a JPEG."""
    page = Image.new("RGB", _SIZE, (200 - sitting, 196, 188))
    pen, aside = ImageDraw.Draw(page), {"left": 40, "right": -40}.get(pose, 0)
    pen.ellipse((220, 90, 420, 370), fill=(224, 186, 160), outline=(90, 60, 50), width=3)
    for left in (265 + aside, 335 + aside):
        pen.ellipse((left, 190, left + 40, 192 if pose == "blink" and place in (2, 3) else 212), fill=(50, 40, 40))
    pen.line((320 + aside, 215, 314 + aside, 265), fill=(90, 60, 50), width=4)
    pen.arc((280 + aside, 270, 360 + aside, 325), 20, 160, fill=(130, 50, 50), width=5)
    kept = BytesIO()
    page.save(kept, "JPEG", quality=85)
    return kept.getvalue()
