"""Appeals on pages: from a refusal, from a withdrawn pass, by itself; read back with their answers."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from codes.meeting import meet
from codes.review.appealed import About
from codes.review.appeals import LONGEST, MOST_A_DAY, appeal_by_number, decide_appeal, file_appeal
from codes.review.barring import Barred
from codes.revoking import revoke_passes
from store import Store
from store.cases import Appeal
from store.passes import Application, Pass
from store.phones import find_phone
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.citizen.entering import NUMBER, answers, submit
from tests.web.people import citizen_signed_in
from tests.web.reading import words

DOCUMENT = {"document": "9219632506"}
REASON = "I was going to the chemist's, not for a walk."


@pytest.fixture
def pharmacy(citizen: FlaskClient) -> str:
    """The page of a pass to the chemist's."""
    outcome = answers(citizen, "8", DOCUMENT, {}).headers["Location"]
    return str(citizen.get(outcome).headers["Location"]).partition("?")[0]


def withdraw(store: Store, by: str = "operator:anna") -> None:
    with store.work() as work:
        known = meet(work, NUMBER).holders[0]
        revoke_passes(work, known.id, "mistake", by, "revoked_isolation")


def row(store: Store):  # type: ignore[no-untyped-def]
    with store.reading() as work:
        return work.row(select(Appeal))


def test_an_appeal_by_itself_is_kept_sealed_and_has_a_number(citizen: FlaskClient, store: Store) -> None:
    answer = submit(citizen, "/appeals/new", about="else", text=REASON)

    shown = words(citizen.get(answer.headers["Location"]))
    assert f"Your appeal has the number {row(store).number}." in shown and REASON in shown
    assert "waits for an answer" in shown
    assert REASON.encode() not in row(store).text_sealed
    assert (row(store).about, row(store).about_id) == (None, None)


def test_a_withdrawn_pass_leads_to_an_appeal_about_it(citizen: FlaskClient, store: Store, pharmacy: str) -> None:
    withdraw(store)
    link = re.search(r'href="(/appeals/new\?about=[^"]+)"', citizen.get(pharmacy).text)
    assert link
    form = citizen.get(link[1])

    submit(citizen, "/appeals/new", shown=link[1], about=link[1].partition("=")[2], text=REASON)

    with store.reading() as work:
        pass_id = work.row(select(Pass)).id
    assert "Withdrawn: " in words(form) and re.search(rf'value="pass\.{pass_id}"[^>]*checked', form.text)
    assert (row(store).about, row(store).about_id) == ("pass", pass_id)


def test_a_refusal_leads_to_an_appeal_about_it(citizen: FlaskClient, store: Store, pharmacy: str) -> None:
    with store.work() as work:
        known = meet(work, NUMBER).holders[0]
        given = {"regime_version": 1, "purpose": 8, "state": "refused", "refusal": "quota", "channel": "text"}
        phone = find_phone(work, NUMBER)
        assert phone
        work.insert(Application, id=work.new_id(), person_id=known.id, phone_id=phone.id, asked_at=work.now, **given)

    link = re.search(r'href="(/appeals/new\?about=application[^"]+)"', citizen.get("/passes").text)
    assert link
    submit(citizen, "/appeals/new", shown=link[1], about=link[1].partition("=")[2], text=REASON)

    assert row(store).about == "application"
    assert "Your limit was used up" in words(citizen.get("/appeals/new?about=newest"))


def test_what_one_gave_back_oneself_is_nothing_to_appeal_from(citizen: FlaskClient, pharmacy: str) -> None:
    submit(citizen, f"{pharmacy}/cancel")

    assert "/appeals/new" not in citizen.get(pharmacy).text
    assert "Withdrawn: " not in words(citizen.get("/appeals/new"))


def test_somebody_elses_pass_can_not_be_named(app: Flask, store: Store, pharmacy: str) -> None:
    withdraw(store)
    other = citizen_signed_in(app, store, "+79170000002")
    with store.reading() as work:
        pass_id = work.row(select(Pass)).id

    page = other.get(f"/appeals/new?about=pass.{pass_id}")
    submit(other, "/appeals/new", about=f"pass.{pass_id}", text=REASON)

    assert "Withdrawn" not in words(page) and f'value="pass.{pass_id}' not in page.text
    assert (row(store).about, row(store).about_id) == (None, None)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_told(citizen: FlaskClient, store: Store, text: str) -> None:
    answer = submit(citizen, "/appeals/new", about="else", text=text)

    assert answer.status_code == 422 and "There is a problem" in words(answer)
    assert row(store) is None


def test_five_appeals_a_day_are_taken_on_pages(citizen: FlaskClient, store: Store, clock: Clock) -> None:
    told = []
    for _ in range(MOST_A_DAY + 1):
        answer = submit(citizen, "/appeals/new", about="else", text=REASON)
        told.append("You appealed five times" in words(citizen.get(answer.headers["Location"])))
    clock.pass_by(days=1, minutes=1)
    fresh = citizen_signed_in(citizen.application, store)
    submit(fresh, "/appeals/new", about="else", text=REASON)

    assert told == [False] * MOST_A_DAY + [True]
    assert len(entries(store, "appeal.filed")) == MOST_A_DAY + 1


def test_the_answer_stands_on_the_page(citizen: FlaskClient, store: Store) -> None:
    submit(citizen, "/appeals/new", about="else", text=REASON)
    with store.work() as work:
        decide_appeal(work, row(store).number, upheld=True, words="Our mistake.", language="en", by="staff:x")

    shown = words(citizen.get("/appeals"))

    assert "you were right" in shown and "Our mistake." in shown


def test_appeals_of_another_telephone_are_not_shown(app: Flask, citizen: FlaskClient, store: Store) -> None:
    submit(citizen, "/appeals/new", about="else", text=REASON)

    assert REASON not in words(citizen_signed_in(app, store, "+79170000002").get("/appeals"))


def test_who_withdrew_a_pass_does_not_answer_long_after(
    store: Store, citizen: FlaskClient, pharmacy: str, clock: Clock
) -> None:
    withdraw(store, by="staff:x")
    clock.pass_by(days=40)
    with store.work() as work:
        phone = find_phone(work, NUMBER)
        assert phone
        number = file_appeal(work, phone, REASON, About("pass", work.row(select(Pass)).id))

    with store.work() as work:
        barred = decide_appeal(work, number, upheld=False, words="No.", language="en", by="staff:x")
        other = decide_appeal(work, number, upheld=False, words="No.", language="en", by="staff:y")
        found = appeal_by_number(work, number)

    assert (barred, other) == (Barred.CONCERNED, None)
    assert found and found.state == "denied"
