"""How cases end: by a clinician, in time; the patient is told and let out again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from codes.outcomes import Grant
from monitoring.cases.watched import watched_case
from monitoring.patients.leaving import end_in_time
from store import Store
from store.cases import Consent
from store.columns import table
from store.duty import Alert
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.web.clinic.ward import PATIENT, Ward

NUMBER = PATIENT["number"]
CLOSINGS = ["recovered", "ended", "hospitalised", "transferred", "opened_in_error", "consent_withdrawn"]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_closed_case_is_told_and_lets_people_out_again(ward: Ward, store: Store, clock: Clock, closing: str) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}/close"

    ward.opens(url).sends(url, closing=closing, reason="Так решил врач")

    assert "The case is closed" in ward.reads and "Так решил врач" in ward.reads
    assert ward.texts()[-1][0] == f"case_closed_{closing}"
    assert isinstance(Counter(store, clock).ask(NUMBER, 8), Grant)


def test_consent_taken_back_goes_to_a_person(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}/close"

    ward.opens(url).sends(url, closing="consent_withdrawn", reason="Передумал")

    with store.reading() as work:
        alerts = [row.kind for row in work.rows(select(table(Alert).c.kind))]
        (withdrawn,) = work.row(select(table(Consent).c.withdrawn_at))
    assert alerts == ["consent_withdrawn"] and withdrawn is not None


def test_a_case_is_closed_once(ward: Ward) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}/close"
    ward.opens(url).sends(url, closing="recovered", reason="x")

    ward.opens(url)

    assert ward.page and ward.page.status_code == 404


def test_a_case_whose_end_has_come_closes_by_itself(ward: Ward, store: Store, clock: Clock) -> None:
    case_id = ward.admits()
    assert end_in_time(store) == 0
    clock.pass_by(days=14)

    assert (end_in_time(store), end_in_time(store)) == (1, 0)

    with store.reading() as work:
        case = watched_case(work, case_id)
    assert case is not None
    assert (case.closing, case.closed_by, ward.texts()[-1][0]) == ("ended", "service", "case_closed_ended")
    assert case.closed_at and case.ends_at and case.closed_at - case.ends_at < timedelta(days=1)
