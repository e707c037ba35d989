"""A patient's app: a code that somebody is shown becomes its token, once; and what ends it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from codes.regimes import in_force
from monitoring.cases.changing import Planned
from monitoring.cases.consent import Agreed, keep_consent
from monitoring.cases.watched import held_case
from monitoring.home.apps import Offer, WhyNot, connect_app, offer_app
from monitoring.home.withdrawing import withdraw_consent
from monitoring.patients.changing import change_patients_plan
from monitoring.patients.devices import apps_of
from monitoring.patients.leaving import end_case
from store import Store
from store.audit import AuditEntry
from store.patients import Device, PatientLink
from store.tokens import token_hash
from tests.clock import Clock
from tests.monitoring.patient import Patient, a_patient
from tests.web.api.conftest import KeyClient
from tests.web.api.test_fixes import FIXES, fix

DEVICES = "/api/v1/devices"
CLINICIAN = "staff:vera"


@pytest.fixture
def patient(app: Flask, store: Store, clock: Clock) -> Patient:
    """At home, with consent, before a browser."""
    patient = a_patient(store, clock, kind="browser")
    with store.work() as work:
        case = held_case(work, patient.case_id)
        assert case is not None
        keep_consent(work, case, Agreed("ru", "0" * 64, "signed", "Иванова Анна"), CLINICIAN)
    return patient


def offered(patient: Patient) -> Any:
    with patient.store.work() as work:
        case = held_case(work, patient.case_id)
        assert case is not None
        return offer_app(work, case, CLINICIAN)


def code_of(patient: Patient) -> str:
    offer = offered(patient)
    assert isinstance(offer, Offer)
    return offer.code


def connected(app: Flask, code: str) -> FlaskClient:
    answer = app.test_client().post(DEVICES, json={"code": code, "model": "Android 14"})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    client = KeyClient(app, app.response_class, use_cookies=False)
    client.key = answer.get_json()["token"]
    return client


def reports(phone: FlaskClient, clock: Clock) -> int:
    return phone.post(FIXES, json={"fixes": [fix(clock)]}).status_code


def test_an_app_changes_its_code_for_a_token_that_only_it_has(app: Flask, patient: Patient, clock: Clock) -> None:
    code = code_of(patient)

    phone = connected(app, code.replace("-", " ").lower())

    assert reports(phone, clock) == 200
    assert isinstance(phone, KeyClient)
    (device,) = (row for row in patient.rows(Device) if row.kind == "app")
    assert (device.model, device.token_hash) == ("Android 14", token_hash(phone.key))
    kept = repr([patient.rows(model) for model in (Device, PatientLink, AuditEntry)])
    assert phone.key not in kept and code.replace("-", "") not in kept.replace("-", "")
    audited = {(row.actor, row.action) for row in patient.rows(AuditEntry)}
    assert {(CLINICIAN, "device.offered"), (f"patient:{patient.case_id}", "device.added")} <= audited


def test_a_code_works_once_and_for_a_quarter_of_an_hour(app: Flask, patient: Patient, clock: Clock) -> None:
    used = code_of(patient)
    connected(app, used)
    first, late = code_of(patient), code_of(patient)
    clock.pass_by(minutes=15)

    for code in (used, first, late, "THXA-9546-C61A"):
        answer = app.test_client().post(DEVICES, json={"code": code})
        assert (answer.status_code, answer.get_json()["type"]) == (404, "/api/v1/docs#code")
    assert len(patient.rows(Device)) == 2


def test_who_makes_codes_up_is_answered_only_so_often(app: Flask, patient: Patient) -> None:
    stranger = app.test_client()

    answers = [stranger.post(DEVICES, json={"code": "THXA-9546-C61A"}).status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
    connected(app, code_of(patient))


@pytest.mark.parametrize(
    "body", [{}, {"code": ""}, {"code": 7}, {"code": "x", "model": "Anna's telephone"}, {"code": "x", "more": 1}]
)
def test_what_is_not_as_described_is_a_problem(app: Flask, body: Any) -> None:
    assert app.test_client().post(DEVICES, json=body).status_code == 422


def test_another_app_ends_the_one_before(app: Flask, patient: Patient, clock: Clock) -> None:
    old = connected(app, code_of(patient))
    new = connected(app, code_of(patient))

    assert (reports(old, clock), reports(new, clock)) == (401, 200)


def test_an_app_says_itself_that_it_ends(app: Flask, patient: Patient, clock: Clock) -> None:
    phone = connected(app, code_of(patient))

    assert phone.delete(DEVICES).status_code == 204
    assert (phone.delete(DEVICES).status_code, reports(phone, clock)) == (401, 401)


def _closes(patient: Patient) -> None:
    with patient.store.work() as work:
        case = held_case(work, patient.case_id)
        assert case is not None
        end_case(work, in_force(work).regime, case, "recovered", "well", CLINICIAN)


def _takes_consent_back(patient: Patient) -> None:
    with patient.store.work() as work:
        case = held_case(work, patient.case_id)
        assert case is not None
        withdraw_consent(work, case, "page", "", "tests")


def _is_called_from_now_on(patient: Patient) -> None:
    with patient.store.work() as work:
        case = held_case(work, patient.case_id)
        assert case is not None
        planned = Planned(case.kind, "call", None, (), "")
        change_patients_plan(work, in_force(work).regime, case, planned, "why", CLINICIAN, "https://pass.example")


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        (_closes, WhyNot.OVER),
        (_takes_consent_back, WhyNot.NO_CONSENT),
        (_is_called_from_now_on, WhyNot.NOT_BY_LINK),
    ],
)
def test_app_and_code_end_with_what_they_rest_on(
    app: Flask, patient: Patient, clock: Clock, ends: Any, why: WhyNot
) -> None:
    phone, code = connected(app, code_of(patient)), code_of(patient)

    ends(patient)

    assert reports(phone, clock) == 401
    assert app.test_client().post(DEVICES, json={"code": code}).status_code == 404
    assert offered(patient) is why
    with patient.store.work() as work:
        case = held_case(work, patient.case_id)
        assert case is not None
        assert connect_app(work, case, "", CLINICIAN) is why and not apps_of(work, case)
