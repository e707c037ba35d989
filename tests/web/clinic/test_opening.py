"""A case is opened a page at a time; with it passes go, the patient is told, and what was said is sealed."""

import pytest
from sqlalchemy import select

from codes.fields import Field
from codes.outcomes import Grant, Refusal
from monitoring.cases.consent import consent_text, consents_of
from monitoring.cases.fences import fences_of
from monitoring.cases.watched import watched_case
from monitoring.outlines import contains, size_of
from store import Store
from store.cases import CaseDraft
from store.columns import table
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.web.clinic.conftest import Clinician
from tests.web.clinic.ward import PATIENT, PLAN, SIGNED, Ward, register

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

    assert [template for template, _, _ in ward.texts()] == ["revoked_case", "case_opened"]
    met = counter.who(NUMBER)
    assert (len(met.holders), met.holders[0].live, met.holders[0].open_case) == (1, (), True)
    refused = [one.number for one in met.terms.regime.purposes if not one.isolation]
    assert all(isinstance(counter.ask(NUMBER, number), Refusal) for number in refused)


def test_a_case_opened_at_night_is_told_in_the_morning(ward: Ward, store: Store, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=20, minute=30)  # 23:30 in Kazan
    ward.admits()

    with store.reading() as work:
        due = work.row(select(table(CaseDraft).c.id))
        message = work.rows(__import__("sqlalchemy").text("SELECT due_at, template FROM outbox_message"))
    assert due is None
    assert "05:00" in str(message[-1].due_at)
