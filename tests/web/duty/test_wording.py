"""Whatever an alert's page may have to say has words: one without any would keep everybody from deciding."""

from collections.abc import Collection, Mapping

import pytest

from monitoring.duty.deciding import Decision, WhyNot
from monitoring.duty.weighing import Void
from store.case_details import CIRCUMSTANCES
from store.checks import CHECK_STATES
from store.duty import ALERT_KINDS
from store.patients import CHANNELS, NO_POSITION, WORD_KINDS
from web.clinic.wording import CIRCUMSTANCES as CIRCUMSTANCE_WORDS
from web.duty import wording


@pytest.mark.parametrize(
    ("worded", "possible"),
    [
        (wording.KINDS, ALERT_KINDS),
        (wording.DECISIONS, Decision),
        (wording.WHY_NOT, WhyNot),
        (wording.VOIDS, Void),
        (wording.STATES, CHECK_STATES),
        (wording.WORDS, WORD_KINDS),
        (wording.CHANNELS, CHANNELS),
        (CIRCUMSTANCE_WORDS, CIRCUMSTANCES),
    ],
)
def test_everything_has_words(worded: Mapping[str, str], possible: Collection[str]) -> None:
    assert set(worded) == set(possible)


def test_no_position_and_photos_that_we_lost_have_words_too() -> None:
    assert set(NO_POSITION) <= set(wording.POSITIONS)
    assert {"lost", "not_read"} <= set(wording.OUTCOMES)
