"""What contradicts itself where organisations may ask for their workers."""

import pytest

from language.proofreading import check
from tests.language.test_proofreading import SOUND


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("employer = true", "purpose 2, employer: the pass would not say whose worker it is for; add organisation"),
        (
            'employer = true\noptional_fields = ["organisation"]',
            "purpose 2, employer: an employer's list does not always say reason, which is required; make it optional",
        ),
        (
            'employer = true\nfields = ["organisation", "plate"]',
            "purpose 2, employer: an employer's list does not always say plate, which is required",
        ),
        (
            'employer = true\nreviewers = 2\nfields = ["organisation"]',
            "purpose 2, employer: one reviewer confirms an organisation, and here two decide",
        ),
    ],
)
def test_a_mistake_about_employers_is_found_and_told(more: str, said: str) -> None:
    findings = [str(finding) for finding in check(_with(more))]

    assert any(said in finding for finding in findings), findings


def test_organisations_may_ask_where_their_lists_say_enough() -> None:
    assert check(_with('employer = true\nfields = ["organisation"]\noptional_fields = ["plate", "card"]')) == []


def _with(more: str) -> str:
    """The sound order, whose second purpose says `more`, where need be in place of its fields."""
    sound = SOUND.replace('fields = ["reason"]\nbook', "book") if "\nfields" in more else SOUND
    return sound.replace('approval = "review"', f'approval = "review"\n{more}')
