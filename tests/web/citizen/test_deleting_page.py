"""Deletion on the page: a typed word, what stands against it in words, a telephone that is signed out."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from store import Store
from store.people import Person
from tests.clock import Clock
from tests.web.citizen.entering import submit
from tests.web.citizen.holding import grants, told
from tests.web.people import citizen_signed_in
from tests.web.reading import words


def test_deleting_a_person_needs_the_word(citizen: FlaskClient, store: Store, ivan: str, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    refused = submit(citizen, "/mine/delete", whom=ivan, sure="yes")
    gone = submit(citizen, "/mine/delete", whom=ivan, sure="Удалить")

    assert refused.status_code == 422 and "Type DELETE" in words(refused)
    assert "It is deleted." in words(citizen.get(gone.headers["Location"]))
    assert told(citizen)["people"] == []
    with store.reading() as work:
        assert work.row(select(Person)).destroyed_at == clock.now


def test_a_live_pass_is_said_before_and_refused(citizen: FlaskClient, store: Store, ivan: str) -> None:
    grants(store)

    page, refused = citizen.get("/mine/delete"), submit(citizen, "/mine/delete", whom=ivan, sure="DELETE")

    assert "There is a pass until" in words(page)
    assert refused.status_code == 422 and "Give it back first" in words(refused)
    assert told(citizen)["people"]


def test_deleting_the_telephone_signs_out(app: Flask, citizen: FlaskClient, store: Store, ivan: str) -> None:
    second = citizen_signed_in(app, store)

    gone = submit(citizen, "/mine/delete", whom="telephone", sure="DELETE")

    assert "its number follows in a day" in words(citizen.get(gone.headers["Location"]))
    assert [one.get("/mine").status_code for one in (citizen, second)] == [302, 302]


def test_nobody_elses_person_can_be_deleted(app: Flask, store: Store, citizen: FlaskClient, ivan: str) -> None:
    other = citizen_signed_in(app, store, "+79170000002")

    answer = submit(other, "/mine/delete", whom=ivan, sure="DELETE")

    assert answer.status_code == 422
    assert told(citizen)["people"]
