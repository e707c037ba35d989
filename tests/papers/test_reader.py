"""Reading files in the process of its own: good ones become pages, bad ones a word, and nothing takes long or much."""

import io
import os
import subprocess
import sys
import time
from random import Random

import pytest
from PIL import Image

from apart.starting import NoReader
from papers.answers import LONGEST_SIDE, MOST_OUT, Drawn, Refused, take, write_pages
from papers.reader import SubprocessReader
from tests.house.sources import ROOT
from tests.papers import files
from tests.papers.mutating import mutated

reader = SubprocessReader()
LONGEST_S = 15.0
"""With two shared cores that others use."""


def read(content: bytes, kind: str = "jpeg") -> list[Drawn] | Refused:
    began = time.monotonic()
    answer = reader.read(content, kind)
    assert time.monotonic() - began < LONGEST_S
    return answer


def pages(content: bytes, kind: str = "jpeg") -> list[Drawn]:
    answer = read(content, kind)
    assert isinstance(answer, list), answer
    return answer


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_photo_is_one_page_with_the_same_on_it(kind: str) -> None:
    (page,) = pages(files.photo(kind=kind.upper()), kind)

    with Image.open(io.BytesIO(page.content)) as image:
        assert (image.format, image.size) == ("JPEG", (400, 300)) == ("JPEG", (page.width, page.height))
        seen = image.convert("RGB").getpixel((10, 10))
    assert isinstance(seen, tuple) and all(abs(one - other) < 12 for one, other in zip(seen, files.FACE, strict=True))


def test_nothing_that_was_hidden_in_a_photo_comes_through() -> None:
    told = Image.Exif()
    told[0x010E] = "WHERE I LIVE"
    content = files.photo(exif=told.tobytes(), comment=b"A NOTE OF MINE") + b"<script>AND THIS</script>"

    (page,) = pages(content)

    assert not any(word in page.content for word in (b"WHERE", b"NOTE", b"script", b"Exif"))


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    (page,) = pages(files.photo(400, 300, exif=turned.tobytes()))

    assert (page.width, page.height) == (300, 400)


def test_a_large_photo_is_made_smaller() -> None:
    (page,) = pages(files.photo(4000, 3000))

    assert (page.width, page.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


def test_what_was_transparent_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    (page,) = pages(out.getvalue(), "png")

    with Image.open(io.BytesIO(page.content)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_document_is_its_pages() -> None:
    assert len(pages(files.pdf(3), "pdf")) == 3


def test_a_document_with_scripts_is_a_picture_of_it() -> None:
    (page,) = pages(files.with_javascript(), "pdf")

    assert b"JavaScript" not in page.content and page.content.startswith(b"\xff\xd8\xff")


def test_a_document_whose_table_is_broken_is_mended_or_refused() -> None:
    answer = read(files.pdf(2).replace(b"xref", b"yref"), "pdf")

    assert answer == Refused("broken") or (isinstance(answer, list) and len(answer) == 2)


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (files.photo()[:2000], "jpeg", "broken"),
        (b"\xff\xd8\xff", "jpeg", "broken"),
        (files.photo(kind="PNG")[:200], "png", "broken"),
        (b"%PDF-1.7\n", "pdf", "broken"),
        (files.pdf()[:300], "pdf", "broken"),
        (files.with_password(), "pdf", "locked"),
        (files.many_pages(1000), "pdf", "pages"),
        (files.pdf(11), "pdf", "pages"),
        (files.wide_bomb(), "png", "large"),
        (files.png(60_000, 60_000, b""), "png", "large"),
        (files.SVG, "png", "broken"),
        (files.gif_page(), "jpeg", "broken"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_word(content: bytes, kind: str, why: str) -> None:
    assert read(content, kind) == Refused(why)


MEASURED = """
import resource, sys
from papers.reader import SubprocessReader
SubprocessReader().read(sys.stdin.buffer.read(), sys.argv[1])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Run by itself: there the reading process is the only child, and what it was forked from is small."""


def test_a_bomb_takes_neither_time_nor_memory() -> None:
    command = [sys.executable, "-c", MEASURED, "png"]

    told = subprocess.run(command, cwd=ROOT, input=files.bomb(), capture_output=True, check=True, timeout=LONGEST_S)

    assert 20 * 1024 < int(told.stdout) < 600 * 1024


@pytest.mark.timeout(300)
def test_of_mutated_files_none_harms_us() -> None:
    chance = Random(4)
    good = [(files.photo(60, 40), "jpeg"), (files.photo(60, 40, "PNG"), "png"), (files.pdf(), "pdf")]
    good += [(files.photo(60, 40, "WEBP"), "webp"), (files.with_javascript(), "pdf")]

    for turn in range(240):
        content, kind = good[turn % len(good)]
        answer = read(mutated(content, chance), kind)
        assert isinstance(answer, list) or answer.why in ("broken", "locked", "pages", "large")


INSIDE = """
import os, socket, sys
from apart.limits import give_up_everything
from papers.reading import MEMORY, SECONDS
give_up_everything(MEMORY, SECONDS)
done = []
for what in (lambda: open("/etc/passwd"), lambda: socket.socket(), lambda: os.fork(), lambda: bytearray(1 << 30)):
    try:
        what()
        done.append("could")
    except (OSError, MemoryError):
        done.append("could not")
print(done, dict(os.environ).get("TWILIO_AUTH_TOKEN"))
"""


def test_the_process_can_open_no_file_and_no_connection_and_take_no_memory() -> None:
    told = subprocess.run([sys.executable, "-c", INSIDE], cwd=ROOT, env={}, capture_output=True, text=True, check=True)

    everything = ["could not"] * 4
    if os.geteuid() == 0:  # the limit of processes does not hold for root: the child writes a line too
        everything[2] = "could"
    assert told.stdout.splitlines()[-1] == f"{everything} None"


def test_a_process_that_hangs_is_killed() -> None:
    began = time.monotonic()

    answer = SubprocessReader(patience_s=0.01)

    with pytest.raises(NoReader):
        answer.read(files.photo(), "jpeg")
    assert time.monotonic() - began < 5


GOOD = Drawn(10, 10, b"\xff\xd8\xff page")


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"nonsense",
        b"[]\n",
        b"null\n",
        b'{"pages": []}\n',
        b'{"pages": [[10, 10, 5]]}\nGIF89',
        b'{"pages": [[10, 10, 50]]}\n\xff\xd8\xff',
        b'{"pages": [[0, 10, 3]]}\n\xff\xd8\xff',
        b'{"pages": [["a", 10, 3]]}\n\xff\xd8\xff',
        b'{"pages": [[99999, 10, 3]]}\n\xff\xd8\xff',
        b'{"pages": [[10, 10, 3]]}\n\xff\xd8\xffmore',
        b'{"pages": [[10, 10, 3, 4]]}\n\xff\xd8\xff',
        b"[" * 5000 + b"\n",
        write_pages([GOOD] * 11),
    ],
)
def test_what_the_process_says_is_not_believed(written: bytes) -> None:
    assert take(written) == Refused("broken")


def test_what_it_says_well_is_taken() -> None:
    assert take(write_pages([GOOD, GOOD])) == [GOOD, GOOD]
    assert MOST_OUT > 10 * 1024 * 1024
