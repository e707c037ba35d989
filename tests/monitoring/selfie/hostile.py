"""Photos that mean harm, looked at in a process that gave up everything: `python -m tests.monitoring.selfie.hostile`.

With a seed and a count it looks at so many mutated photos, without them at bombs, and says in JSON what came of it.
"""

import io
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TextIO

from PIL import Image

from apart.limits import give_up_everything
from development.portraits import portrait
from monitoring.readings import Look
from monitoring.selfie.looking import look
from monitoring.selfie.networks import networks
from monitoring.selfie.reading import MEMORY, SECONDS
from monitoring.weights import FOLDER
from tests.house.sources import ROOT
from tests.papers import files
from tests.papers.mutating import mutated

SMALL = (96, 128)


@cache
def good() -> tuple[bytes, ...]:
    """A face in every kind of photo there is, small."""
    with Image.open(io.BytesIO(portrait("obama.jpg"))) as whole:
        face = whole.convert("RGB").crop((300, 60, 650, 520)).resize(SMALL)
    told = Image.Exif()
    told[0x0112], told[0x010E] = 6, "a note"
    return tuple(
        _saved(image, kind, **more)
        for image, kind, more in (
            (face, "JPEG", {}),
            (face, "JPEG", {"progressive": True, "exif": told.tobytes()}),
            (face.convert("CMYK"), "JPEG", {}),
            (face.convert("L"), "JPEG", {"icc_profile": b"no profile"}),
            (face, "PNG", {}),
            (face.convert("P"), "PNG", {"transparency": 3}),
            (face.convert("LA"), "PNG", {}),
            (face.convert("L").convert("I").convert("I;16"), "PNG", {}),
            (face, "WEBP", {}),
            (face.convert("RGBA"), "WEBP", {"lossless": True, "exif": told.tobytes()}),
        )
    )


def _saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def changed(seed: int, count: int) -> Iterator[bytes]:
    """So many mutated photos."""
    chance = Random(seed)
    return (mutated(good()[number % len(good())], chance) for number in range(count))


def bombs() -> Iterator[bytes]:
    """Small files that would be large."""
    yield files.bomb()
    yield files.wide_bomb()
    yield files.png(60_000, 60_000, b"")
    yield files.png(6000, 6000, files.zeros(108))
    for kind, more in (("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("WEBP", {})):
        yield _saved(Image.new("RGB", (6300, 6300), "grey"), kind, **more)
    yield _saved(Image.new("RGBA", (6300, 6300), (9, 9, 9, 9)), "PNG")
    yield _saved(Image.new("L", (10_900, 10_900)), "JPEG", progressive=True)
    yield _saved(Image.new("RGB", (1, 30_000)), "PNG")
    yield _saved(Image.new("RGB", (30_000, 1)), "JPEG")
    yield _saved(Image.new("1", (1, 1)), "PNG")


def main() -> None:
    """Looks at them, and writes what it saw."""
    numbers = [int(one) for one in sys.argv[1:]]
    photos = [*changed(*numbers)] if numbers else [*bombs()]
    networks(FOLDER)
    status = Path("/proc/self/status").open()  # noqa: SIM115 - while anything can be opened
    give_up_everything(MEMORY, SECONDS * len(photos))
    seen: list[tuple[Look, float]] = []
    for photo in photos:
        began = time.process_time()
        seen.append((look(photo), time.process_time() - began))
    came_of_it = Counter("face" if one.face else str(one.findings[-1]) for one, _ in seen)
    memory = _highest_mb(status)
    told = {"photos": len(seen), "longest_s": max(took for _, took in seen), "memory_mb": memory}
    sys.stdout.write(json.dumps({**told, "came_of_it": came_of_it}))
    sys.stdout.flush()
    os._exit(0)


def _highest_mb(status: TextIO) -> float:
    """The most memory this program held, in /proc/self/status: getrusage tells also what its parent held."""
    (line,) = (one for one in status if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def tried(*numbers: int) -> dict[str, Any]:
    """What such a process says: of mutated photos by a seed and a count, or of the bombs."""
    command = [sys.executable, "-m", "tests.monitoring.selfie.hostile", *map(str, numbers)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise AssertionError(f"it ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
