"""A session ends after idle minutes, after hours, and when the account changes; a page that polls writes little."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlmodel import col

from settings import Settings
from store import Store
from store.retention import FORGET_SESSIONS, forget
from store.staff import StaffSession
from tests.clock import Clock
from tests.web.people import Person
from tests.web.reading import csrf, words
from web.roles import Role
from web.signin.accounts import close_account, set_roles
from wsgi import create_app


def test_a_quarter_of_an_hour_without_a_request_ends_it(desk_client: FlaskClient, clock: Clock) -> None:
    clock.pass_by(minutes=14, seconds=59)
    assert desk_client.get("/desk").status_code == 200
    clock.pass_by(minutes=15)

    answer = desk_client.get("/desk")

    assert answer.headers["Location"] == "/sign-in?back=/desk&ended=1"
    assert "You were signed out" in words(desk_client.get(answer.headers["Location"]))


def test_eight_hours_end_it_however_busy(desk_client: FlaskClient, clock: Clock) -> None:
    for _ in range(48):
        assert desk_client.get("/desk").status_code == 200
        clock.pass_by(minutes=10)

    assert desk_client.get("/desk").status_code == 302


def test_a_page_that_asks_all_the_time_writes_once_a_minute(
    desk_client: FlaskClient, store: Store, clock: Clock
) -> None:
    begun = clock.now
    clock.pass_by(seconds=59)
    desk_client.get("/desk")
    assert _seen(store) == [begun]
    clock.pass_by(seconds=1)

    desk_client.get("/desk")

    assert _seen(store) == [clock.now]


def test_a_form_of_one_process_is_taken_by_another(settings: Settings, store: Store, agent: Person) -> None:
    one, other = create_app(settings, store).test_client(), create_app(settings, store).test_client()
    said = {"name": "Anna", "password": agent.password, "code": agent.code(store), "csrf_token": csrf(one)}
    cookie = one.get_cookie("__Host-passline-forms")
    assert cookie is not None
    other.set_cookie("__Host-passline-forms", cookie.value)

    assert other.post("/sign-in", data=said).status_code == 302


def test_other_roles_end_it(desk_client: FlaskClient, store: Store) -> None:
    with store.work() as work:
        set_roles(work, "Anna", [Role.SUPERVISOR], "tests")

    assert desk_client.get("/desk").status_code == 302


def test_closing_ends_it(desk_client: FlaskClient, store: Store) -> None:
    with store.work() as work:
        close_account(work, "Anna", "tests")

    assert desk_client.get("/desk").status_code == 302


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("value", ["", "x", "é" * 10, "A" * 4000])
def test_a_made_up_cookie_opens_nothing(client: FlaskClient, agent: Person, value: str) -> None:
    client.set_cookie("__Host-passline", value)

    assert client.get("/desk").status_code == 302


def test_old_ones_are_forgotten_and_no_others(desk_client: FlaskClient, store: Store, clock: Clock) -> None:
    for later, forgotten in ((FORGET_SESSIONS, 0), (timedelta(seconds=1), 1)):
        clock.now += later
        with store.work() as work:
            assert forget(work).sessions == forgotten


def _seen(store: Store) -> list[object]:
    with store.reading() as work:
        return [row.seen_at for row in work.rows(select(col(StaffSession.seen_at)))]
