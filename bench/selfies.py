"""What reading photos of faces takes: `python -m bench.selfies`. On one core, as the service reads them."""

import io
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import cv2
from PIL import Image

from bench.processes import tree
from development.acting import before_camera, posing
from development.portraits import ASTRONAUT, portrait
from monitoring.challenges import BURST, POSES
from monitoring.photos.reader import SubprocessPhotos
from monitoring.selfie.looking import look

ROUNDS = 5
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class SelfieFigures:
    """Processor time of one photo in ms, of a telephone's camera in a browser and of one with 12 million pixels; an
    answer from the process's start to its end in s; the process's memory in MB."""

    photo_ms: float
    large_photo_ms: float
    photos: int
    answer_s: float
    memory_mb: float


def selfie_figures() -> SelfieFigures:
    """Measures, in a process of its own: one counts the memory of who started it as its own."""
    command = [sys.executable, "-m", "bench.selfies"]
    told = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    figures: dict[str, Any] = json.loads(told)
    return SelfieFigures(**figures)


def _answer() -> list[bytes]:
    """The photos of an answer to a challenge."""
    person = before_camera(portrait(ASTRONAUT))
    pictures = [one for pose in POSES for one in posing(person, pose, BURST if pose == "blink" else 1)]
    return [bytes(cv2.imencode(".jpg", one, [cv2.IMWRITE_JPEG_QUALITY, 85])[1]) for one in pictures]


def _large() -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(portrait("obama.jpg"))) as whole:
        whole.convert("RGB").resize((3000, 4000)).save(out, "JPEG", quality=90)
    return out.getvalue()


def _ms(photo: bytes) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        look(photo)
        took.append(time.process_time() - began)
    return median(took) * 1000


def _peak_mb(reading: threading.Thread) -> float:
    """The most memory that a process had which was started meanwhile."""
    most = 0.0
    reading.start()
    while reading.is_alive():
        for pid in tree(os.getpid())[1:]:
            with suppress(OSError, StopIteration):
                said = Path(f"/proc/{pid}/status").read_text().splitlines()
                most = max(most, next(int(line.split()[1]) / 1024 for line in said if line.startswith("VmHWM:")))
        time.sleep(0.01)
    return most


def main() -> None:
    """Measures, and says it in JSON."""
    photos, reader, took = [*_answer(), _large()], SubprocessPhotos(), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        reader.read(photos)
        took.append(time.perf_counter() - began)
    memory = _peak_mb(threading.Thread(target=reader.read, args=(photos,)))
    look(photos[0])  # the networks are read
    figures = SelfieFigures(_ms(photos[0]), _ms(photos[-1]), len(photos), median(took), memory)
    print(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main()
