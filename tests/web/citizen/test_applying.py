"""A pass is asked for a question at a time, by the same rules as by text."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from codes.regimes import activate, preset
from monitoring.cases.opening import open_case
from store import Store
from store.citizens import Draft
from store.passes import Application, Pass
from tests.clock import Clock
from tests.web.citizen.entering import answers, submit
from tests.web.people import citizen_signed_in
from tests.web.reading import csrf, words

DOCUMENT = {"document": "92 19 632506"}


def passes(store: Store) -> int:
    with store.reading() as work:
        return work.count(select(func.count()).select_from(Pass))


def ask(client: FlaskClient, purpose: str = "8") -> str:
    """Asks for a first pass; the page it leads to."""
    answer = answers(client, purpose, DOCUMENT, {})
    return words(client.get(answer.headers["Location"], follow_redirects=True))


def ask_again(client: FlaskClient, purpose: str) -> str:
    """Asks again for the one person who is known."""
    page = client.get("/apply").text
    person = re.search(r'name="choice"[^>]*value="([0-9a-f]{24})"', page)
    assert person
    answer = answers(client, person[1], {"choice": purpose}, {})
    return words(client.get(answer.headers["Location"], follow_redirects=True))


def test_a_first_pass_takes_its_purpose_and_a_document(citizen: FlaskClient, store: Store) -> None:
    shown = ask(citizen)

    assert re.search(r"Food, meds, family valid until \d\d:\d\d [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", shown)
    assert "Document ending in 2506" in shown
    assert passes(store) == 1


def test_each_answer_is_checked_as_it_is_given(citizen: FlaskClient) -> None:
    nothing = submit(citizen, "/apply", choice="77")
    started = submit(citizen, "/apply", choice="8").headers["Location"]

    wrong, empty = submit(citizen, started, document="12345"), submit(citizen, started, document="")

    assert (nothing.status_code, "Choose one of these" in words(nothing)) == (422, True)
    assert (wrong.status_code, "Not a document: 12345" in words(wrong)) == (422, True)
    assert (empty.status_code, "Enter this: Document" in words(empty)) == (422, True)


def test_answers_can_be_changed_before_they_are_sent(citizen: FlaskClient) -> None:
    check = answers(citizen, "8", DOCUMENT).headers["Location"]
    changed = submit(citizen, check.replace("/check", "/document"), document="9219632507").headers["Location"]

    assert changed == check
    assert "9219632507" in words(citizen.get(check))


def test_the_limit_of_the_order_holds(citizen: FlaskClient, store: Store, clock: Clock) -> None:
    ask(citizen, "1")
    clock.pass_by(minutes=2)

    shown = ask_again(citizen, "1")

    assert "limit used up" in shown
    assert passes(store) == 1


def test_who_must_stay_at_home_gets_none_and_is_told(citizen: FlaskClient, store: Store) -> None:
    ask(citizen)
    with store.work() as work:
        person = work.row(select(Pass)).person_id
        open_case(work, person, "confirmed", "tests")

    shown = ask_again(citizen, "8")

    assert "you were told to stay at home" in shown
    assert "revoked: you were told to stay at home" in words(citizen.get("/passes"))


def test_a_child_is_named_and_needs_no_document(citizen: FlaskClient, store: Store) -> None:
    ask(citizen)

    answer = answers(citizen, "dependant", {"choice": "3"}, {"name": "Иванова Мария"}, {})

    shown = words(citizen.get(answer.headers["Location"], follow_redirects=True))
    assert "Иванова Мария" in shown
    assert passes(store) == 2


def test_pressed_twice_it_is_one_pass(app: Flask, citizen: FlaskClient, store: Store) -> None:
    check = answers(citizen, "8", DOCUMENT).headers["Location"]
    token = csrf(citizen, check)
    names = ("__Host-passline", "__Host-passline-forms")
    cookies = [(name, cookie.value) for name in names if (cookie := citizen.get_cookie(name))]

    def press(_: int) -> tuple[int, str]:
        client = app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value)
        answer = client.post(check, data={"csrf_token": token})
        return answer.status_code, answer.headers["Location"]

    with ThreadPoolExecutor(6) as hands:
        led = set(hands.map(press, range(6)))

    assert led == {(303, check.replace("/check", "/outcome"))}
    assert passes(store) == 1


def test_what_a_person_decides_is_said_so_with_a_number(app: Flask, store: Store, clock: Clock) -> None:
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    clock.pass_by(seconds=1)
    client = citizen_signed_in(app, store, "+919812345678")

    answer = answers(
        client,
        "2",
        {"name": "Sharma Anita"},
        {"document": "234123412346"},
        {"destination": "Kochi"},
        {"plate": "KL01AB1234"},
        {},
    )

    shown = words(client.get(answer.headers["Location"], follow_redirects=True))
    assert re.search(r"A person decides Application \d{8}", shown)
    assert re.search(r"\d{8} Death in family", words(client.get("/passes")))


def test_moscow_asks_for_the_employer_and_checks_its_tax_number(app: Flask, store: Store, clock: Clock) -> None:
    with store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    clock.pass_by(seconds=1)
    client = citizen_signed_in(app, store)
    more = answers(client, "1", {"document": "4411123456"}, {"organisation": "ООО Ромашка"}).headers["Location"]

    wrong = submit(client, more, tax_number="7707083894")
    check = submit(client, more, tax_number="7707083893", plate="т111мо777", card="0123456789").headers["Location"]

    assert (wrong.status_code, "Not a tax number" in words(wrong)) == (422, True)
    shown = words(client.get(submit(client, check).headers["Location"], follow_redirects=True))
    assert "Car: T111MO777" in shown
    assert "Transport card: 0123456789" in shown


def test_a_draft_is_nobody_elses_and_lies_sealed(app: Flask, citizen: FlaskClient, store: Store) -> None:
    check = answers(citizen, "8", DOCUMENT).headers["Location"]
    other = citizen_signed_in(app, store, "+79170000002")

    assert other.get(check).status_code == 404
    with store.reading() as work:
        assert "9219632506" not in repr([tuple(row) for row in work.rows(select(Draft))])


@pytest.mark.parametrize("path", ["/apply/x/document", f"/apply/{'a' * 22}/document", f"/apply/{'a' * 22}/outcome"])
def test_a_draft_that_is_none_is_not_found(citizen: FlaskClient, path: str) -> None:
    assert citizen.get(path).status_code == 404


def test_a_step_that_is_not_due_leads_to_the_one_that_is(citizen: FlaskClient) -> None:
    started = submit(citizen, "/apply", choice="8").headers["Location"]

    for step in ("check", "more", "time", "nonsense"):
        assert citizen.get(started.replace("/document", f"/{step}")).headers["Location"] == started


def test_refusals_are_kept_and_shown(citizen: FlaskClient, store: Store, clock: Clock) -> None:
    ask(citizen, "1")
    clock.pass_by(minutes=2)
    ask_again(citizen, "1")

    shown = words(citizen.get("/passes"))

    with store.reading() as work:
        assert work.count(select(func.count()).select_from(Application)) == 1
    assert "refused: Your limit was used up" in shown
