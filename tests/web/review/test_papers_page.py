"""The applicant's page of papers: every file that is no good has its sentence, and nothing lies open on a disk."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from codes.review.papers import MOST_BYTES
from papers.answers import Refused
from settings import Settings
from tests.codes.counter import ANN, BOB
from tests.papers import files
from tests.papers.hand import FakeReader
from tests.web.people import citizen_signed_in
from tests.web.reading import words
from tests.web.review.office import WEDDING, Office, upload


@pytest.fixture
def ann(app: Flask, office: Office) -> FlaskClient:
    return citizen_signed_in(app, office.counter.store, ANN)


@pytest.fixture
def number(office: Office) -> str:
    return office.applies(WEDDING).number


def test_the_page_says_what_is_asked_for(ann: FlaskClient, number: str) -> None:
    said = words(ann.get(f"/applications/{number}/papers"))

    assert "Wedding card with the names" in said and "Without it you can't get a pass" in said


def test_the_way_to_it_stands_beside_the_application(ann: FlaskClient, number: str) -> None:
    assert f"/applications/{number}/papers" in ann.get("/passes").text


@pytest.mark.parametrize(
    "content", [files.photo(), files.photo(kind="PNG"), files.photo(kind="WEBP"), files.pdf()], ids=range(4)
)
def test_a_photo_or_document_is_taken_and_read(ann: FlaskClient, office: Office, number: str, content: bytes) -> None:
    answer = upload(ann, number, content, "whatever.txt")
    waiting = words(ann.get(answer.headers["Location"]))

    office.counter.clock.pass_by(seconds=5)
    office.keeper.sweep()

    assert answer.status_code == 303 and "Added." in waiting and "is being read" in waiting
    assert "1 page, can be read" in words(ann.get(f"/applications/{number}/papers"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES + (1 << 20)), "more than 10 MB"),
        (files.HEIC, "saved the photo as HEIC"),
        (files.SVG, "This file is something else, whatever its name"),
        (files.gif_page(), "This file is something else, whatever its name"),
        (files.DOCX, "This file is something else, whatever its name"),
        (files.hidden_page(), "two kinds of file in one"),
        (files.photo() + files.pdf(), "two kinds of file in one"),
    ],
    ids=["empty", "large", "heic", "svg", "gif and page", "docx", "photo and page", "photo and pdf"],
)
def test_what_is_no_paper_is_refused_with_a_sentence(ann: FlaskClient, number: str, content: bytes, said: str) -> None:
    page = upload(ann, number, content)

    assert page.status_code == 422 and said in words(page) and "There is a problem" in words(page)


def test_what_is_larger_than_that_is_not_even_taken_in(ann: FlaskClient, number: str) -> None:
    page = upload(ann, number, b"\xff\xd8\xff" + bytes(MOST_BYTES * 2))

    assert page.status_code == 413 and "That file is too large" in words(page)


def test_one_that_could_not_be_read_says_what_to_do(ann: FlaskClient, office: Office, number: str) -> None:
    assert isinstance(office.keeper.reader, FakeReader)
    office.keeper.reader.answer = Refused("locked")
    upload(ann, number, files.pdf())
    office.counter.clock.pass_by(seconds=5)
    office.keeper.sweep()

    said = words(ann.get(f"/applications/{number}/papers"))

    assert "could not be read." in said and "Save it without one, or take a photo of it." in said


def test_ones_papers_are_nobody_elses(app: Flask, office: Office, number: str) -> None:
    other = citizen_signed_in(app, office.counter.store, BOB)

    pages = [other.get(f"/applications/{number}/papers{part}").status_code for part in ("", "/list")]

    assert pages == [404, 404]


def test_a_file_stays_in_memory_until_it_is_sealed(
    app: Flask, ann: FlaskClient, number: str, settings: Settings
) -> None:
    with app.test_request_context():
        stream = request._get_file_stream(MOST_BYTES, "image/jpeg")
    upload(ann, number, files.photo() + b"A MARK THAT IS FOUND AGAIN" * 40_000)

    (blob,) = [file for file in Path(settings.blobs_dir).rglob("*") if file.is_file()]
    assert isinstance(stream, BytesIO) and b"A MARK THAT IS FOUND" not in blob.read_bytes()
