"""A link sets up a password and codes, once, within a day; looking at it uses nothing up."""

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from store import Store
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.reading import csrf, send, words
from web.roles import Role
from web.signin.accounts import add_account, close_account, reset_account

GOOD = "several words of mine"
GONE = "This link does not work"


@pytest.fixture
def link(app: Flask, store: Store) -> str:
    """The link of Anna, an agent."""
    with store.work() as work:
        return f"/enrol/{add_account(work, 'Anna', [Role.AGENT], 'tests')[1]}"


def shown_code(client: FlaskClient, store: Store, link: str) -> str:
    """What an app shows that was told the secret of the page."""
    secret = re.search(r'app-secret">([^<]+)<', client.get(link).text)
    assert secret
    return pyotp.TOTP(secret[1].replace(" ", "")).at(store.clock())


def test_a_link_sets_up_the_account_and_signs_in(client: FlaskClient, store: Store, link: str) -> None:
    code = shown_code(client, store, link)

    answer = send(client, link, shown=link, password=GOOD, code=code)

    assert answer.headers["Location"] == "/account?new=1"
    assert "Your account is set up" in words(client.get("/account?new=1"))
    assert client.get("/desk").status_code == 200
    assert [subject for _, subject, _ in entries(store, "staff.enrolled")]


def test_the_code_that_set_it_up_does_not_sign_in(client: FlaskClient, store: Store, app: Flask, link: str) -> None:
    code = shown_code(client, store, link)
    send(client, link, shown=link, password=GOOD, code=code)

    assert send(app.test_client(), "/sign-in", name="Anna", password=GOOD, code=code).status_code == 422


def test_looking_uses_nothing_up_and_setting_up_does(client: FlaskClient, store: Store, link: str, app: Flask) -> None:
    for _ in range(3):
        assert app.test_client().get(link).status_code == 200
    send(client, link, shown=link, password=GOOD, code=shown_code(client, store, link))

    gone = app.test_client().get(link)
    assert (gone.status_code, GONE in words(gone)) == (404, True)


def test_a_link_lasts_a_day(client: FlaskClient, store: Store, clock: Clock, link: str) -> None:
    token = csrf(client, link)
    clock.pass_by(hours=24, seconds=1)

    assert GONE in words(client.get(link))
    assert client.post(link, data={"csrf_token": token, "password": GOOD, "code": "123456"}).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("password", "words_said"),
    [
        ("short words", "Use at least 12 characters"),
        ("x" * 201, "Use at most 200 characters"),
        ("passwordpassword", "everybody tries this one first"),
        ("Password 1234", "everybody tries this one first"),
        ("йцукенгшщзхъ", "everybody tries this one first"),
        ("abababababababab", "everybody tries this one first"),
        ("AnnaAnna12345", "is not your name"),
        ("", "Enter a password"),
    ],
)
def test_a_bad_password_is_refused(
    client: FlaskClient, store: Store, link: str, password: str, words_said: str
) -> None:
    answer = send(client, link, shown=link, password=password, code=shown_code(client, store, link))

    assert (answer.status_code, words_said in words(answer)) == (422, True)
    assert client.get(link).status_code == 200


def test_a_wrong_code_leaves_the_link_open(client: FlaskClient, store: Store, link: str) -> None:
    answer = send(client, link, shown=link, password=GOOD, code="000000")

    assert (answer.status_code, "This code is not right" in words(answer)) == (422, True)
    assert send(client, link, shown=link, password=GOOD, code=shown_code(client, store, link)).status_code == 302


def test_a_reset_closes_the_old_link_and_takes_everything_away(client: FlaskClient, store: Store, link: str) -> None:
    send(client, link, shown=link, password=GOOD, code=shown_code(client, store, link))

    with store.work() as work:
        _, token = reset_account(work, "Anna", "tests")

    assert client.get("/desk").status_code == 302
    assert client.get(f"/enrol/{token}").status_code == 200


def test_a_closed_account_has_no_link(client: FlaskClient, store: Store, link: str) -> None:
    with store.work() as work:
        close_account(work, "Anna", "tests")

    assert client.get(link).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("token", ["x", "é", "A" * 3000])
def test_a_made_up_link_is_answered_like_an_old_one(client: FlaskClient, token: str) -> None:
    assert GONE in words(client.get(f"/enrol/{token}"))
