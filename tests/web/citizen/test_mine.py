"""What we hold, on the page and as a file: the same, all of it; of others on the telephone no more than texts say."""

import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from codes.fields import Field
from codes.looking import note_look
from codes.meeting import meet
from codes.people import add_person
from codes.police.inspecting import inspect
from codes.police.officers import enroll, open_shift
from codes.police.sought import sought_codes
from codes.regimes import in_force
from codes.rights.held_tables import LEFT_OUT, TOLD
from monitoring.cases.opening import open_case
from store import Store
from store.phones import ensure_phone
from store.tables import METADATA
from tests.web.auditing import entries
from tests.web.citizen.entering import NUMBER, signs_in, submit
from tests.web.citizen.holding import DOCUMENT, NAME, grants, told
from tests.web.people import Staff, citizen_signed_in
from tests.web.reading import words
from web.citizen.held_words import kept_words, said

_ABOUT_PEOPLE = re.compile(
    r"(person|phone|pass|application|call|sender|guardian|recording)_(id|sid)$|^by_phone$|_sealed$"
)
_DD = re.compile(r'<dd class="govuk-summary-list__value">(.*?)</dd>', re.S)


@pytest.fixture
def anna(app: Flask, store: Store, ivan: str) -> str:
    """Another grown-up on it."""
    with store.work() as work:
        details = {Field.NAME: "Иванова Анна", Field.DOCUMENT: "9219632507", Field.ADDRESS: "Казань, Тукая 5"}
        return add_person(work, ensure_phone(work, NUMBER), details).id


def _leaves(value: Any, key: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict) and key not in ("content", "said"):
        return [leaf for name, one in value.items() for leaf in _leaves(one, name)]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [leaf for one in value for leaf in _leaves(one, key)]
    return [(key, value)]


def test_the_page_says_what_the_file_holds_and_nothing_else(
    app: Flask, store: Store, client: FlaskClient, ivan: str
) -> None:
    signs_in(client, store)
    grants(store)
    page, file = client.get("/mine"), told(client)

    shown = Counter(unescape(one).strip() for one in _DD.findall(page.text))
    with app.test_request_context("/mine"), store.reading() as work:
        regime = in_force(work).regime
        kept = file.pop("kept")
        file.pop("made_at")
        expected = Counter(words for key, value in _leaves(file) if (words := said(key, value, regime)))
        expected += Counter(kept_words(one)[1] for one in kept)
    assert shown == expected
    assert {NAME, DOCUMENT, "Казань, Баумана 1", NUMBER} <= set(shown)
    assert file["people"][0]["document"] == DOCUMENT


def test_no_table_about_people_is_forgotten() -> None:
    """A new table with such a column is told, or left out with a reason."""
    about = {
        one.name for one in METADATA.sorted_tables if any(_ABOUT_PEOPLE.search(column.name) for column in one.columns)
    }
    listed = set(TOLD) | set(LEFT_OUT)

    assert not about - listed, "tell it in codes/held*.py, or say in codes/rights/held_tables.py why not"
    assert listed <= {one.name for one in METADATA.sorted_tables}
    assert not set(TOLD) & set(LEFT_OUT)


def test_what_is_told_of_each_table_is_there(app: Flask, store: Store, client: FlaskClient, ivan: str) -> None:
    signs_in(client, store)
    pass_id = grants(store)
    file = told(client)

    def paths(value: Any, head: str = "") -> set[str]:
        if isinstance(value, dict):
            return {path for key, one in value.items() for path in {f"{head}{key}", *paths(one, f"{head}{key}.")}}
        return {path for one in value for path in paths(one, head)} if isinstance(value, list) else set()

    deep = {"people.applications.reviewed_by", "people.applications.papers"}
    deep |= {
        one for one in TOLD.values() if one.startswith("people.isolation.")
    }  # tests/codes/rights/test_held_cases.py
    deep |= {"calls.recordings", "calls.recordings.heard", "calls.heard_again"}
    assert pass_id and set(TOLD.values()) - deep <= paths(file)


def test_every_look_is_told_with_the_role_and_why_and_no_name(
    app: Flask, store: Store, citizen: FlaskClient, ivan: str, staff: Staff
) -> None:
    someone = staff("agent", "supervisor", name="Olga Secret")
    with store.work() as work:
        note_look(work, ivan, f"staff:{someone.id}", "other_number", "desk.search")
        note_look(work, ivan, "operator:anna", "a complaint of 3 June", "passes show")
        note_look(work, ivan, f"staff:{someone.id}", "application 52491296", "paper")

    page, looks = words(citizen.get("/mine")), told(citizen)["people"][0]["looks"]

    assert {(one["by"], one["why"]) for one in looks} == {
        ("operator", "a complaint of 3 June"),
        ("agent supervisor", "other_number"),
        ("agent supervisor", "application 52491296"),
    }
    assert "Application 52491296" in page and "at the command line" in page and "desk.search" not in page
    assert "agent, supervisor" in page and "calls from another number" in page and "a complaint of 3 June" in page
    assert "Olga" not in page and "anna" not in page and someone.id not in citizen.get("/mine").text


