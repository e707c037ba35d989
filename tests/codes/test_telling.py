"""Who is told by text, who by a call, and who by a person; and what fits whom."""

import pytest

from codes.telling import Patient, Way, is_landline, way_to
from monitoring.cases.circumstances import better_means, possible_means

MOBILE, LANDLINE = "+79990000001", "+78432921234"


@pytest.mark.parametrize(
    ("means", "circumstances", "number", "way"),
    [
        ("link", (), MOBILE, Way.TEXT),
        ("visit", (), MOBILE, Way.TEXT),
        ("call", (), MOBILE, Way.CALL),
        ("visit", ("no_smartphone",), MOBILE, Way.CALL),
        ("link", ("poor_sight",), MOBILE, Way.CALL),
        ("visit", (), LANDLINE, Way.CALL),
        ("visit", ("deaf",), MOBILE, Way.TEXT),
        ("visit", ("deaf", "no_smartphone"), MOBILE, Way.TEXT),
        ("visit", ("deaf",), LANDLINE, Way.PERSON),
        ("visit", ("deaf", "poor_sight"), MOBILE, Way.PERSON),
    ],
)
def test_one_rule_says_how_a_patient_is_told(means: str, circumstances: tuple[str, ...], number: str, way: Way) -> None:
    assert way_to(Patient("c", None, means, circumstances), number) is way


@pytest.mark.parametrize(
    ("means", "circumstances", "better"),
    [
        ("link", ("bedridden",), "call"),
        ("call", ("bedridden",), None),
        ("link", ("deaf",), None),
        ("call", ("deaf",), "link"),
        ("call", ("deaf", "no_smartphone"), "visit"),
        ("link", ("no_smartphone", "deaf"), "visit"),
    ],
)
def test_what_fits_suits_all_circumstances(means: str, circumstances: tuple[str, ...], better: str | None) -> None:
    assert better_means(means, circumstances) == better


def test_nobody_is_rung_who_cannot_hear_it() -> None:
    assert possible_means("call", ("deaf", "no_smartphone")) == "visit"
    assert possible_means("call", ("deaf",)) == "link"
    assert possible_means("call", ("no_smartphone",)) == "call"


def test_what_is_no_number_is_no_landline() -> None:
    assert not is_landline("+1") and is_landline(LANDLINE)
