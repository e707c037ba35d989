"""After a change of ours telephones are judged anew, and nobody becomes away by it."""

from sqlalchemy import update
from sqlmodel import col

from monitoring.departures.again import judge_case_again, judge_changed
from monitoring.fence.state import read_state
from store.cases import Fence
from store.patients import Departure, FenceState
from tests.monitoring.fence.shapes import HOUSE, M_LON
from tests.monitoring.patient import Patient, a_patient


def moved(patient: Patient, east_m: float) -> None:
    """The home of a patient is put right."""
    from_there = [(x + east_m * M_LON, y) for x, y in HOUSE.exterior.coords]
    with patient.store.work() as work:
        mine = update(Fence).where(col(Fence.case_id) == patient.case_id)
        work.run(mine, replaced_at=work.now)
    patient.add_fence(type(HOUSE)(from_there), "home", patient.clock.now)


def test_who_is_at_home_by_the_right_fence_is_back(patient: Patient) -> None:
    patient.stays(500, 40)
    moved(patient, 500)

    assert judge_case_again(patient.store, patient.last_fixes, patient.case_id) == 1

    (fact,), (row,) = patient.rows(Departure), patient.rows(FenceState)
    assert fact.back_at is not None
    assert (read_state(row.state).away, read_state(row.state).score, row.next_s) == (False, 0, 240)


def test_who_is_at_home_by_the_wrong_one_alone_is_not_away_by_our_change(patient: Patient) -> None:
    patient.stays(0, 40)
    moved(patient, 700)

    judge_case_again(patient.store, patient.last_fixes, patient.case_id)

    assert not read_state(patient.rows(FenceState)[0].state).away and patient.rows(Departure) == []
    assert "departed" in [one.event for one in patient.stays(0, 40)], "their own fixes say it"


def test_who_was_away_stays_so_where_nothing_is_known(patient: Patient) -> None:
    patient.stays(500, 40)
    patient.clock.pass_by(hours=1)
    patient.last_fixes.forget(f"{patient.case_id}:{patient.rows(FenceState)[0].device_id}")

    judge_case_again(patient.store, patient.last_fixes, patient.case_id)

    assert read_state(patient.rows(FenceState)[0].state).away and patient.rows(Departure)[0].back_at is None


def test_other_parameters_begin_all_states_anew_once(patient: Patient) -> None:
    a_patient(patient.store, patient.clock, "+79990000002").is_at(0)
    patient.stays(300, 12)
    with patient.store.work() as work:
        work.run(update(FenceState), state='{"v":"2025-9","score":3.0,"outside":2}')

    assert judge_changed(patient.store, patient.last_fixes) == 2
    assert judge_changed(patient.store, patient.last_fixes) == 0
    assert {read_state(row.state).score for row in patient.rows(FenceState)} == {0}
