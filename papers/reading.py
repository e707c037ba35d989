"""The reading process: one file in, its pages or why not out. Started by reader.py, as `python -m papers KIND`."""

import os
import sys
from typing import BinaryIO

from apart.limits import give_up_everything
from apart.pictures import TooManyPixels
from apart.starting import READY
from papers.answers import write_pages, write_refusal
from papers.documents import Locked, TooManyPages, read_document
from papers.pictures import read_picture

MEMORY = 768 * 1024 * 1024
"""Bytes of addresses: the libraries take 200 MB of it."""
SECONDS = 20
"""Of processor time."""


def answer(content: bytes, kind: str) -> bytes:
    """What is written about a file of this kind: every way in which it may be bad has its word."""
    try:
        return write_pages(read_document(content) if kind == "pdf" else [read_picture(content, kind)])
    except Locked:
        return write_refusal("locked")
    except TooManyPages:
        return write_refusal("pages")
    except (TooManyPixels, MemoryError):
        return write_refusal("large")
    except Exception:  # whatever a library makes of a broken file
        return write_refusal("broken")


def read_one(kind: str, given: BinaryIO, out: BinaryIO) -> None:
    """Reads `given` to its end and answers; from the first byte on it can do nothing else."""
    give_up_everything(MEMORY, SECONDS)
    out.write(READY)
    out.flush()
    out.write(answer(given.read(), kind))
    out.flush()


def main() -> None:
    """`python -m papers KIND`."""
    read_one(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing is left to tidy up, and PDFium's own tidying needs what was given up
