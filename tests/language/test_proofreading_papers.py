"""What an order may ask reviewers and applicants for, and what contradicts itself there."""

import pytest

from language.proofreading import check
from tests.language.test_proofreading import SOUND


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('approval = "review"', "reviewers = 2", "purpose 2, reviewers: nobody looks at papers or confirms where no"),
        (
            'approval = "review"',
            'papers = { need = "optional", hint = { en = "Ticket" } }',
            "purpose 2, papers: nobody looks at papers or confirms where no official decides; write",
        ),
        (
            'approval = "review"',
            'approval = "review"\npapers = { need = "some", hint = { en = "Ticket" } }',
            "purpose 2, papers, need: 'some' is not known; write 'optional' or 'required'",
        ),
        (
            'approval = "review"',
            'approval = "review"\npapers = { need = "optional", hint = {} }',
            "purpose 2, papers, hint: the text in en is missing",
        ),
        (
            'approval = "review"',
            'approval = "review"\nreviewers = 3',
            "purpose 2, reviewers: input should be less than or",
        ),
    ],
)
def test_a_mistake_about_papers_is_found_and_told(old: str, new: str, said: str) -> None:
    findings = [str(finding) for finding in check(SOUND.replace(old, new, 1))]

    assert any(said in finding for finding in findings), findings


def test_papers_and_a_second_reviewer_are_fine_where_an_official_decides() -> None:
    more = 'approval = "review"\nreviewers = 2\npapers = { need = "required", hint = { en = "Ticket" } }'

    assert check(SOUND.replace('approval = "review"', more, 1)) == []
