"""Consent taken back: from that moment nothing is asked, and a person is told."""

from datetime import timedelta

import pytest

from monitoring.cases.watched import held_case
from monitoring.home.withdrawing import withdraw_consent
from store import Store
from store.cases import Consent
from store.checks import PresenceCheck
from store.patients import PatientWord
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward


@pytest.fixture
def ward(store: Store, clock: Clock) -> Ward:
    ward = Ward(store, clock)
    ward.put_in_force()
    return ward


def takes_back(ward: Ward, case_id: str, words: str = "Больше не хочу") -> bool:
    with ward.store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        return withdraw_consent(work, case, "page", words, f"patient:{case_id}")


def test_nothing_is_asked_from_then_on_and_a_person_is_told(ward: Ward) -> None:
    case_id = ward.admit()
    ward.challenge(case_id)
    ward.work_on()

    taken = takes_back(ward, case_id)
    ward.plan()
    ward.wait(hours=26)

    assert taken
    assert not ward.case(case_id).is_watched(ward.clock.now)
    assert [one.withdrawn_at is not None for one in ward.rows(Consent)] == [True]
    assert {one.state for one in ward.rows(PresenceCheck)} == {"excused"}
    assert ward.alerts() == [("consent_withdrawn", None)]


def test_the_patients_words_are_kept_sealed(ward: Ward) -> None:
    case_id = ward.admit()

    takes_back(ward, case_id)

    (word,) = ward.rows(PatientWord)
    key = ward.case(case_id).key
    assert (word.kind, word.channel) == ("consent_withdrawn", "page")
    assert key and key.open(f"patient_word.words.{word.id}", word.words_sealed) == "Больше не хочу"


def test_who_took_it_back_before_takes_back_nothing(ward: Ward) -> None:
    case_id = ward.admit()
    takes_back(ward, case_id)
    ward.clock.now += timedelta(minutes=1)

    assert not takes_back(ward, case_id)
    assert len(ward.rows(PatientWord)) == 1
