"""The open page says where its telephone is: judged as an app's reports are, and nothing of a position kept."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from monitoring.duty.opening import take_alert
from store import Store
from store.audit import AuditEntry
from store.checks import PresenceCheck
from store.duty import Alert
from store.patients import Departure, Device, FenceState
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward
from tests.monitoring.fence.shapes import at
from tests.web.patient.household import AtHome, a_household
from tests.web.people import Staff, signed_in
from tests.web.reading import csrf, words

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def settled(ann: AtHome) -> AtHome:
    """Ann, whose home is known."""
    return ann.has_a_home()


def reports(ann: AtHome, *east_m: float, case: str = "", **more: Any) -> TestResponse:
    """What the page sends: fixes of now, so far east of the house."""
    now = ann.ward.clock.now.timestamp()
    fixes = [{"t": now, "lat": at(one)[0], "lon": at(one)[1], "accuracy": 20.0} for one in east_m]
    return ann.browser.post(
        "/at-home/fixes",
        json={"case": case or ann.case_id, "fixes": fixes} | more,
        headers={"X-CSRFToken": csrf(ann.browser, "/at-home"), "X-Requested-With": "script"},
    )


def test_a_report_is_judged_and_answered_with_when_to_say_so_again(settled: AtHome, clock: Clock) -> None:
    first = reports(settled, 2.0).get_json()
    again = reports(settled, 2.0).get_json()

    assert (first["next_s"], first["counted"], first["wanted"], first["told"]) == (600, 1, True, "12:00")
    assert first["now"] == clock.now.timestamp() * 1000
    assert again["counted"] == 0


def test_who_leaves_with_the_page_open_is_asked_as_with_an_app(settled: AtHome, clock: Clock) -> None:
    reports(settled, 0.0)

    for step in range(6):
        clock.pass_by(minutes=4)
        heard = reports(settled, 400.0 + step).get_json()

    assert heard["next_s"] < 600
    assert [row.back_at for row in settled.ward.rows(Departure)] == [None]
    assert [row.origin for row in settled.ward.rows(PresenceCheck)] == ["challenge"]


def test_nothing_of_where_somebody_is_is_kept(settled: AtHome, store: Store) -> None:
    reports(settled, 3.0)

    kept = [str(row) for model in (Device, FenceState, AuditEntry) for row in settled.ward.rows(model)]
    assert not [one for one in kept if "55.7" in one or "49.1" in one]


@pytest.mark.parametrize("why", ["denied", "unavailable", "timeout"])
@one_database
def test_why_no_position_comes_is_kept_once_and_gone_with_the_next(settled: AtHome, why: str) -> None:
    for _ in range(2):
        reports(settled, no_position=why)
    (device,) = settled.ward.rows(Device)
    reports(settled, 1.0)
    (later,) = settled.ward.rows(Device)

    assert (device.no_position, later.no_position, later.no_position_at) == (why, None, None)
    noted = sorted(row.action for row in settled.ward.rows(AuditEntry) if row.action.startswith("device."))
    assert noted == ["device.added", "device.no_position", "device.position_again"]


@one_database
def test_a_duty_officer_sees_why_no_position_comes(settled: AtHome, app: Flask, staff: Staff, store: Store) -> None:
    reports(settled, no_position="denied")
    settled.sends("/at-home/sos")
    dora, (alert,) = staff("duty_officer"), settled.ward.rows(Alert)
    with store.work() as work:
        take_alert(work, alert.id, f"staff:{dora.id}")

    said = words(signed_in(app, store, dora).get(f"/duty/alerts/{alert.id}"))

    assert "not allowed by the patient's browser, since 03.06 12:00" in said


@one_database
def test_while_nothing_means_anything_nothing_is_looked_at(settled: AtHome) -> None:
    settled.sends("/at-home/go", "/at-home/go", kind="hospital")

    heard = reports(settled, 900.0).get_json()

    assert (heard["wanted"], heard["counted"]) == (False, 0)
    assert "data-place" not in settled.browser.get("/at-home").text
    assert settled.ward.rows(FenceState) == []


@one_database
def test_the_page_of_another_of_the_household_is_told_apart(app: Flask, ward: Ward, settled: AtHome) -> None:
    child = a_household(app, ward, "+79990000002")
    child.browser = settled.browser
    child.has_a_home().arrives()

    mine = reports(settled, 1.0)
    stranger = reports(settled, 1.0, case="somebody")

    assert mine.get_json()["counted"] == 1
    (state,) = settled.ward.rows(FenceState)
    assert state.case_id == settled.case_id
    assert (stranger.status_code, stranger.get_json()) == (401, {"door": "/i"})


@one_database
def test_what_no_page_sends_is_refused(settled: AtHome) -> None:
    token = csrf(settled.browser, "/at-home")
    for body in ("", "[]", "{}", "null", '{"case": 1}', json.dumps({"case": settled.case_id, "no_position": "gone"})):
        told = {"data": body, "content_type": "application/json", "headers": {"X-CSRFToken": token}}
        assert settled.browser.post("/at-home/fixes", **told).status_code == 400
    form = settled.browser.post("/at-home/fixes", data={"csrf_token": token, "case": settled.case_id})
    forged = settled.browser.post("/at-home/fixes", json={"case": settled.case_id})

    assert (form.status_code, forged.status_code) == (415, 400)


@one_database
def test_a_browser_that_reports_too_often_is_told_when_to_come_again(settled: AtHome) -> None:
    answers = [reports(settled)]
    while answers[-1].status_code == 200 and len(answers) < 150:  # a real minute may end in between, and another begin
        answers.append(reports(settled))

    assert len(answers) > 30 and answers[-1].status_code == 429
    assert answers[-1].get_json() == {"next_s": 60}


@one_database
def test_the_position_is_allowed_on_the_page_itself_and_nowhere_else(settled: AtHome) -> None:
    allowed = {
        path: "geolocation=(self)" in settled.browser.get(path).headers["Permissions-Policy"]
        for path in ("/at-home", "/at-home/go", "/at-home/sos", "/i", "/")
    }

    assert allowed == {"/at-home": True, "/at-home/go": False, "/at-home/sos": False, "/i": False, "/": False}


@one_database
def test_after_the_end_the_page_is_shown_the_door(settled: AtHome) -> None:
    settled.sends("/at-home/leave")

    answer = settled.browser.post("/at-home/fixes", json={}, headers={"X-Requested-With": "script"})

    assert (answer.status_code, answer.get_json()) == (401, {"door": "/i"})
