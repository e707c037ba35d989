"""Papers as they come: told apart by content, sealed all the time, read once."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.review.papers import MOST_BYTES, PaperTrouble, Unread, kind_of
from codes.review.showing_papers import page_bytes, pages_of
from papers.answers import Refused
from papers.keeping import PaperKeeper
from store import Store
from store.columns import table
from store.papers import Paper
from tests.codes.counter import ANN
from tests.papers import files
from tests.papers.hand import PAGE, Applicant, FakeReader

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def row(store: Store) -> Any:
    with store.reading() as work:
        return work.row(select(table(Paper)))


def blobs_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.photo(), "jpeg"),
        (files.photo(kind="PNG"), "png"),
        (files.photo(kind="WEBP"), "webp"),
        (files.pdf(), "pdf"),
        (b"", PaperTrouble.EMPTY),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), PaperTrouble.TOO_LARGE),
        (files.HEIC, PaperTrouble.HEIC),
        (files.SVG, PaperTrouble.KIND),
        (files.DOCX, PaperTrouble.KIND),
        (files.gif_page(), PaperTrouble.KIND),
        (b"<html><body>", PaperTrouble.KIND),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", PaperTrouble.KIND),
        (files.hidden_page(), PaperTrouble.MIXED),
        (files.photo() + files.pdf(), PaperTrouble.MIXED),
        (files.pdf() + b"PK\x05\x06" + bytes(18), PaperTrouble.MIXED),
    ],
)
def test_what_a_file_is_is_told_by_its_content(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_a_paper_is_read_and_only_its_pages_remain(
    applicant: Applicant, keeper: PaperKeeper, reader: FakeReader, folder: Path
) -> None:
    content = files.photo(comment=b"as it was sent")
    paper = applicant.adds(content)
    before = blobs_in(folder)

    keeper.keep(str(paper))

    (one,) = applicant.papers()
    assert (one.id, one.state, one.pages, one.size) == (paper, "read", 1, len(content))
    assert reader.given == [(content, "jpeg")]
    assert len(before) == len(blobs_in(folder)) == 1 and before != blobs_in(folder)
    assert not any(b"as it was sent" in file.read_bytes() for file in (*before[1:], *blobs_in(folder)))


def test_a_page_is_what_the_reader_drew(applicant: Applicant, paper: str, store: Store) -> None:
    with store.reading() as work:
        application = work.row(select(col(Paper.application_id))).application_id
        (page,) = pages_of(work, application, paper)
        others = pages_of(work, paper, paper)

    assert page_bytes(applicant.blobs, page) == PAGE.content and others == []


def test_each_of_many_pages_is_found(
    applicant: Applicant, keeper: PaperKeeper, reader: FakeReader, store: Store
) -> None:
    pages = [type(PAGE)(10, 10, b"\xff\xd8\xff" + bytes([number]) * (70_000 * number)) for number in range(1, 5)]
    reader.answer = pages
    paper = str(applicant.adds())

    keeper.keep(paper)

    with store.reading() as work:
        found = pages_of(work, work.row(select(col(Paper.application_id))).application_id, paper)
    assert [page_bytes(applicant.blobs, page) for page in found] == [page.content for page in pages]


@pytest.mark.parametrize("why", list(Unread))
def test_one_that_cannot_be_read_is_gone_and_the_applicant_is_told(
    applicant: Applicant, keeper: PaperKeeper, reader: FakeReader, folder: Path, why: Unread
) -> None:
    reader.answer = Refused(why)

    keeper.keep(str(applicant.adds()))

    (one,) = applicant.papers()
    assert (one.state, one.refusal) == ("refused", why)
    assert blobs_in(folder) == [] and row(applicant.counter.store).data_key is None
    assert applicant.counter.owed() == [(ANN, f"paper_{why}", {"application": applicant.number})]


@one_database
def test_a_word_that_nobody_knows_is_a_broken_file(
    applicant: Applicant, keeper: PaperKeeper, reader: FakeReader
) -> None:
    reader.answer = Refused("<script>")

    keeper.keep(str(applicant.adds()))

    assert applicant.papers()[0].refusal is Unread.BROKEN
