"""Whatever is kept of people at home is said in words: none of our own names reaches a page, and none breaks one."""

import pytest

from store.case_details import CIRCUMSTANCES
from store.cases import CASE_KINDS, CASE_MEANS, CHANGE_KINDS, CLOSINGS
from store.checks import CHECK_STATES
from store.duty import ALERT_KINDS, DECISIONS
from store.patients import CHANNELS, NO_POSITION, WORD_KINDS
from web.citizen.held_home import WORDS_AT_HOME
from web.clinic import wording as clinic
from web.duty import wording as duty
from web.patient import wording as patient

SAID = (
    (CIRCUMSTANCES, clinic.CIRCUMSTANCES),
    (CASE_KINDS, clinic.KINDS),
    (CASE_KINDS, patient.KINDS),
    (CASE_MEANS, clinic.MEANS),
    (CASE_MEANS, duty.MEANS),
    (CASE_MEANS, patient.MEANS),
    (CHANGE_KINDS, clinic.CHANGES),
    (CLOSINGS, clinic.CLOSINGS),
    (CHECK_STATES, duty.STATES),
    (CHECK_STATES[1:], patient.STATES),
    (ALERT_KINDS, duty.KINDS),
    (ALERT_KINDS, WORDS_AT_HOME["doubt"]),
    (DECISIONS, duty.DECISIONS),
    (DECISIONS, patient.DECISIONS),
    (CHANNELS, duty.CHANNELS),
    (NO_POSITION, duty.POSITIONS),
    (WORD_KINDS, duty.WORDS),
    (WORD_KINDS, patient.SAID),
    (duty.FILE_OUTCOMES, WORDS_AT_HOME["authority_outcome"]),
    (set(patient.OUTCOMES) - set(duty.WORDS), duty.OUTCOMES),
)


@pytest.mark.parametrize(("names", "words"), SAID)
def test_every_name_has_words(names: tuple[str, ...], words: dict[str, str]) -> None:
    assert set(names) - {str(name) for name in words} == set()
