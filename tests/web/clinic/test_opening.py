"""A case is opened a page at a time; with it passes go, the patient is told, and what was said is sealed."""

import re

import pytest
from sqlalchemy import select

from codes.outcomes import Grant, Refusal
from codes.regimes import activate, preset
from monitoring.cases.consent import consent_text, consents_of
from monitoring.cases.fences import fences_of
from monitoring.cases.watched import watched_case
from monitoring.outlines import contains, size_of
from settings import Settings
from store import Store
from store.columns import table
from store.messages import OutboxMessage
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.web.clinic.conftest import Clinician
from tests.web.clinic.ward import PATIENT, PLAN, SIGNED, Ward
from tests.web.people import Staff, signed_in
from wsgi import create_app

NUMBER = PATIENT["number"]


def test_a_case_is_opened_with_all_that_was_said(ward: Ward, store: Store) -> None:
    case_id = ward.admits(note="Открывает сын", circumstances="shared_phone")

    with store.reading() as work:
        case = watched_case(work, case_id)
        assert case is not None
        consent, fence = consents_of(work, case)[0], fences_of(work, case)[0]
    assert (case.kind, case.means, case.clinic, case.opened_by) == (
        "confirmed",
        "link",
        "Клиника 1",
        f"staff:{ward.person.id}",
    )
    assert (case.details.address, case.details.reason) == ("Баумана, 5, кв. 7", "Приказ 5")
    assert (case.ends_at.astimezone().isoformat() if case.ends_at else "")[:10] >= "2026-06-16"
    assert (consent.way, consent.signature, consent.language) == ("signed", "Иванов Иван Иванович", "ru")
    assert fence.weak and round(size_of(fence.outline).wide) == 200 and contains(fence.outline, 49.1221, 55.7887)


def test_the_patient_is_told_the_end_and_gets_a_link(ward: Ward) -> None:
    ward.admits()

    template, language, fields = ward.texts()[-1]
    assert (template, language) == ("case_opened", "ru")
    assert fields["link"].startswith("https://pass.example/i/") and len(fields["link"]) == 45
    assert fields["until"].startswith("2026-06-1")


def test_live_passes_go_and_none_is_given_but_for_the_doctor(ward: Ward, store: Store, clock: Clock) -> None:
    counter = Counter(store, clock)
    counter.introduce(NUMBER, name=PATIENT["name"], document=PATIENT["document"])
    assert isinstance(counter.ask(NUMBER, 8), Grant)

    ward.admits()

    assert sorted(template for template, _, _ in ward.texts()) == ["case_opened", "revoked_case"]
    met = counter.who(NUMBER)
    assert (len(met.holders), met.holders[0].live, met.holders[0].open_case) == (1, (), True)
    refused = [one.number for one in met.terms.regime.purposes if not one.isolation]
    assert all(isinstance(counter.ask(NUMBER, number), Refusal) for number in refused)


def test_a_case_opened_at_night_is_told_in_the_morning(clinician: Clinician, store: Store, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=20, minute=30)  # 23:30 in Kazan

    clinician().admits()

    with store.reading() as work:
        (due,) = work.rows(select(table(OutboxMessage).c.due_at))[-1]
    assert due.isoformat().endswith("T05:00:00+00:00")


def test_who_stays_at_home_already_is_not_admitted_again(ward: Ward) -> None:
    ward.admits()

    ward.begins()
    ward.sends(**PATIENT)

    assert "has an open case already" in ward.reads and ward.page and ward.page.status_code == 422


def test_a_second_press_leads_to_the_same_case(ward: Ward, store: Store) -> None:
    draft = ward.drafts()
    assert ward.page
    hidden = dict(re.findall(r'name="(csrf_token|once)" value="([^"]*)"', ward.page.text.split(f"{draft}/open")[1]))

    ways = [ward.client.post(f"{draft}/open", data=hidden).headers["Location"] for _ in range(2)]

    assert ways[0] == ways[1] and "/clinic/cases/" in ways[0]
    assert [template for template, _, _ in ward.texts()] == ["case_opened"]


