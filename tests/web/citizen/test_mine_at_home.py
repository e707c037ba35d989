"""Whatever is held of somebody at home is told to them; nothing says where a home is but its address."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlmodel import col

from codes.fields import Field
from codes.people import add_person
from codes.rights.deleting import Why, delete_person, hold
from codes.rights.held_tables import TOLD
from monitoring.answers.reading import AnswerReader
from monitoring.cases.opening import Plan, open_case
from store import Store
from store.blobs import FolderBlobs
from store.cases import Case
from store.checks import PresenceCheck
from store.columns import table
from store.phones import ensure_phone, find_phone
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.monitoring.photos.patient import FakePhotos, Patient
from tests.monitoring.retention.ending import TERM, Ending
from tests.web.citizen.entering import NUMBER
from tests.web.citizen.holding import told
from tests.web.reading import words


@pytest.fixture
def ending(store: Store, clock: Clock, ivan: str, tmp_path: Path) -> Ending:
    with store.work() as work:
        plan = Plan("confirmed", "link", address="Казань, Лесная 9")
        opened = open_case(work, ivan, "order 5", "operator:anna", plan)
        work.run(update(Case), enrolled_at=work.now)
    reader, blobs = FakePhotos(), FolderBlobs(tmp_path / "blobs")
    answers = AnswerReader(store, blobs, reader)
    return Ending(Patient(Counter(store, clock), blobs, reader, answers, opened.case_id), clock, ivan)


@pytest.fixture
def anna(store: Store, ivan: str) -> str:
    """Another grown-up on the telephone."""
    with store.work() as work:
        return add_person(work, ensure_phone(work, NUMBER), {Field.NAME: "Иванова Анна"}).id


def paths(value: Any, head: str) -> set[str]:
    if isinstance(value, dict):
        return {path for key, one in value.items() for path in {f"{head}.{key}", *paths(one, f"{head}.{key}")}}
    return {path for one in value for path in paths(one, head)} if isinstance(value, list) else set()


def test_every_table_of_cases_is_told_where_it_says(citizen: FlaskClient, ending: Ending) -> None:
    ending.lives_through_everything()
    ending.is_lent_a_phone()

    (case,) = told(citizen)["people"][0]["isolation"]

    wanted = {path for path in TOLD.values() if path.startswith("people.isolation.")}
    assert wanted <= paths(case, "people.isolation")
    lists = {name: value for name, value in case.items() if isinstance(value, list) and name != "circumstances"}
    assert [name for name, value in lists.items() if not value] == ["proposals"]


def test_it_is_told_what_was_said_decided_and_kept_until_when(citizen: FlaskClient, ending: Ending) -> None:
    ending.lives_through_everything()

    (case,) = told(citizen)["people"][0]["isolation"]
    page = words(citizen.get("/mine"))

    assert (case["address"], case["your_words"][0]["text"]) == ("Казань, Лесная 9", "мне плохо")
    assert {one["decision"] for one in case["alerts"]} == {"warn", None}
    assert sorted(one["check_state"] for one in case["checks"]) == ["failed", "passed"]
    answers = [one for one in case["photos"] if one["photo"] == "answer"]
    assert all(one["kept_until"] and one["can_be_seen"] for one in answers) and len(answers) == 18
    assert "the building at your address" in page and "a check that was not passed" in page and "a warning" in page


def test_of_those_who_share_a_telephone_no_address_number_or_word_is_shown(
    citizen: FlaskClient, store: Store, ending: Ending, anna: str
) -> None:
    ending.lives_through_everything()
    ending.is_lent_a_phone()

    for shown in (citizen.get("/mine").text, citizen.get("/mine.json").get_data(as_text=True)):
        for secret in ("Лесная", "мне плохо", "SERIAL-77", "order 5"):
            assert secret not in shown


def test_a_planned_check_is_not_told(citizen: FlaskClient, store: Store, ending: Ending) -> None:
    check_id = ending.patient.is_asked()
    with store.work() as work:
        work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), state="planned", asked_at=None)

    assert told(citizen)["people"][0]["isolation"][0]["checks"] == []


def test_a_case_that_was_destroyed_is_told_no_more(citizen: FlaskClient, ending: Ending, store: Store) -> None:
    ending.lives_through_everything()
    ending.closes()
    assert told(citizen)["people"][0]["isolation"][0]["destroyed_on"]
    ending.clock.now += TERM
    ending.destroy()
    ending.destroy()

    with store.reading() as work:
        left = work.rows(table(Case).select().where(col(Case.person_id) == ending.person_id))

    assert left == []


@pytest.mark.parametrize("why", [Why.OPEN_CASE, Why.HANDED_OVER, Why.LENT_PHONE])
def test_deleting_is_refused_while_a_case_is_needed(store: Store, ending: Ending, why: Why) -> None:
    alert_id = ending.fails_a_check()
    ending.decides(alert_id, "violation")
    if why is Why.HANDED_OVER:
        ending.hands_over(alert_id)
    if why is Why.LENT_PHONE:
        ending.is_lent_a_phone()
    if why is not Why.OPEN_CASE:
        ending.closes()

    assert [one.why for one in deletes(store, ending)] == [why]


def test_whoever_deletes_themselves_takes_a_closed_case_with_them(store: Store, ending: Ending) -> None:
    ending.lives_through_everything()
    ending.closes()

    assert deletes(store, ending) == []

    assert ending.remains().keys["case"] == 0
    ending.destroy()
    ending.destroy()
    assert not ending.remains().anything_personal


def deletes(store: Store, ending: Ending) -> list[Any]:
    with store.work() as work:
        known = find_phone(work, NUMBER)
        assert known
        meeting = hold(work, known.id, NUMBER)
        return delete_person(work, meeting, ending.person_id)
