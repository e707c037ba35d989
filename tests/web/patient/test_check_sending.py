"""What the script of a check's page sends: what is taken, in which session, until when."""

from datetime import timedelta
from typing import Any

import pytest

from monitoring.answers.beginning import NONCE_FOR
from monitoring.challenges import POSES, shots
from monitoring.checks.waiting import LONGEST_WAIT
from store.checks import Photo
from tests.clock import Clock
from tests.monitoring.photos.patient import photo
from tests.web.patient.household import AtHome
from tests.web.patient.script import ALL, Script, asked, fence, page, place

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_photos_and_position_are_taken_and_a_receipt_is_shown(ann: AtHome, clock: Clock) -> None:
    fence(ann)
    script = asked(ann)
    begun = script.begins().json
    script.sends_all()
    clock.pass_by(minutes=2)

    answer = script.hands_in(**place(3))

    assert begun is not None and sorted(begun["poses"]) == sorted(shots(POSES)) and begun["received"] == []
    assert answer.json == {"to": f"/at-home/checks/{script.check_id}"}
    row = ann.ward.check(script.check_id)
    assert (row.state, row.position_kind, row.distance_band, row.radius_band) == ("answered", "inside", "0-50", "0-50")
    assert "Received at 12:02" in page(script)


@pytest.mark.parametrize(
    ("position", "came_of_it"),
    [
        (place(3), "inside"),
        (place(80), "inside"),  # as telephones err
        (place(140), "unclear"),
        (place(400), "outside"),
        (place(400, accuracy=180), "unclear"),
        (place(3, accuracy=3000), "unclear"),
        (place(3, age=3600), "unavailable"),
        (place(3, age=-50), "inside"),
        *(({"kind": kind}, kind) for kind in ("denied", "unavailable", "timeout")),
        ({"kind": "inside"}, "unavailable"),
        ({"lat": "55", "lon": None, "accuracy": True, "age": "x"}, "unavailable"),
        ({"lat": 1e999, "lon": 0, "accuracy": 5, "age": 0}, "unavailable"),
        ({"lat": 0, "lon": 0, "accuracy": 5, "age": 0}, "unavailable"),
    ],
)
def test_a_position_becomes_a_kind_and_is_dropped(ann: AtHome, position: dict[str, Any], came_of_it: str) -> None:
    fence(ann)
    script = asked(ann)
    script.begins()
    script.sends_all()

    script.hands_in(**position)

    assert ann.ward.check(script.check_id).position_kind == came_of_it


def test_who_loads_the_page_again_goes_on_where_they_were(ann: AtHome) -> None:
    script = asked(ann)
    first = script.begins().json
    script.sends(0)
    script.sends(3)

    again = script.begins().json
    script.sends_all()

    assert first and again and first["poses"] == again["poses"] and first["nonce"] != again["nonce"]
    assert again["received"] == [0, 3]
    assert script.hands_in().status_code == 200


def test_what_is_sent_twice_is_taken_once(ann: AtHome) -> None:
    script = asked(ann)
    script.begins()

    answers = [script.sends(0).json for _ in range(2)]
    script.sends_all()
    handed = [script.hands_in().json for _ in range(3)]

    assert answers == [{"received": 0}] * 2 and handed == [{"to": f"/at-home/checks/{script.check_id}"}] * 3
    assert len(ann.ward.rows(Photo)) == ALL


def test_of_two_windows_the_last_answers(ann: AtHome) -> None:
    first = asked(ann)
    first.begins()
    second = Script(ann, first.check_id)
    second.begins()

    answer = first.sends(0)

    assert (answer.status_code, answer.json["why"]) == (409, "elsewhere")  # type: ignore[index]
    assert "another window" in answer.json["words"]  # type: ignore[index]
    assert first.hands_in().status_code == 409 and second.sends(0).status_code == 200


def test_a_nonce_opens_nothing_for_another_browser_of_the_patient(ann: AtHome) -> None:
    script = asked(ann)
    script.begins()
    other = AtHome(ann.app, ann.ward, ann.case_id, ann.app.test_client()).arrives()
    theirs = Script(other, script.check_id)
    theirs.nonce = script.nonce

    assert theirs.sends(0).status_code == 409 and script.sends(0).status_code == 200


def test_a_nonce_ends_and_what_came_stays(ann: AtHome, clock: Clock) -> None:
    script = asked(ann)
    script.begins()
    script.sends(0)
    clock.pass_by(seconds=NONCE_FOR.total_seconds())

    late = script.sends(1)
    again = script.begins()

    assert (late.status_code, late.json["why"]) == (409, "too_slow")  # type: ignore[index]
    assert again.json["received"] == [0]  # type: ignore[index]


def test_without_a_beginning_nothing_is_taken(ann: AtHome) -> None:
    script = asked(ann)

    assert script.sends(0).status_code == 409 and script.hands_in().status_code == 409
    assert ann.ward.rows(Photo) == []


def test_what_is_no_photo_or_too_large_is_refused_in_words(ann: AtHome) -> None:
    script = asked(ann)
    script.begins()

    for content, status in (
        (b"\x89PNG\r\n\x1a\n", 415),
        (b"GIF89a", 415),
        (photo(0) + bytes(1024 * 1024), 413),
    ):
        answer = script.sends(0, content)
        assert answer.status_code == status and answer.json and answer.json["words"].endswith(".")
    assert script.sends(0, photo(0) + bytes(3 * 1024 * 1024)).status_code == 413
    assert script.sends(ALL).status_code == 409 and ann.ward.rows(Photo) == []


def test_what_is_missing_is_said(ann: AtHome) -> None:
    script = asked(ann)
    script.begins()
    script.sends(2)

    answer = script.hands_in()

    assert (answer.status_code, answer.json) == (409, {"why": "incomplete", "received": [2]})
    assert script.posts("hand-in", json=["x"]).status_code == 400
    assert script.posts("hand-in", data="{").status_code == 400


def test_who_began_in_time_is_waited_for_twenty_minutes_by_page_and_ladder_alike(ann: AtHome, clock: Clock) -> None:
    script = asked(ann)
    ann.ward.wait(minutes=59)
    script.begins()
    script.sends(0)
    step = 1
    while clock.now < ann.ward.check(script.check_id).window_ends_at + LONGEST_WAIT - timedelta(minutes=4):
        ann.ward.wait(minutes=4)
        if ann.ward.check(script.check_id).begun_at + NONCE_FOR <= clock.now:
            script.begins()
        assert script.sends(step).status_code == 200
        step += 1
    for rest in range(step, ALL):
        script.sends(rest)

    assert script.hands_in().status_code == 200
    assert ann.ward.check(script.check_id).state == "answered"


def test_who_stopped_on_the_way_is_not_waited_for(ann: AtHome) -> None:
    script = asked(ann)
    ann.ward.wait(minutes=59)
    script.begins()
    ann.ward.wait(minutes=7)

    assert ann.ward.check(script.check_id).state == "missed"
    assert script.sends(0).status_code == 409 and "The time to answer is over" in page(script)