def test_a_child_without_a_document_counts_for_the_telephone(ward: Ward, store: Store, clock: Clock) -> None:
    Counter(store, clock).introduce(NUMBER, name="Иванова Анна", document="9219111111")

    case_id = ward.admits(document="", name="Иванова Мария", child="y", means="call")

    with store.reading() as work:
        case = watched_case(work, case_id)
    assert case is not None and "minor" in case.details.circumstances
    assert (ward.texts(), ward.calls()) == ([], ["case_opened_call"])
    people = Counter(store, clock).who(NUMBER).holders
    assert [one.open_case for one in people] == [False, True] and people[1].guardian_id == people[0].id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**PATIENT, "document": ""}, "Enter the document, or say that it is a child"),
        ({**PATIENT, "number": "12"}, "This can't be a telephone number"),
        ({**PATIENT, "name": ""}, "Enter this: Name"),
        ({**PATIENT, "language": ""}, "Choose a language"),
    ],
)
def test_what_is_missing_of_a_person_is_said(ward: Ward, fields: dict[str, str], said: str) -> None:
    ward.begins()

    ward.sends(**fields)

    assert said in ward.reads and ward.page and ward.page.status_code == 422


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"kind": ""}, "Choose why they stay at home"),
        ({"span": ""}, "Choose how long"),
        ({"span": "other"}, "Choose the last day"),
        ({"span": "other", "until": "2026-06-02"}, "The last day is today or later"),
        ({"span": "other", "until": "2027-06-02"}, "at most 90 days away"),
        ({"reason": " "}, "Write which order or document says so"),
        ({"means": "pigeon"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_of_a_plan_is_said(ward: Ward, other: dict[str, str], said: str) -> None:
    ward.begins()
    ward.sends(**PATIENT)

    ward.sends(**{name: value for name, value in {**PLAN, **other}.items() if value})

    assert said in ward.reads and ward.page and ward.page.status_code == 422


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"agreed": ""}, "Without consent nobody is looked after"),
        ({"signature": ""}, "Enter the full name"),
        ({"way": "phone", "recording": f"RE{'a' * 32}"}, "There is no such recording"),
        ({"way": "phone", "recording": "x"}, "There is no such recording"),
    ],
)
def test_without_consent_there_is_no_case(ward: Ward, other: dict[str, str], said: str) -> None:
    ward.begins()
    ward.sends(**PATIENT).sends(**PLAN).places()

    ward.sends(**{name: value for name, value in {**SIGNED, **other}.items() if value})

    assert said in ward.reads and ward.page and ward.page.status_code == 422


def test_the_text_of_consent_is_the_patients(ward: Ward) -> None:
    ward.begins()
    ward.sends(**{**PATIENT, "language": "tt"}).sends(**PLAN).places()

    assert ward.page and 'lang="tt"' in ward.page.text and consent_text("tt").digest in ward.reads


def test_steps_are_taken_in_order(ward: Ward) -> None:
    draft = ward.begins()

    ward.opens(f"{draft}/check")

    assert ward.path == f"{draft}/person"


def test_an_order_may_let_people_at_home_go_to_the_doctor(
    settings: Settings, store: Store, staff: Staff, clock: Clock
) -> None:
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    person = staff("clinician")
    ward = Ward(store, clock, person, signed_in(create_app(settings, store), store, person))
    ward.admits(number="+919990000001", document="234123412346", language="en")
    counter = Counter(store, clock)
    regime = counter.who("+919990000001").terms.regime

    answers = {one.number: counter.ask("+919990000001", one.number, reason="x") for one in regime.purposes}

    refused = {number for number, one in answers.items() if isinstance(one, Refusal) and one.reason == "isolation"}
    assert refused == {one.number for one in regime.purposes if not one.isolation} != set(answers)
