"""Patients at home by text: what they tell, where they stand, what they appeal from; and others with the same words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlmodel import col

from codes.regimes import activate, preset
from monitoring.cases.fences import allow_elsewhere
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import cases_on, watched_case
from monitoring.checks.ladder import go_on
from monitoring.outlines import read_wkb
from store import Store
from store.audit import AuditEntry
from store.cases import Appeal, Case
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import PatientWord
from store.people import PersonPhone
from store.phones import ensure_phone
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.monitoring.fence.shapes import HOUSE
from tests.stories.reading import has_code

URL = "https://pass.example"


@pytest.fixture
def patient(registered: Handset, store: Store) -> Handset:
    """Anna, enrolled, at home."""
    told_to_stay(store, registered)
    return registered


def told_to_stay(store: Store, phone: Handset, means: str = "link", enrolled: bool = True) -> str:
    """Opens a case of whoever is on a telephone; its id."""
    with store.work() as work:
        known = ensure_phone(work, phone.number)
        person = work.row(select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id) == known.id))
        plan = Plan("confirmed", means, phone_id=known.id)
        case_id = open_case(work, person.person_id, "order 5", "staff:clinician", plan).case_id
        if enrolled:
            work.run(update(Case).where(col(Case.id) == case_id), enrolled_at=work.now)
    return case_id


def ask(store: Store, phone: Handset) -> str:
    """Asks whoever is at home there, by the means of their case."""
    with store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, phone.number))
        check_id = work.new_id()
        given = {"origin": "challenge", "means": case.means, "state": "planned", "step": 0, "attempts": 0}
        work.insert(PresenceCheck, id=check_id, case_id=case.id, **given, planned_at=work.now, due_at=work.now)
    go_on(store, URL)
    return check_id


def kept(store: Store, phone: Handset) -> list[tuple[str, str, str]]:
    """What patients said: kind, channel and words."""
    with store.reading() as work:
        (case,) = cases_on(work, ensure_phone(work, phone.number))
        key = case.key
        assert key is not None
        rows = work.rows(select(table(PatientWord)).order_by(col(PatientWord.id)))

        def words(row: Any) -> str:
            return key.open(f"patient_word.words.{row.id}", row.words_sealed) if row.words_sealed else ""

        return [(row.kind, row.channel, words(row)) for row in rows]


def alerts(store: Store) -> list[str]:
    with store.reading() as work:
        return [row.kind for row in work.rows(select(col(Alert.kind)))]


@pytest.mark.parametrize(
    ("text", "kind", "reply", "alert"),
    [
        ("ДОМА", "home", "Записали: вы дома. Если понадобится что-то ещё, мы напишем.", []),
        ("БОЛЬНИЦА", "hospital", "Записали. Проверок пока нет. Сотрудник ответит до 04.06 12:00.", ["pause"]),
        ("СКОРАЯ", "ambulance", "Записали. Проверок пока нет. Сотрудник ответит до 04.06 12:00.", ["pause"]),
        ("СПЛЮ", "asleep", "Записали. Проверок пока нет. Сотрудник ответит до 04.06 12:00.", ["pause"]),
        ("врач велел прийти", "doctor", "Записали. Проверок пока нет. Сотрудник ответит до 04.06 12:00.", ["pause"]),
        ("села батарея", "no_battery", "Записали. Проверок пока нет. Сотрудник ответит до 04.06 12:00.", ["pause"]),
        ("SOS", "sos", "Звоните 112 прямо сейчас. Дежурный уже знает.", ["sos"]),
    ],
)
def test_a_word_is_kept_answered_with_what_comes_next_and_put_before_a_person(
    patient: Handset, store: Store, text: str, kind: str, reply: str, alert: list[str]
) -> None:
    assert patient.text(text) == reply

    assert kept(store, patient) == [(kind, "text", text)]
    assert alerts(store) == alert


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Мин өйдә", "Яздык: сез өйдә. Тагын нәрсә кирәк булса, без язарбыз."),
        ("HOSPITAL", "Noted. Checks are paused. A person answers you by 04.06 12:00."),
    ],
)
def test_a_word_is_answered_in_its_language(patient: Handset, text: str, reply: str) -> None:
    assert patient.text(text) == reply


def test_the_same_words_of_others_are_errands_or_not_understood(registered: Handset, store: Store) -> None:
    assert registered.text("ДОМА").startswith("Не поняли вас.")
    assert has_code(registered.text("БОЛЬНИЦА"))
    registered.text("SOS")

    assert alerts(store) == []


def test_while_a_check_waits_home_is_answered_with_the_way_to_answer_it(patient: Handset, store: Store) -> None:
    ask(store, patient)

    assert patient.text("я дома") == "Записали. Откройте ещё ссылку из нашего СМС до 13:00."
    assert "Ответьте на проверку до 13:00." in patient.text("СТАТУС")


def test_a_pause_is_told_again_until_a_person_answered(patient: Handset) -> None:
    patient.text("БОЛЬНИЦА")

    assert patient.text("ДОМА") == "Записали: вы дома. Сотрудник ответит до 04.06 12:00."
    assert "вам ответят до 04.06 12:00" in patient.text("СТАТУС")


def test_status_tells_of_another_place_that_counts(registered: Handset, store: Store, clock: Clock) -> None:
    case_id = told_to_stay(store, registered)
    with store.work() as work:
        case = watched_case(work, case_id)
        assert case is not None
        span = (work.now, work.now + timedelta(hours=3))
        allow_elsewhere(work, case, read_wkb(HOUSE.wkb), span, weak=False, by="tests")

    assert registered.text("СТАТУС").endswith("Другое место разрешено: 12:00-15:00.")
    clock.pass_by(hours=3)
    assert registered.text("СТАТУС").endswith("Сейчас делать ничего не нужно.")


def test_status_tells_where_a_patient_stands_beside_their_passes(
    registered: Handset, store: Store, clock: Clock
) -> None:
    case_id = told_to_stay(store, registered)
    assert registered.text("СТАТУС") == "Оставайтесь дома, пока мы не напишем. Сейчас делать ничего не нужно."

    with store.work() as work:
        work.run(update(Case).where(col(Case.id) == case_id), ends_at=clock.now.replace(day=17))
    with store.work() as work:
        doctors = preset("tatarstan-2020").replace("number = 3\n", "number = 3\nisolation = true\n")
        activate(work, doctors, clock.now, "tests")
    assert has_code(registered.text("цель 3"))

    status = registered.text("СТАТУС")
    assert status.startswith("Оставайтесь дома до 17.06 12:00. Сейчас делать ничего не нужно. ")
    assert has_code(status)


def test_who_has_not_opened_their_page_is_told_until_when(registered: Handset, store: Store) -> None:
    told_to_stay(store, registered, enrolled=False)

    assert "Откройте ссылку из СМС до 04.06 12:00." in registered.text("СТАТУС")


@pytest.mark.parametrize("decided", [False, True])
def test_an_appeal_is_about_the_last_decision_or_else_the_case(patient: Handset, store: Store, decided: bool) -> None:
    patient.text("БОЛЬНИЦА")
    with store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, patient.number))
        (alert,) = work.rows(select(table(Alert)))
        if decided:
            work.run(update(Alert), decision="warn", decided_at=work.now, decided_by="staff:duty")

    assert "Жалоба" in patient.text("ЖАЛОБА я был в больнице")

    with store.reading() as work:
        (appeal,) = work.rows(select(table(Appeal)))
    assert (appeal.about, appeal.about_id) == (("alert", alert.id) if decided else ("case", case.id))


def test_a_telephone_that_was_lent_to_a_patient_speaks_for_them(
    registered: Handset, phones: Callable[[str], Handset], store: Store
) -> None:
    case_id, lent = told_to_stay(store, registered), phones("77")
    with store.work() as work:
        mine = update(Case).where(col(Case.id) == case_id)
        work.run(mine, phone_id=ensure_phone(work, lent.number).id)

    assert lent.text("БОЛЬНИЦА").startswith("Записали.")
    assert alerts(store) == ["pause"]


def test_in_a_household_who_is_named_is_meant_and_else_all(patient: Handset, store: Store) -> None:
    patient.text("РЕБЁНОК Иванова Маша")
    with store.work() as work:
        phone = ensure_phone(work, patient.number)
        people = work.rows(select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id) == phone.id))
        (case,) = cases_on(work, phone)
        (child,) = {row.person_id for row in people} - {case.person_id}
        open_case(work, child, "order 5", "staff:clinician", Plan("contact", of_case_id=case.id))

    patient.text("Машу увезли в больницу")
    assert paused(store) == {"confirmed": False, "contact": True}

    patient.text("СПЛЮ")
    assert paused(store) == {"confirmed": True, "contact": True}


def paused(store: Store) -> dict[str, bool]:
    """Which of the cases are paused, by their kind."""
    with store.reading() as work:
        return {row.kind: row.paused_at is not None for row in work.rows(select(table(Case)))}


def test_a_text_of_nobody_at_home_asks_for_no_case(registered: Handset, store: Store) -> None:
    """The one read of a text says whether there is a case; only then cases are looked at."""
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    registered.text("СТАТУС")
    registered.text("Цель 8")

    assert not [sql for sql in asked if "FROM isolation_case" in sql]


def test_what_a_patient_says_is_in_the_audit_without_its_words(patient: Handset, store: Store) -> None:
    patient.text("меня увезли в больницу номер семь")

    with store.reading() as work:
        said = [row for row in work.rows(select(table(AuditEntry))) if row.action == "patient.said"]
    assert len(said) == 1 and "больниц" not in said[0].details and '"kind": "hospital"' in said[0].details
