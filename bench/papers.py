"""What reading a paper takes: `python -m bench.papers`. Time from the file's handing over to its pages, and memory."""

import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from papers.answers import Drawn
from papers.reader import SubprocessReader

ROUNDS = 7
_GRAIN = 38


def _scene(width: int, height: int) -> Image.Image:
    """Something with as much detail as a photo of a sheet of paper: 12 MP make about 4 MB."""
    bands = [Image.effect_noise((width // 2, height // 2), _GRAIN).resize((width, height)) for _ in range(3)]
    return Image.merge("RGB", bands)


def _photo() -> bytes:
    out = io.BytesIO()
    _scene(4000, 3000).save(out, "JPEG", quality=85)
    return out.getvalue()


def _scan() -> bytes:
    """Three pages of A4 at 200 dots an inch, as scanning programs make them."""
    out, pages = io.BytesIO(), [_scene(1654, 2339) for _ in range(3)]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


MADE = {"photo": ("jpeg", _photo), "scan": ("pdf", _scan)}


def measure(name: str, file: Path) -> str:
    """One line about one kind. A process counts the memory of who started it as its own, so this one is small."""
    content, reader, took = file.read_bytes(), SubprocessReader(), []
    pages: list[Drawn] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = reader.read(content, MADE[name][0])
        took.append(time.perf_counter() - began)
        assert isinstance(answer, list), answer
        pages = answer
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    kept = sum(len(page.content) for page in pages) / 1e6
    told = f"{statistics.median(took):.2f} s (longest {max(took):.2f}), {memory:.0f} MB of memory"
    return f"{name}: {len(content) / 1e6:.1f} MB in, {told}, {len(pages)} pages of {kept:.1f} MB kept"


def main() -> None:
    """Makes each kind here, and measures it in a process of its own."""
    if len(sys.argv) > 1:
        print(measure(sys.argv[1], Path(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, make) in MADE.items():
            file = Path(folder, name)
            file.write_bytes(make())
            subprocess.run([sys.executable, "-m", "bench.papers", name, str(file)], check=True)


if __name__ == "__main__":
    main()
