"""What is decided at the duty desk, or left waiting there, shows at the clinic whose case it is."""

from collections.abc import Callable

from codes.review.overturning import doubt_case
from monitoring.cases.watched import held_case
from monitoring.patients.words import say
from store import Store
from tests.clock import Clock
from tests.web.clinic.ward import Ward

Clinician = Callable[..., Ward]


def test_a_case_opened_in_error_is_marked_until_it_is_closed(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    with store.work() as work:
        doubt_case(work, case_id, "staff:rosa")

    listed, seen = ward.opens("/clinic").reads, ward.opens(url).reads
    ward.opens(f"{url}/close").sends(f"{url}/close", closing="opened_in_error", reason="Так решили по жалобе")

    assert "Opened in error: close it" in listed
    assert "An appeal was upheld: this case should not have been opened." in seen
    assert "An appeal was upheld" not in ward.reads


def test_a_patient_whom_nobody_answered_is_marked_a_day_later(clinician: Clinician, store: Store, clock: Clock) -> None:
    ward = clinician("Vera", "Клиника 1")
    case_id = ward.admits()
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        say(work, case, "hospital", "page", by="tests")

    before = ward.opens("/clinic").reads
    clock.pass_by(hours=24)
    later = clinician("Nina", "Клиника 1").opens("/clinic").reads

    assert "Waits for an answer" not in before
    assert "Waits for an answer" in later
