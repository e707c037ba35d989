"""Whatever keeps an officer from deciding has words: one without any would keep everybody from deciding.

What is kept in the database is held against its words in tests/web/test_words_at_home.py.
"""

from collections.abc import Collection, Mapping

import pytest

from monitoring.duty.deciding import Decision, WhyNot
from monitoring.duty.weighing import Void
from web.duty import wording


@pytest.mark.parametrize(
    ("worded", "possible"),
    [(wording.DECISIONS, Decision), (wording.WHY_NOT, WhyNot), (wording.VOIDS, Void)],
)
def test_everything_has_words(worded: Mapping[str, str], possible: Collection[str]) -> None:
    assert set(worded) == set(possible)


def test_photos_that_we_lost_have_words_too() -> None:
    assert {"lost", "not_read"} <= set(wording.OUTCOMES)
