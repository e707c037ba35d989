"""The page of a presence check: to whom it is open, when, and what it says."""

import json

import pytest
from flask import Flask

from monitoring.answers.again import MOST_TRIES
from monitoring.cases.closing import stop_case
from monitoring.challenges import POSES, shots
from store.patients import PatientWord
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward
from tests.web.patient.household import AtHome, a_household
from tests.web.patient.script import Script, asked, change, page
from tests.web.reading import words

BOB = "+79990000002"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_link_of_a_check_leads_to_it_and_so_does_the_patients_page(ann: AtHome) -> None:
    script = asked(ann)
    here = f"/at-home/checks/{script.check_id}"

    by_link = ann.opens(ann.link("check", script.check_id))

    assert by_link.headers["Location"] == here
    assert f'href="{here}"' in ann.browser.get("/at-home").text
    assert "Answer by 13:00" in page(script) and "destroyed a day after" in page(script)


def test_the_camera_is_allowed_on_this_page_alone(ann: AtHome) -> None:
    script = asked(ann)

    here = ann.browser.get(f"/at-home/checks/{script.check_id}").headers["Permissions-Policy"]
    elsewhere = ann.browser.get("/at-home").headers["Permissions-Policy"]

    assert "camera=(self)" in here and "geolocation=(self)" in here and "camera=()" in elsewhere


def test_another_patients_check_is_no_page(ann: AtHome, app: Flask, ward: Ward) -> None:
    script = asked(ann)
    bob = a_household(app, ward, BOB).arrives()
    theirs = Script(bob, script.check_id)

    assert bob.browser.get(f"/at-home/checks/{script.check_id}").status_code == 404
    assert {theirs.posts(what, json={}).status_code for what in ("begin", "photos/0", "hand-in", "cannot")} <= {
        404,
        400,
    }
    assert ann.ward.check(script.check_id).begun_at is None


def test_a_household_answers_whose_check_it_is_whoever_is_shown(ann: AtHome, app: Flask, ward: Ward) -> None:
    script = asked(ann)
    bob = a_household(app, ward, BOB)
    bob.browser = ann.browser
    bob.arrives()

    assert script.begins().status_code == 200
    assert ann.ward.check(script.check_id).begun_at is not None


def test_a_check_that_was_not_asked_yet_is_not_there(ann: AtHome) -> None:
    check_id = ann.ward.challenge(ann.case_id)

    assert ann.browser.get(f"/at-home/checks/{check_id}").status_code == 404


def test_once_the_window_is_over_the_page_says_so_and_takes_nothing(ann: AtHome, clock: Clock) -> None:
    script = asked(ann)
    clock.pass_by(minutes=60)

    assert "The time to answer is over" in page(script) and "answered by 13:00" in page(script)
    assert script.begins().status_code == 409


def test_a_paused_case_is_asked_nothing_and_the_page_says_so(ann: AtHome) -> None:
    script = asked(ann)
    ann.ward.says(ann.case_id, "hospital")

    assert "Nothing is asked of you now" in page(script)
    assert script.begins().status_code == 409


def test_a_closed_case_has_no_page_any_more(ann: AtHome) -> None:
    script = asked(ann)
    with ann.ward.store.work() as work:
        stop_case(work, ann.ward.case(ann.case_id), "recovered", "well", "tests")

    answer = ann.browser.get(f"/at-home/checks/{script.check_id}", follow_redirects=True)

    assert "Your time at home is over" in words(answer)
    assert script.posts("begin", json={}).status_code == 401


def test_a_call_or_a_visit_says_that_nothing_is_to_be_done_here(ann: AtHome) -> None:
    script = asked(ann)

    for means, said in (("call", "We call you"), ("visit", "Somebody comes to your door")):
        change(script, means=means)
        assert said in page(script)
        assert script.begins().status_code == 409


def test_who_cannot_says_so_and_a_person_looks(ann: AtHome) -> None:
    script = asked(ann)
    here = f"/at-home/checks/{script.check_id}"

    answer = ann.sends(f"{here}/cannot", here, words="Камера разбита")

    assert answer.headers["Location"].startswith(here)
    assert "You need not answer this check" in page(script)
    assert [(one.kind, one.channel) for one in ann.ward.rows(PatientWord)] == [("other", "page")]
    assert ann.ward.alerts() == [("pause", None)]
    ann.ward.work_on()
    assert ann.ward.check(script.check_id).state == "excused"


@pytest.mark.parametrize(
    ("state", "outcome", "said"),
    [
        ("passed", "passed", "Received at 12:00, accepted"),
        ("failed", "no_match", "Received at 12:00, a person looks Why: the face was not recognised."),
        ("unclear", "no_position", "Why: no position came."),
        ("excused", "outage", "This check does not count Why: there was an outage."),
        ("missed", "no_answer", "The time to answer is over"),
    ],
)
def test_what_came_of_it_is_shown(ann: AtHome, clock: Clock, state: str, outcome: str, said: str) -> None:
    script = asked(ann)
    change(script, state=state, outcome=outcome, answered_at=clock.now)

    part = ann.browser.get(f"/at-home/checks/{script.check_id}/state")

    assert said in page(script) and said in words(part)
    known = {"If-None-Match": part.headers["ETag"]}
    assert ann.browser.get(f"/at-home/checks/{script.check_id}/state", headers=known).status_code == 304


@pytest.mark.parametrize(
    ("finding", "said", "helps"), [("blurred", "The photo is blurred.", True), ("dark", "It is too dark.", False)]
)
def test_poor_photos_are_asked_for_again_with_what_to_change(
    ann: AtHome, finding: str, said: str, *, helps: bool
) -> None:
    script = asked(ann)
    case = ann.ward.case(ann.case_id)
    assert case.key is not None
    shot = {"findings": [finding], "yaw": None, "openness": None, "same": None}
    read = {"likeness": None, "verdict": "no_face", "position": "inside", "doubts": [["unclear", "quality"]]}
    written = json.dumps({**read, "shots": [{"pose": pose, **shot} for pose in shots(POSES)]})
    sealed = case.key.seal(f"presence_check.reading.{script.check_id}", written)
    change(script, tries=1, outcome="quality", reading_sealed=sealed)

    shown = page(script)

    assert f"Please take the photos again {said}" in shown
    assert ("Turn your head further to the left." in shown) is helps  # in the dark nobody's head is seen
    assert MOST_TRIES == 3
