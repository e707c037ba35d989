"""What is held of somebody at home, what they agreed to, and how it works: told on their page."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlmodel import col

from codes.fields import Field
from codes.looking import note_look
from codes.people import add_person
from store import Store
from store.audit import AuditEntry
from store.patients import PatientWord
from store.phones import find_phone
from tests.monitoring.checks.ward import ANN
from tests.web.patient.household import AtHome
from tests.web.people import CITIZEN, citizen_signed_in
from tests.web.reading import csrf, words

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_it_tells_what_is_held_and_who_looked_and_the_file_says_the_same(ann: AtHome, store: Store) -> None:
    ann.sends("/at-home/go", "/at-home/go", kind="doctor", words="К врачу на Баумана")
    ann.sends("/at-home/appeal", "/at-home/appeal", text="Я не болею")
    with store.work() as work:
        note_look(work, ann.ward.case(ann.case_id).person_id, "staff:dora", "alert 5", "duty")

    page = words(ann.browser.get("/at-home/held"))
    answer = ann.browser.get("/at-home/held.json")
    told = json.loads(answer.text)

    assert "order 5" in page and "К врачу на Баумана" in page and "Я не болею" in page
    assert "30 days" in page and "Signed" not in page
    (case,) = told["isolation"]
    assert case["your_words"][0]["text"] == "К врачу на Баумана"
    assert [one["about"] for one in told["appeals"]] == ["case"]
    assert [one["where"] for one in told["looks"]] == ["duty"]
    assert "attachment" in answer.headers["Content-Disposition"] and "no-store" in answer.headers["Cache-Control"]
    with store.reading() as work:
        mine = select(func.count()).select_from(AuditEntry).where(col(AuditEntry.action) == "held.told")
        assert work.count(mine.where(col(AuditEntry.actor) == f"patient:{ann.case_id}")) == 2


@one_database
def test_it_is_the_part_of_the_citizens_document_that_is_of_the_case(ann: AtHome, app: Flask, store: Store) -> None:
    mine = json.loads(ann.browser.get("/at-home/held.json").text)["isolation"]

    citizens = json.loads(citizen_signed_in(app, store, ANN).get("/mine.json").text)["people"][0]["isolation"]

    assert mine == citizens and ANN != CITIZEN


def test_on_a_shared_telephone_what_was_said_is_shown_to_who_names_the_document(ann: AtHome, store: Store) -> None:
    ann.sends("/at-home/go", "/at-home/go", kind="doctor", words="К врачу на Баумана")
    with store.work() as work:
        phone = find_phone(work, ANN)
        assert phone is not None
        add_person(work, phone, {Field.NAME: "Петров Борис", Field.DOCUMENT: "9211111111"})

    shared = ann.browser.get("/at-home/held")
    token = csrf(ann.browser, "/at-home/held")
    wrong = ann.browser.post("/at-home/held", data={"csrf_token": token, "document": "9222222222"})
    right = {"csrf_token": token, "document": "9290000001"}
    whole = ann.browser.post("/at-home/held", data=right)
    file = ann.browser.post("/at-home/held.json", data=right)

    assert "К врачу" not in shared.text and "К врачу" not in ann.browser.get("/at-home/held.json").text
    assert wrong.status_code == 422 and "К врачу" not in wrong.text
    assert "К врачу" in words(whole) and "К врачу" in file.text


@one_database
def test_consent_is_told_in_its_own_words_and_taken_back_after_a_second_question(ann: AtHome) -> None:
    told = words(ann.browser.get("/at-home/consent"))
    asked = words(ann.browser.get("/at-home/consent/back"))

    sent = ann.sends("/at-home/consent/back", "/at-home/consent/back", words="Не хочу")
    said = words(ann.browser.get(sent.headers["Location"]))
    after = words(ann.browser.get("/at-home/consent"))

    assert "Моё согласие" in told and "The order to stay at home goes on" in told
    assert "Do you take your consent back?" in asked
    assert "Nothing is asked of you from now on. A person speaks with you about what follows" in said
    assert "You did not agree to be asked, or took it back" in said and "data-place" not in said
    assert "we text you a link" not in words(ann.browser.get("/at-home"))
    assert "Taken back at 12:00" in after and "Take my consent back" not in after
    assert ann.ward.alerts() == [("consent_withdrawn", None)]
    assert [one.kind for one in ann.ward.rows(PatientWord)] == ["consent_withdrawn"]
    assert ann.browser.get("/at-home/consent/back").status_code == 303


@one_database
def test_how_it_works_says_what_a_check_is_and_what_it_is_not(ann: AtHome) -> None:
    said = words(ann.browser.get("/at-home/welcome"))

    assert "in about 29 of 100 cases" in said and "Never from 22:00 to 08:00" in said
    assert "Where you are: half an hour, in memory alone" in said and "you have 24 hours to answer" in said
