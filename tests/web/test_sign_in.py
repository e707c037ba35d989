"""Name, password and code; wrong ones lock a name for a while, and tell nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlmodel import col
from werkzeug.test import TestResponse

from store import Store
from store.staff import Staff as StaffRow
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.people import AsRole, Person, signed_in
from tests.web.reading import csrf, send, words
from web.signin.checking import Said, sign_in
from web.signin.passwords import Passwords

REFUSED = "Name, password or code is not right"


def enter(client: FlaskClient, store: Store, who: Person, url: str = "/sign-in", **changed: str) -> TestResponse:
    said = {"name": who.name, "password": who.password, "code": who.code(store)}
    return send(client, url, **{**said, **changed})


def test_who_knows_all_three_lands_on_their_page(client: FlaskClient, store: Store, agent: Person) -> None:
    answer = enter(client, store, agent)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Anna" in words(client.get("/", follow_redirects=True))
    assert entries(store, "staff.signed_in") == [(f"staff:{agent.id}", agent.id, {"by": "password"})]


def test_one_comes_back_to_where_one_wanted_to_be(client: FlaskClient, store: Store, agent: Person) -> None:
    way_in = client.get("/desk?call=1").headers["Location"]

    answer = enter(client, store, agent, way_in)

    assert answer.headers["Location"] == "/desk?call=1"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/%5Cevil.example", "/%09/evil.example"])
def test_nobody_is_led_elsewhere(client: FlaskClient, store: Store, agent: Person, back: str) -> None:
    assert enter(client, store, agent, f"/sign-in?back={back}").headers["Location"] == "/"


def test_a_wrong_password_code_or_name_is_answered_alike(client: FlaskClient, store: Store, agent: Person) -> None:
    answers = [
        enter(client, store, agent, password="another password"),
        enter(client, store, agent, code="000000"),
        enter(client, store, agent, name="Nobody"),
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert len({words(answer) for answer in answers}) == 1
    assert REFUSED in words(answers[0])
    noted = [details for _, _, details in entries(store, "staff.sign_in_refused")]
    assert sorted(noted, key=str) == [{"wrong": 1, "locked": False}, {"wrong": 2, "locked": False}, {}]


def test_a_code_is_good_once(client: FlaskClient, app: Flask, store: Store, clock: Clock, agent: Person) -> None:
    used = agent.code(store)
    enter(client, store, agent)
    other = app.test_client()

    assert enter(other, store, agent, code=used).status_code == 422
    clock.pass_by(seconds=30)
    assert enter(other, store, agent, code=used).status_code == 422
    assert enter(other, store, agent).status_code == 302


@pytest.mark.parametrize(("late", "status"), [(30, 302), (70, 422)])
def test_a_clock_may_be_half_a_minute_off(
    client: FlaskClient, store: Store, clock: Clock, agent: Person, late: int, status: int
) -> None:
    code = agent.code(store)
    clock.pass_by(seconds=late)

    assert enter(client, store, agent, code=code).status_code == status


def test_five_wrong_tries_lock_the_name_for_a_quarter_of_an_hour(
    client: FlaskClient, store: Store, clock: Clock, agent: Person
) -> None:
    for _ in range(5):
        enter(client, store, agent, password="another password")

    locked = enter(client, store, agent)
    assert (locked.status_code, REFUSED in words(locked)) == (422, True)
    clock.pass_by(minutes=15, seconds=1)
    assert enter(client, store, agent).status_code == 302


def test_after_a_lock_the_count_begins_anew(client: FlaskClient, store: Store, clock: Clock, agent: Person) -> None:
    for _ in range(5):
        enter(client, store, agent, code="000000")
    clock.pass_by(minutes=16)

    enter(client, store, agent, code="000000")

    assert entries(store, "staff.sign_in_refused")[-1][2] == {"wrong": 1, "locked": False}


def test_a_lock_leaves_those_who_are_signed_in_alone(
    client: FlaskClient, desk_client: FlaskClient, store: Store, agent: Person
) -> None:
    for _ in range(6):
        enter(client, store, agent, password="another password")

    assert desk_client.get("/desk").status_code == 200


def test_a_closed_account_opens_nothing(client: FlaskClient, store: Store, agent: Person) -> None:
    with store.work() as work:
        work.run(update(StaffRow), closed_at=work.now)

    assert enter(client, store, agent).status_code == 422


def test_a_hash_made_with_less_effort_is_made_anew(client: FlaskClient, store: Store, agent: Person) -> None:
    with store.work() as work:
        work.run(update(StaffRow), password_hash=_weak_hash(agent.password))

    assert enter(client, store, agent).status_code == 302
    with store.reading() as work:
        kept = work.row(select(col(StaffRow.password_hash))).password_hash
    assert "m=19456,t=2,p=1" in kept


def _weak_hash(password: str) -> str:
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(password)


def test_what_is_missing_is_named(client: FlaskClient) -> None:
    page = words(send(client, "/sign-in", name="", password="", code=""))

    for sentence in ("There is a problem", "Enter your name", "Enter your password", "Enter the code your app shows"):
        assert sentence in page


def test_signing_out_ends_the_session_on_the_server(app: Flask, store: Store, agent: Person) -> None:
    client = signed_in(app, store, agent)
    kept = client.get_cookie("__Host-passline")
    assert kept is not None
    before = csrf(client, "/desk")

    answer = send(client, "/sign-out", shown="/desk")

    assert "You are signed out" in words(answer)
    assert client.post("/language", data={"language": "ru", "csrf_token": before}).status_code == 400
    assert client.get_cookie("__Host-passline") is None
    client.set_cookie("__Host-passline", kept.value)
    assert client.get("/desk").status_code == 302


def test_the_cookie_is_for_this_site_over_tls_and_no_script(client: FlaskClient, store: Store, agent: Person) -> None:
    (cookie,) = [
        line
        for line in enter(client, store, agent).headers.getlist("Set-Cookie")
        if line.startswith("__Host-passline=")
    ]

    assert cookie.split("; ", 1)[1] == "Secure; HttpOnly; Path=/; SameSite=Strict"


def test_each_sign_in_has_a_cookie_of_its_own(store: Store, app: Flask, clock: Clock, agent: Person) -> None:
    client = app.test_client()
    enter(client, store, agent)
    first = client.get_cookie("__Host-passline")
    clock.pass_by(minutes=1)

    enter(client, store, agent, url="/sign-in")

    second = client.get_cookie("__Host-passline")
    assert first and second and first.value != second.value


def test_whoever_is_signed_in_needs_no_form(desk_client: FlaskClient) -> None:
    assert desk_client.get("/sign-in").headers["Location"] == "/desk"


def test_people_with_no_page_of_their_own_land_on_their_account(as_role: AsRole) -> None:
    assert as_role("key_custodian").get("/").headers["Location"] == "/account"


def test_one_code_used_twice_at_once_opens_one_session(store: Store, agent: Person) -> None:
    passwords, said = Passwords(), Said(agent.name, agent.password, agent.code(store))

    with ThreadPoolExecutor(4) as threads:
        tokens = list(threads.map(lambda _: sign_in(store, passwords, said), range(4)))

    assert len([token for token in tokens if token]) == 1


def test_guesses_at_once_are_all_counted(store: Store, agent: Person) -> None:
    passwords, said = Passwords(), Said(agent.name, "another password", "000000")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: sign_in(store, passwords, said), range(5)))

    assert sign_in(store, passwords, Said(agent.name, agent.password, agent.code(store))) is None


def test_a_form_from_elsewhere_is_refused_in_plain_words(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"name": "Anna", "password": "x", "code": "1"})

    assert answer.status_code == 400
    assert "This page was open for too long" in words(answer)
