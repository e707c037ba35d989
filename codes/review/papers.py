"""Papers of applications: taken in from the applicant, sealed at once, read by a job, shown to reviewers, destroyed.

What is sent is told apart by its content, never by its name. Nothing of it is looked into here: that is done by
`python -m papers`, a process of its own with nothing to steal, and only the pages it draws are ever shown to anybody.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from apart.kinds import kind_of_picture
from codes.regimes import terms
from store import Store, Work
from store.blobs import BlobStore
from store.columns import table
from store.jobs import READ_PAPER
from store.papers import Paper
from store.passes import Application
from store.reviews import ApplicationReview
from store.sealing import seal_blob

MOST_BYTES = 10 * 1024 * 1024
MOST_PAPERS = 5
"""Of an application, beside those that could not be read."""
MOST_TRIES = 15
"""Of an application, with those that could not be read."""
ARRIVES_WITHIN = timedelta(minutes=10)
_HEIC = re.compile(rb"....ftyp(heic|heix|hevc|heim|heis|mif1|msf1|avif)", re.DOTALL)
_PROGRAM = re.compile(rb"<script|<html|<!doctype html|<svg|<\?php", re.IGNORECASE)
_ARCHIVE_END, _LAST = b"PK\x05\x06", 70_000
"""What a ZIP file ends with, and within how many bytes."""


class PaperTrouble(StrEnum):
    """Why a paper is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    HEIC = "heic"  # a telephone's own kind of photo, which other machines don't read
    KIND = "kind"
    MIXED = "mixed"  # a photo or PDF that is a program or an archive too
    TOO_MANY = "too_many"
    NOT_WANTED = "not_wanted"  # the order asks for none
    NOT_WAITING = "not_waiting"  # no such application of theirs, or it was decided
    NO_ROOM = "no_room"  # our disk is full


class Unread(StrEnum):
    """Why a paper could not be read."""

    BROKEN = "broken"
    LOCKED = "locked"  # a PDF with a password
    PAGES = "pages"
    LARGE = "large"  # too many pixels, or too much work


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper; nothing of what it shows."""

    id: str
    kind: str
    size: int
    state: str
    """One of `store.papers.STATES`."""
    refusal: Unread | None
    pages: int
    added_at: datetime


def kind_of(content: bytes) -> str | PaperTrouble:
    """What a file is by its content: ``jpeg``, ``png``, ``webp``, ``pdf``, or why it is not taken."""
    if not content:
        return PaperTrouble.EMPTY
    if len(content) > MOST_BYTES:
        return PaperTrouble.TOO_LARGE
    if _HEIC.match(content):
        return PaperTrouble.HEIC
    kind = "pdf" if content.startswith(b"%PDF-") else kind_of_picture(content)
    if kind is None:
        return PaperTrouble.KIND
    return PaperTrouble.MIXED if _is_mixed(content, kind) else kind


def _is_mixed(content: bytes, kind: str) -> bool:
    """Whether another program would take it for something else."""
    if kind != "pdf" and b"%PDF-" in content:
        return True
    return _PROGRAM.search(content) is not None or _ARCHIVE_END in content[-_LAST:]


def keep_paper(store: Store, blobs: BlobStore, phone_id: str, number: str, content: bytes) -> str | PaperTrouble:
    """Takes in a paper for the application of this number that was asked for from this telephone; its id.

    The row is there before the blob and says its name, so that whatever is left of a paper that did not arrive is
    found and deleted.
    """
    kind = kind_of(content)
    if isinstance(kind, PaperTrouble):
        return kind
    key = store.keys.new_key()
    with store.work() as work:
        application_id = _room_for(work, phone_id, number)
        if isinstance(application_id, PaperTrouble):
            return application_id
        paper_id, blob = work.new_id(), work.new_id()
        given = {"id": paper_id, "application_id": application_id, "kind": kind, "size": len(content)}
        until = work.now + ARRIVES_WITHIN
        work.insert(Paper, **given, state="arriving", added_at=work.now, begun_blob=blob, due_at=until, attempts=0)
    try:
        seal_blob(blobs, blob, key.key, original_place(paper_id), content)
    except OSError:
        return PaperTrouble.NO_ROOM
    with store.work() as work:
        arrived = update(Paper).where(col(Paper.id) == paper_id, col(Paper.state) == "arriving")
        sealed = {"blob": blob, "begun_blob": None, "data_key": key.wrapped, "epoch": key.epoch}
        if not work.run(arrived.values(state="waiting", due_at=work.now, **sealed)):
            return PaperTrouble.NO_ROOM
        asked = update(ApplicationReview).where(col(ApplicationReview.application_id) == application_id)
        work.run(asked.values(asked_at=None))
        work.audit(f"phone:{phone_id}", "paper.added", paper_id, {"application": application_id, "kind": kind})
        work.ring(READ_PAPER, paper_id)
    return paper_id


def _room_for(work: Work, phone_id: str, number: str) -> str | PaperTrouble:
    """The application that a paper may be added to; held to the end of the work."""
    work.lock(work.keys.blind("application", number))
    row = application_of(work, phone_id, number)
    if row is None or row.state != "referred":
        return PaperTrouble.NOT_WAITING
    if not terms(work, row.regime_version).regime.by_number[row.purpose].papers:
        return PaperTrouble.NOT_WANTED
    papers = papers_of(work, row.id)
    there = sum(one.state in ("arriving", "waiting", "read") for one in papers)
    return PaperTrouble.TOO_MANY if there >= MOST_PAPERS or len(papers) >= MOST_TRIES else str(row.id)


def application_of(work: Work, phone_id: str, number: str) -> Row[Any] | None:
    """The row of the application with this number, where this telephone asked for it."""
    mine = select(table(Application)).where(col(Application.number) == number, col(Application.phone_id) == phone_id)
    row: Row[Any] | None = work.row(mine)
    return row


def papers_of(work: Work, application_id: str) -> list[ListedPaper]:
    """The papers of an application, in the order they came."""
    mine = select(table(Paper)).where(col(Paper.application_id) == application_id).order_by(col(Paper.id))
    return [listed(row) for row in work.rows(mine)]


def listed(row: Row[Any]) -> ListedPaper:
    """A row of `Paper` as a value."""
    refusal = Unread(row.refusal) if row.refusal else None
    pages = len(json.loads(row.pages)) if row.pages else 0
    return ListedPaper(row.id, row.kind, row.size, row.state, refusal, pages, row.added_at)


def has_readable(papers: list[ListedPaper]) -> bool:
    """Whether there is one that a reviewer can look at."""
    return any(one.state == "read" for one in papers)


def original_place(paper_id: str) -> str:
    """What a paper as it was sent is sealed for."""
    return f"paper.original.{paper_id}"


def pages_place(paper_id: str) -> str:
    """What its pages are sealed for."""
    return f"paper.pages.{paper_id}"