def test_inspections_are_told_without_the_officer(app: Flask, store: Store, citizen: FlaskClient, ivan: str) -> None:
    grants(store)
    with store.work() as work:
        enroll(work, "+79170000009", "Unit 7", "4821", None, "tests")
        officer = meet(work, "+79170000009").officer
        assert officer
        open_shift(work, officer, "4821", None, "tests")
    code = told(citizen)["people"][0]["passes"][0]["code"]
    with store.work() as work:
        met = meet(work, "+79170000009")
        assert met.officer
        inspect(work, met.terms, met.officer, sought_codes([code], met.terms), "en", "text")

    (seen,) = told(citizen)["people"][0]["passes"][0]["inspections"]

    assert (seen["by"], seen["verdict"]) == ("officer", "valid")
    assert "Unit 7" not in words(citizen.get("/mine"))


def test_isolation_is_told(app: Flask, store: Store, citizen: FlaskClient, ivan: str) -> None:
    with store.work() as work:
        open_case(work, ivan, "contact", "operator:anna")

    (case,) = told(citizen)["people"][0]["isolation"]

    assert (case["reason"], case["opened_by"], case["closed_at"]) == ("contact", "operator", None)
    assert told(citizen)["people"][0]["destroyed_on"] is None


def test_of_two_grown_ups_no_more_is_shown_than_texts_say(citizen: FlaskClient, ivan: str, anna: str) -> None:
    page, file = citizen.get("/mine"), citizen.get("/mine.json").get_data(as_text=True)

    for secret in (DOCUMENT, "9219632507", "Баумана", "Тукая"):
        assert secret not in page.text and secret not in file
    assert "*2506" in words(page) and "Kept, not shown here" in words(page)


def test_ones_own_document_opens_ones_own(citizen: FlaskClient, store: Store, ivan: str, anna: str) -> None:
    page = submit(citizen, "/mine", document="92 19 632506")
    file = submit(citizen, "/mine.json", shown="/mine", document="92 19 632506")

    assert "Баумана" in page.text and "Тукая" not in page.text
    assert "Баумана" in file.get_data(as_text=True) and "9219632507" not in file.get_data(as_text=True)
    wrong = submit(citizen, "/mine", document="92 19 632508")
    assert wrong.status_code == 422 and "Nobody on this telephone has that document" in words(wrong)


def test_documents_are_not_guessed_here(citizen: FlaskClient, ivan: str, anna: str) -> None:
    for _ in range(10):
        submit(citizen, "/mine", document="92 19 632508")

    refused = submit(citizen, "/mine", document="92 19 632506")

    assert refused.status_code == 422 and "Баумана" not in refused.text


def test_a_ward_is_shown_with_the_one_who_cares(citizen: FlaskClient, store: Store, ivan: str) -> None:
    with store.work() as work:
        details = {Field.NAME: "Иванова Маша", Field.ADDRESS: "Казань, Лесная 3"}
        add_person(work, ensure_phone(work, NUMBER), details, ivan)

    assert "Лесная" in citizen.get("/mine").text
    assert {one["name"]: one.get("in_care_of") for one in told(citizen)["people"]} == {NAME: None, "Иванова Маша": NAME}


def test_another_telephone_sees_nothing(app: Flask, store: Store, citizen: FlaskClient, ivan: str) -> None:
    other = citizen_signed_in(app, store, "+79170000002")

    assert NAME not in other.get("/mine").text and told(other)["people"] == []


def test_the_file_is_a_download_that_nobody_keeps_and_is_audited(citizen: FlaskClient, store: Store, ivan: str) -> None:
    answer = citizen.get("/mine.json")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="passline.json"'
    ((actor, subject, details),) = entries(store, "held.told")
    assert actor == f"phone:{subject}" and details == {}


def test_a_code_to_sign_in_is_not_told_again(app: Flask, store: Store, client: FlaskClient, ivan: str) -> None:
    signs_in(client, store)

    (text,) = [one for one in told(client)["texts_sent"] if one["about"] == "sign_in_code"]

    assert (text["content_kept"], text["content"]) == (True, {})
