"""What is taken away as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask

from web.sheets import cell, csv_answer


def read_csv(data: bytes) -> list[list[str]]:
    """The lines of a download, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0@"])
def test_no_text_runs_as_a_formula(sign: str) -> None:
    assert cell(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Казань, «Центр»", "Казань, «Центр»"),
        ("a=b", "a=b"),
        (None, ""),
        (-3, "-3"),
        (Decimal("0.05"), "0.05"),
        (datetime(2026, 6, 3, 9, 0, 0, 5, tzinfo=UTC), "2026-06-03T09:00:00+00:00"),
    ],
)
def test_other_values_stay_as_they_are(value: object, written: str) -> None:
    assert cell(value) == written


def test_a_download_opens_in_a_spreadsheet() -> None:
    with Flask(__name__).test_request_context():
        answer = csv_answer("units.csv", ["Unit", "Note"], [("Отдел 1", 'a "b", c\nd'), ("=1+1", 2)])

        assert read_csv(answer.get_data()) == [["Unit", "Note"], ["Отдел 1", 'a "b", c\nd'], ["'=1+1", "2"]]
    assert answer.get_data().startswith(b"\xef\xbb\xbfUnit")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("text/csv", 'attachment; filename="units.csv"')


def test_a_long_one_is_drawn_while_it_is_sent() -> None:
    drawn = 0

    def rows() -> Iterator[tuple[int]]:
        nonlocal drawn
        for number in range(100_000):
            drawn += 1
            yield (number,)

    with Flask(__name__).test_request_context():
        pieces = iter(csv_answer("long.csv", ["Number"], rows()).response)
        assert drawn <= 1000
        first = next(pieces)
        assert drawn <= 1000

        rest = sum(len(bytes(piece, "ascii") if isinstance(piece, str) else piece) for piece in pieces)
    assert (drawn, rest > 500_000, len(first) < 5000) == (100_000, True, True)


def test_what_fails_at_the_start_is_no_broken_file() -> None:
    def rows() -> Iterator[tuple[str]]:
        yield ("fine",)
        raise LookupError("no database")

    with Flask(__name__).test_request_context(), pytest.raises(LookupError):
        csv_answer("broken.csv", ["Head"], rows())
