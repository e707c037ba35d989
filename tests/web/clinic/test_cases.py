"""What becomes of a case: found, changed, moved, closed; and whose it is."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from monitoring.cases.changing import changes_of
from monitoring.cases.clinics import MOST_LISTED
from monitoring.cases.watched import watched_case
from store import Store
from store.audit import LOOKED_AT
from store.cases import Case, Consent
from store.columns import table
from store.people import Person
from tests.web.auditing import entries
from tests.web.clinic.conftest import Clinician
from tests.web.clinic.ward import PATIENT, PLAN, Ward
from tests.web.hostile import filled
from tests.web.others import asked, rules
from tests.web.reading import csrf, words

NUMBER = PATIENT["number"]


@pytest.mark.parametrize("wanted", ["8 999 000-00-01", "92 19 632506", "иванов ив", "Иван Ивано"])
def test_a_case_is_found_by_number_document_or_name(ward: Ward, wanted: str) -> None:
    ward.admits()
    ward.begins()

    ward.opens("/clinic").sends("/clinic", wanted=wanted)

    assert "Иванов Иван Иванович *2506" in ward.reads and "last day 16.06.2026" in ward.reads
    assert ward.path == "/clinic"


@pytest.mark.parametrize("wanted", ["Петров", "9219111111", "+79990000009", "*"])
def test_what_is_not_there_is_not_found(ward: Ward, wanted: str) -> None:
    ward.admits()

    ward.opens("/clinic").sends("/clinic", wanted=wanted)

    assert "None of your clinic's cases fits" in ward.reads and "Иванов" not in ward.reads


def many(store: Store, by: str, count: int) -> None:
    """Open cases of a clinician, the newest of which end first."""
    with store.work() as work:
        for place in range(count):
            person_id, case_id, key = work.new_id(), work.new_id(), work.keys.new_key()
            known = {"data_key": key.wrapped, "epoch": key.epoch}
            sealed = key.key.seal(f"person.details.{person_id}", json.dumps({"name": f"Иванов{place:03} Иван"}))
            work.insert(Person, id=person_id, **known, details_sealed=sealed, created_at=work.now)
            plan = {"kind": "confirmed", "means": "link", "ends_at": work.now + timedelta(days=14, minutes=-place)}
            work.insert(Case, id=case_id, person_id=person_id, opened_at=work.now, opened_by=by, **plan)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_more_than_a_page_those_that_end_first_are_shown_and_the_others_found_by_name(
    ward: Ward, store: Store
) -> None:
    many(store, f"staff:{ward.person.id}", MOST_LISTED + 1)

    ward.opens("/clinic")

    assert "These are the first 500, by their last day." in ward.reads
    assert "Иванов500" in ward.reads and "Иванов000" not in ward.reads
    assert "Иванов000" in ward.sends("/clinic", wanted="иванов000").reads


def test_colleagues_of_a_clinic_see_its_cases_and_others_do_not(ward: Ward, clinician: Clinician, app: Flask) -> None:
    case_id = ward.admits()
    colleague, stranger, loner = clinician("A", "Клиника 1"), clinician("B", "Клиника 2"), clinician("C")

    assert (
        "Иванов" in colleague.opens("/clinic").reads and "Иванов" in colleague.opens(f"/clinic/cases/{case_id}").reads
    )
    for one in (stranger, loner):
        assert "Иванов" not in one.opens("/clinic").reads
        assert "Иванов" not in one.sends("/clinic", wanted="92 19 632506").reads
        _finds_nothing(one, app, case_id)


def _finds_nothing(one: Ward, app: Flask, case_id: str) -> None:
    token = csrf(one.client, "/clinic")
    for endpoint, rule, method in rules(app, "pages.clinic"):
        ids = {
            "case_id": case_id,
            "fence_id": "1",
            "draft_id": "0" * 22,
            "device_id": "1",
            "phone_id": "1",
            "proposal_id": "1",
        }
        theirs = asked(one.client, filled(rule, ids), method, token)
        nobodys = asked(one.client, filled(rule, {**ids, "case_id": "0" * 24}), method, token)
        assert theirs.status_code in (400, 404), endpoint
        assert (theirs.status_code, words(theirs)) == (nobodys.status_code, words(nobodys)), endpoint


def test_a_draft_is_its_makers_alone(ward: Ward, clinician: Clinician) -> None:
    draft = ward.begins()

    other = clinician("A", "Клиника 1").opens(f"{draft}/person")

    assert other.page and other.page.status_code == 404


def test_each_look_at_a_case_is_noted(ward: Ward, store: Store) -> None:
    case_id = ward.admits()

    ward.opens(f"/clinic/cases/{case_id}")

    with store.reading() as work:
        case = watched_case(work, case_id)
    looks = [subject for _, subject, _ in entries(store, LOOKED_AT)]
    assert case is not None and looks and set(looks) == {case.person_id}


def test_a_plan_is_changed_with_a_reason(ward: Ward, store: Store) -> None:
    case_id = ward.admits()

    ward.opens(f"/clinic/cases/{case_id}/change").sends(
        f"/clinic/cases/{case_id}/change", **{**PLAN, "means": "visit", "span": "7", "reason": "Не видит экран"}
    )

    assert "The case is changed" in ward.reads and "Не видит экран" in ward.reads and "Visits" in ward.reads
    with store.reading() as work:
        case = watched_case(work, case_id)
        assert case is not None and case.ends_at is not None
        (change,) = changes_of(work, case)
    assert (case.means, change.kind, change.reason) == ("visit", "plan", "Не видит экран")
    assert case.ends_at.isoformat() == "2026-06-09T21:00:00+00:00"


def test_whoever_stays_for_another_time_is_told(ward: Ward) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}/change"

    ward.opens(url).sends(url, **{**PLAN, "span": "other", "until": "2026-06-16", "reason": "Заметка", "note": "x"})
    assert [template for template, _, _ in ward.texts()] == ["case_opened"]
    ward.opens(url).sends(url, **{**PLAN, "span": "10", "reason": "Короче"})

    (_, _, fields) = ward.texts()[-1]
    assert len(ward.texts()) == 2 and fields["until"].startswith("2026-06-12")


def test_who_is_asked_by_links_from_now_on_opens_their_page_first(ward: Ward, store: Store) -> None:
    case_id = ward.admits(means="visit")
    with store.work() as work:
        work.run(update(table(Case)), enrolled_at=work.now)
    url = f"/clinic/cases/{case_id}/change"

    ward.opens(url).sends(url, **{**PLAN, "reason": "Купил телефон"})

    with store.reading() as work:
        case = watched_case(work, case_id)
    assert case is not None and case.enrolled_at is None and case.enrol_by is not None
    assert ward.texts()[-1][0] == "case_opened"


def test_consent_that_was_taken_back_is_taken_anew(ward: Ward, clinician: Clinician, store: Store) -> None:
    case_id = ward.admits()
    with store.work() as work:
        work.run(update(table(Consent)), withdrawn_at=work.now)
    assert "Take the consent" in ward.opens(f"/clinic/cases/{case_id}").reads

    ward.opens(f"/clinic/cases/{case_id}/consent").sends(way="signed", agreed="y", signature="Иванов Иван")

    assert "Take the consent" not in ward.reads and "taken back" in ward.reads and "Иванов Иван (Russian" in ward.reads


def test_a_change_without_a_reason_is_none(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}/change"

    ward.opens(url).sends(url, **{**PLAN, "means": "visit", "reason": ""})

    assert "Write why" in ward.reads
    with store.reading() as work:
        case = watched_case(work, case_id)
    assert case is not None and case.means == "link"


def test_somebody_of_the_household_has_a_case_of_their_own(ward: Ward, store: Store) -> None:
    first = ward.admits()

    ward.sends("/clinic/new", of=first)
    ward.sends(**{**PATIENT, "document": "9219111111", "name": "Иванова Анна"})
    ward.sends(**{**PLAN, "kind": "contact"}).places()
    ward.sends(way="signed", agreed="y", signature="Иванова Анна").sends(f"{ward.path.rsplit('/', 1)[0]}/open")

    with store.reading() as work:
        case = watched_case(work, ward.path.rsplit("/", 1)[1])
    assert case is not None and (case.of_case_id, case.kind) == (first, "contact")
    assert "Иванова Анна" in ward.opens(f"/clinic/cases/{first}").reads
