"""Officers from the command line: enroll, list, unlock, leave."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.commands.conftest import Looks, Phones, Read, Refused, Run

NUMBER = "+79990000009"
ENROLL = ("officers", "enroll", "--phone", "8 999 000 00 09", "--unit", "Unit 1", "--pin")


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = rows
    return row


def test_an_enrolled_officer_opens_a_shift_by_text(read: Read, phones: Phones) -> None:
    row = read(*ENROLL, "4821")

    assert {**row, "id": ""} == {"id": "", "phone": NUMBER, "unit": "Unit 1", "zone": None}
    assert not only(read("officers", "list"))["on_shift"]
    phones("9").text("СМЕНА 4821")
    assert only(read("officers", "list"))["shift_until"] == "2026-06-04T00:00:00+03:00"


def test_enrolling_again_gives_another_unit_and_pin(read: Read, run: Run) -> None:
    first = read(*ENROLL, "4821")
    again = read("officers", "enroll", "--phone", NUMBER, "--unit", "Unit 2", "--pin", "1111")

    assert first["id"] == again["id"]
    assert only(read("officers", "list"))["unit"] == "Unit 2"
    assert "Unit 2" in run("officers", "list").stdout


def test_a_locked_officer_is_unlocked(read: Read, phones: Phones, table_of: Callable[..., str]) -> None:
    read(*ENROLL, "4821")
    for _ in range(5):
        phones("9").text("СМЕНА 1111")
    assert only(read("officers", "list"))["locked"]

    assert table_of("officers", "unlock", "--phone", NUMBER) == f"{NUMBER} unlocked\n"
    assert not only(read("officers", "list"))["locked"]


def test_who_left_is_no_officer_any_more(read: Read, refused: Refused) -> None:
    read(*ENROLL, "4821")

    assert read("officers", "leave", "--phone", NUMBER) == {"phone": NUMBER, "left": True}
    assert read("officers", "list") == []
    assert refused("officers", "leave", "--phone", NUMBER) == f"no officer is enrolled on {NUMBER}"


def test_a_list_of_officers_is_a_look(read: Read, looks: Looks) -> None:
    read("officers", "list")

    assert looks() == [("operator:anna", "officers", {"why": "command line", "at": "officers list"})]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*ENROLL, "12"), "a PIN has 4 to 8 digits, 0 to 9"),
        ((*ENROLL, "٤٨٢١"), "a PIN has 4 to 8 digits, 0 to 9"),
        ((*ENROLL, "4821", "--zone", "north"), "no zone 'north' in tatarstan-2020: it has none"),
        (("officers", "enroll", "--phone", "112", "--unit", "1", "--pin", "4821"), "'112' is no telephone number"),
        (("officers", "enroll", "--phone", NUMBER, "--unit", " ", "--pin", "4821"), "--unit is empty"),
        (("officers", "enroll", "--phone", NUMBER, "--unit", "1"), "Missing option '--pin'."),
        (("officers", "unlock", "--phone", NUMBER), f"no officer is enrolled on {NUMBER}"),
        (("officers", "leave", "--phone", NUMBER), f"{NUMBER} is not known"),
    ],
)
def test_an_error_is_one_line(refused: Refused, words: tuple[str, ...], said: str) -> None:
    assert refused(*words).startswith(said)


class TestZones:
    """In an order that has some."""

    @pytest.fixture
    def order(self) -> str:
        return "example-en"

    def test_a_zone_goes_by_its_key_or_name(self, read: Read) -> None:
        enroll = ("officers", "enroll", "--phone", "+442079460001", "--unit", "1", "--pin", "4821", "--zone")

        assert read(*enroll, "HARBOUR")["zone"] == "harbour"
        assert only(read("officers", "list"))["zone"] == "harbour"

    def test_an_unknown_zone_is_told_with_those_there_are(self, refused: Refused) -> None:
        said = refused("officers", "enroll", "--phone", "+442079460001", "--unit", "1", "--pin", "4821", "--zone", "x")

        assert said == "no zone 'x' in example-en: there are north, harbour, south"
