"""What the reading process writes, and how it is taken: believed in nothing, since a file may have taken it over.

``R`` once it is ready; then a line of JSON, ``{"pages": [[width, height, bytes], ...]}`` with the pages behind it, one
after the other, or ``{"refused": "locked"}``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_PAGES = 10
LONGEST_SIDE = 2200
"""Pixels: small print on a sheet of A4 can be read."""
MOST_OUT = 40 * 1024 * 1024
"""Bytes of all pages together."""
_LONGEST_LINE = 4096
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page, a JPEG."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """It can't be read, and why: one of `codes.review.papers.Unread`."""

    why: str


def write_pages(pages: Sequence[Drawn]) -> bytes:
    """The pages as they are handed over."""
    sizes = [[page.width, page.height, len(page.content)] for page in pages]
    return json.dumps({"pages": sizes}).encode() + b"\n" + b"".join(page.content for page in pages)


def write_refusal(why: str) -> bytes:
    """Why there are none."""
    return json.dumps({"refused": why}).encode() + b"\n"


def take(written: bytes) -> list[Drawn] | Refused:
    """What was written once it was ready; a process that broke off or wrote nonsense had a broken file."""
    line, newline, rest = written.partition(b"\n")
    if not newline or len(line) > _LONGEST_LINE:
        return Refused("broken")
    try:
        told = json.loads(line)
        pages = _pages(told, rest) if "pages" in told else Refused(str(told["refused"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Refused("broken")
    return pages if pages else Refused("broken")


def _pages(told: dict[str, Any], rest: bytes) -> list[Drawn]:
    found, start = [], 0
    for width, height, length in told["pages"][: MOST_PAGES + 1]:
        content = rest[start : start + length]
        if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and 0 < length == len(content)):
            raise ValueError
        if not content.startswith(_JPEG):
            raise ValueError
        found.append(Drawn(width, height, content))
        start += length
    if start != len(rest) or len(found) > MOST_PAGES:
        raise ValueError
    return found
