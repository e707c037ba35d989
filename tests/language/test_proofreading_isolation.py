"""What contradicts itself where people stay at home."""

import pytest

from language.proofreading import check
from tests.language.test_proofreading import SOUND


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            'checks_a_day = 4\ngap_minutes = 300\nquiet_from = "20:00"\nquiet_until = "09:00"',
            "isolation, checks_a_day: 4 checks, 300 minutes apart, and 60 to answer don't fit into 660 minutes",
        ),
        ('authority = { de = "Amt", en = "Office" }', "isolation, authority, de: de is not among languages"),
        ('news = { en = " " }', "isolation, news: there is no text in en"),
    ],
)
def test_a_mistake_about_people_at_home_is_found_and_told(more: str, said: str) -> None:
    findings = [str(finding) for finding in check(_with(more))]

    assert any(said in finding for finding in findings), findings


@pytest.mark.parametrize("more", ["checks_a_day = 0", "checks_a_day = 4", 'authority = { en = "Office" }'])
def test_what_can_be_kept_is_fine(more: str) -> None:
    assert check(_with(more)) == []


def _with(more: str) -> str:
    return SOUND.replace("[registration]", f"[isolation]\n{more}\n\n[registration]", 1)
