"""What was allowed ends no sooner than its patient knows and could come home."""

from datetime import UTC, datetime, timedelta

import pytest

from codes.regimes import in_force
from monitoring.cases.changing import changes_of
from monitoring.cases.fences import KnownFence, allow_elsewhere, allowed_elsewhere, fences_of, set_home
from monitoring.cases.watched import held_case
from monitoring.outlines import read_wkb
from monitoring.patients.placing import Place, end_patient_elsewhere, move_patients_home
from store import Store
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward
from tests.monitoring.fence.shapes import HOUSE

DOCTOR = "staff:clinician"
HOUSE_THERE = Place(read_wkb(HOUSE.wkb), weak=False)


@pytest.fixture
def ward(store: Store, clock: Clock) -> Ward:
    found = Ward(store, clock)
    found.put_in_force()
    return found


def at_home(ward: Ward, hour: int) -> str:
    """A patient with a home, who may be elsewhere for three days from now; it is this hour of their day."""
    ward.clock.now += timedelta(days=1) - (ward.clock.now - ward.clock.now.replace(hour=hour - 3, minute=0))
    case_id = ward.admit()
    with ward.store.work() as work:
        case, span = held_case(work, case_id), (work.now, work.now + timedelta(days=3))
        assert case is not None
        set_home(work, case, HOUSE_THERE.outline, weak=False, by=DOCTOR)
        allow_elsewhere(work, case, HOUSE_THERE.outline, span, weak=False, by=DOCTOR)
    return case_id


def fences(ward: Ward, case_id: str) -> list[KnownFence]:
    with ward.store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        return fences_of(work, case)


def ends(ward: Ward, case_id: str) -> datetime | None:
    """Somebody ends the other place; when it ends."""
    with ward.store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        other = next(one for one in fences_of(work, case) if one.role == "other")
        return end_patient_elsewhere(work, in_force(work).regime, case, other.id, "called off", DOCTOR)


@pytest.mark.parametrize(("hour", "until"), [(10, 12), (23, 10)])
def test_a_place_that_ends_early_counts_until_its_patient_can_be_home(ward: Ward, hour: int, until: int) -> None:
    case_id = at_home(ward, hour)

    ended = ends(ward, case_id)

    assert ended is not None and (ended.astimezone(UTC) + timedelta(hours=3)).hour == until
    with ward.store.work() as work:
        case, span = held_case(work, case_id), allowed_elsewhere(work, case_id)
        assert case is not None and span is not None and span[1] == ended
        assert [one.reason for one in changes_of(work, case)] == ["called off"]
    assert ward.texts()[-1] == ("elsewhere_ended", {"until": ended.isoformat()})
    assert ends(ward, case_id) == ended and len(ward.texts()) == 1, "nothing is left to end"


def test_a_place_about_to_end_ends_by_itself(ward: Ward) -> None:
    case_id = at_home(ward, 10)
    ward.clock.pass_by(days=2, hours=23)

    ended = ends(ward, case_id)

    assert ended == ward.clock.now + timedelta(hours=1) and ward.texts() == []


def test_the_home_before_counts_for_a_while(ward: Ward) -> None:
    case_id = at_home(ward, 12)
    with ward.store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        move_patients_home(work, in_force(work).regime, case, HOUSE_THERE, "Баумана, 5", "moved", DOCTOR)
    until = ward.clock.now + timedelta(hours=2)

    home, *others = fences(ward, case_id)

    assert home.role == "home" and until in [one.ends_at for one in others]
    assert ward.texts() == [("home_moved", {"until": until.isoformat()})]
    ward.clock.pass_by(hours=2)
    assert len(fences(ward, case_id)) == 2
