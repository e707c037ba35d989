"""What is typed is kept without signs that nobody sees; an order's odd names break neither mail nor picture."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from codes.regimes import activate, preset
from codes.review.appeals import appeals
from codes.sharing import mailed_pass
from mailing.composing import compose
from store import Store
from store.passes import Pass
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.web.citizen.entering import submit
from tests.web.people import citizen_signed_in
from web.signin.forms import EnrolForm, SignInForm

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_an_appeal_turns_nobodys_words_around(citizen: FlaskClient, store: Store) -> None:
    typed = "\u202eМеня\x08 отказали\x1b.\r\nПочему?\u2066"

    submit(citizen, "/appeals/new", about="else", text=typed)

    with store.reading() as work:
        assert [one.text for one in appeals(work)] == ["Меня отказали.\r\nПочему?"]


def test_a_number_that_was_copied_with_its_marks_is_a_number(client: FlaskClient) -> None:
    assert submit(client, "/enter", number="\u202a+7 (917) 000-00-01\u202c").status_code == 303


def test_a_password_stays_as_it_was_typed(app: Flask) -> None:
    typed = {"name": "An\u202ena", "password": "a\u202eb", "code": "1\u200b2"}
    with app.test_request_context("/sign-in", method="POST", data=typed):
        form, first = SignInForm(), EnrolForm("Anna")
        assert (form.name.data, form.password.data, form.code.data) == ("Anna", "a\u202eb", "12")
        assert first.password.data == "a\u202eb"


MOMENTS = ["0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:59", "2026-06-03T10:00+23:59", "0001-01-01T00:00Z"]


@pytest.mark.parametrize("start", MOMENTS)
def test_a_moment_that_no_zone_has_is_no_moment(app: Flask, store: Store, clock: Clock, start: str) -> None:
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    clock.pass_by(seconds=1)
    found = Counter(store, clock)
    found.introduce(ANN, name="Sharma Anita", document="234123412346")
    citizen = citizen_signed_in(app, store, ANN)
    address, answers = "/apply", {"choice": found.who(ANN).holders[0].id}
    for _ in range(9):
        answer = submit(citizen, address, **answers)
        assert answer.status_code in (303, 422), address
        if answer.status_code == 422:
            break
        address = answer.headers["Location"]
        step = address.rsplit("/", 1)[1]
        assert citizen.get(address).status_code == 200, address
        answers = {"purpose": {"choice": "6"}, "time": {"start": start}}.get(step, {step: "Kochi Kerala"})

    assert (address.endswith("/time") and answer.status_code == 422) or start == MOMENTS[3], address


def test_names_of_an_order_that_break_their_lines_break_nothing(app: Flask, store: Store, clock: Clock) -> None:
    order = preset("tatarstan-2020").replace('title = { ru = "', 'title = { ru = "Две\\nстроки ')
    assert order != preset("tatarstan-2020")
    with store.work() as work:
        activate(work, order, clock.now, "tests")
    clock.pass_by(seconds=1)
    found = Counter(store, clock)
    found.introduce(ANN, name="Иванова Анна", document="9219632506")
    found.grant(ANN, 8)
    with store.reading() as work:
        pass_id = work.row(select(Pass)).id
        message = compose(mailed_pass(work, pass_id), "a@b.example", "https://pass.example/q#x", "ru", work.now)
    client = citizen_signed_in(app, store, ANN)
    client.set_cookie("language", "ru")

    assert message["Subject"].startswith("Две строки ")
    assert client.get(f"/passes/{pass_id}/picture").data.startswith(b"\x89PNG")
