"""The queue: calls for help first, nobody named, live without holding anybody, for duty officers alone."""

import pytest

from tests.monitoring.checks.ward import ANN
from tests.monitoring.duty.desk import Desk
from tests.web.duty.office import Officer
from tests.web.people import AsRole

PAGES = ["/duty", "/duty/queue", "/duty/decided", "/duty/alerts/x"]


@pytest.mark.parametrize("page", PAGES)
def test_the_desk_opens_to_duty_officers_and_to_nobody_else(as_role: AsRole, page: str) -> None:
    seen = {role: as_role(role).get(page).status_code for role in ("duty_officer", "clinician", "reviewer", "citizen")}

    assert seen.pop("duty_officer") in (200, 404)
    assert set(seen.values()) <= {403, 302, 303}


def test_calls_for_help_come_first(desk: Desk, dora: Officer) -> None:
    desk.doubt()
    desk.says(desk.admit("+79990000002"), "sos")
    dora.comes_back()

    said = dora.sees("/duty")

    assert "1 call for help waits" in said
    assert said.index("At once") < said.index("Today")


def test_nobody_is_named_in_the_queue(desk: Desk, dora: Officer) -> None:
    desk.doubt()
    dora.comes_back()

    said = dora.sees("/duty")

    assert "Left home" in said
    assert "Иванова" not in said
    assert ANN[-4:] not in said


def test_a_filter_leaves_the_rest_out(desk: Desk, dora: Officer) -> None:
    desk.says(desk.admit(), "doctor")
    desk.says(desk.admit("+79990000002"), "sos")

    said = dora.sees("/duty?about=pauses")

    assert "1 alert, the most urgent first" in said
    assert "Says why not now" in said


def test_a_part_that_did_not_change_is_not_sent_again(desk: Desk, dora: Officer) -> None:
    desk.says(desk.admit(), "doctor")
    first = dora.client.get("/duty/queue")

    same = dora.client.get("/duty/queue", headers={"If-None-Match": first.headers["ETag"]})
    desk.says(desk.admit("+79990000002"), "sos")
    other = dora.client.get("/duty/queue", headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.data, other.status_code) == (304, b"", 200)


def test_who_was_promised_an_answer_comes_right_after_calls_for_help(desk: Desk, dora: Officer) -> None:
    desk.says(desk.admit("+79990000002"), "doctor")
    desk.clock.pass_by(hours=23)
    in_time = dora.sees("/duty")
    desk.doubt()
    desk.says(desk.admit("+79990000003"), "sos")
    dora.comes_back()

    said = dora.sees("/duty")

    assert "promised" not in in_time
    assert "1 patient was promised an answer by now" in said
    assert said.index("At once") < said.index("Overdue") < said.index("Today")
