"""One page of a paper, as a reviewer sees it: opened for that moment, each look noted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from codes.review.papers import pages_place
from store import DataKey, Work
from store.blobs import BlobStore
from store.columns import table
from store.papers import Paper
from store.sealing import PART, SEALED_PART, opened

_PAPER = table(Paper)


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page lies; see `page_bytes`."""

    paper_id: str
    blob: str
    key: DataKey
    start: int
    length: int
    width: int
    height: int


def pages_of(work: Work, application_id: str, paper_id: str) -> list[Page]:
    """The pages of a paper of this application; none where there is no such paper, or it is not read."""
    mine = select(_PAPER).where(_PAPER.c.id == paper_id, _PAPER.c.application_id == application_id)
    row = work.row(mine.where(_PAPER.c.state == "read"))
    if row is None:
        return []
    key, found, start = work.keys.unwrap(row.data_key, row.epoch), [], 0
    for width, height, length in json.loads(row.pages):
        found.append(Page(row.id, row.blob, key, start, length, width, height))
        start += length
    return found


def page_bytes(blobs: BlobStore, page: Page) -> bytes:
    """The JPEG. Raises NoBlob where it was destroyed since, and Tampered where it was changed."""
    first = page.start // PART
    skipped = page.start - first * PART
    pieces: Iterator[bytes] = opened(
        page.key, pages_place(page.paper_id), blobs.get(page.blob, first * SEALED_PART), first
    )
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) >= skipped + page.length:
            break
    return bytes(found[skipped : skipped + page.length])
