"""A patient's app reports: let in by its device's token, told when to come again, and nothing is kept or repeated."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from monitoring.patients.devices import end_device
from store import Store
from store.patients import Departure, Device
from tests.clock import Clock
from tests.monitoring.fence.shapes import at
from tests.monitoring.patient import Patient, a_patient
from tests.web.api.conftest import KeyClient, Machine

FIXES = "/api/v1/fixes"


@pytest.fixture
def patient(app: Flask, store: Store, clock: Clock) -> Patient:
    return a_patient(store, clock)


@pytest.fixture
def phone(app: Flask, patient: Patient) -> FlaskClient:
    client = KeyClient(app, app.response_class, use_cookies=False)
    client.key = patient.token
    return client


def fix(clock: Clock, east_m: float = 0, ago_s: float = 0, **more: Any) -> dict[str, Any]:
    lat, lon = at(east_m)
    return {"t": clock.now.timestamp() - ago_s, "lat": lat, "lon": lon, "accuracy": 20, "provider": "wifi", **more}


def test_it_is_told_when_to_report_again(phone: FlaskClient, clock: Clock) -> None:
    answer = phone.post(FIXES, json={"fixes": [fix(clock)]})

    assert (answer.status_code, answer.get_json()) == (200, {"next_s": 600, "counted": 1})


def test_a_departure_is_noticed_and_the_telephone_asked_sooner(
    phone: FlaskClient, clock: Clock, patient: Patient
) -> None:
    batch = [fix(clock, 500 + n, 720 - 240 * n) for n in range(4)]

    answer = phone.post(FIXES, json={"fixes": batch})

    assert answer.get_json() == {"next_s": 240, "counted": 4}
    assert len(patient.rows(Departure)) == 1


def test_the_same_report_twice_counts_once(phone: FlaskClient, clock: Clock) -> None:
    report = {"fixes": [fix(clock, 500), fix(clock, 501, 300)]}

    counted = [phone.post(FIXES, json=report).get_json()["counted"] for _ in range(3)]

    assert counted == [2, 0, 0]


@pytest.mark.parametrize(
    "more",
    [{"accuracy": None}, {"lat": 0, "lon": 0}, {"mock": True}, {"lat": 1e300}, {"t": -5}, {"accuracy": -1}],
    ids=["no radius", "nowhere", "mock", "huge", "before time", "negative"],
)
def test_what_is_no_fix_is_taken_and_counts_for_nothing(phone: FlaskClient, clock: Clock, more: dict[str, Any]) -> None:
    answer = phone.post(FIXES, json={"fixes": [fix(clock, **more)]})

    assert (answer.status_code, answer.get_json()) == (200, {"next_s": 240, "counted": 0})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"fixes": []},
        {"fixes": [{"t": 1}]},
        {"fixes": [{"t": 1, "lat": "55.791234", "lon": 49.123456, "accuracy": 3}]},
        {"fixes": [{"t": 1, "lat": 55.791234, "lon": 49.123456, "name": "49.123456"}]},
        {"fixes": [{"t": 1, "lat": 1, "lon": 2}] * 101},
    ],
)
def test_what_is_not_as_described_is_a_problem_that_repeats_no_position(phone: FlaskClient, body: Any) -> None:
    answer = phone.post(FIXES, json=body)

    assert answer.status_code == 422 and answer.get_json()["errors"]
    assert not any(digits in answer.get_data(as_text=True) for digits in ("55.79", "49.12"))


def test_who_has_no_device_is_not_let_in(
    app: Flask, phone: FlaskClient, machine: Machine, clock: Clock, patient: Patient, store: Store
) -> None:
    report = {"fixes": [fix(clock)]}
    assert app.test_client().post(FIXES, json=report).status_code == 401
    assert machine("inspect").post(FIXES, json=report).status_code == 401
    assert phone.post("/api/v1/inspections", json={"inspections": [{"code": "x"}]}).status_code == 401
    assert phone.post(FIXES, json=report).status_code == 200

    with store.work() as work:
        assert end_device(work, patient.rows(Device)[0].id, "tests")

    assert phone.post(FIXES, json=report).status_code == 401
    with store.work() as work:
        assert not end_device(work, patient.rows(Device)[0].id, "tests")


def test_it_may_report_so_often_a_minute(phone: FlaskClient, clock: Clock) -> None:
    answers = [phone.post(FIXES, json={"fixes": [fix(clock)]}) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[-1].headers["Retry-After"]


def test_tokens_that_are_made_up_are_answered_only_so_often(app: Flask, phone: FlaskClient, clock: Clock) -> None:
    stranger, report = app.test_client(), {"fixes": [fix(clock)]}

    answers = [
        stranger.post(FIXES, json=report, headers={"Authorization": f"Bearer pld_{n}"}).status_code for n in range(31)
    ]

    assert answers == [401] * 30 + [429] and phone.post(FIXES, json=report).status_code == 200


def test_nothing_is_written_to_the_logs(
    phone: FlaskClient, clock: Clock, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    phone.post(FIXES, json={"fixes": [fix(clock, 500)]})
    with store.work() as work:
        work.run(update(Device), kind="app", model="x")
    phone.post(FIXES, data=json.dumps({"fixes": [fix(clock, 500)]})[:-3], content_type="application/json")

    out, err = capfd.readouterr()
    assert "55.7" not in out + err and "49.1" not in out + err
