"""The three ways in tell a stranger nothing: who is known gets the same answer, byte for byte, after the same work.

Work is counted, not timed: the statements that a try costs, and the passwords that are reckoned.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event, update
from werkzeug.test import TestResponse

from store import Store
from store.staff import Staff as StaffRow
from tests.web.citizen.entering import NUMBER, last_code, signs_in
from tests.web.people import Person
from tests.web.police.conftest import Duty, enrolled_officer
from tests.web.reading import csrf
from web.signin.checking import Said, sign_in
from web.signin.passwords import Passwords

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_TOKENS: Final = re.compile(r"ImY?[\w.-]{60,}|IjM?[\w.-]{60,}|Ij[\w.-]{60,}|nonce[=-]\"?[\w-]{16,}\"?")
_LITERALS: Final = re.compile(r"x'[0-9a-f]*'|'(?:[^']|'')*'|\bNULL\b|(?<![\w\"])-?\d+(?:\.\d+)?", re.I)
_WEAK: Final = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
_KEPT: Final = ("Date", "Set-Cookie")


@pytest.fixture
def work_of(store: Store) -> Callable[[Callable[[], Any]], list[str]]:
    """The statements that something costs, without their values."""
    heard: list[str] = []

    def listen(connection: Any, *_: object) -> None:
        connection.set_trace_callback(heard.append)

    event.listen(store.engine, "checkout", listen)

    def costs(act: Callable[[], Any]) -> list[str]:
        heard.clear()
        act()
        return [_LITERALS.sub("?", one) for one in heard]

    return costs


@contextmanager
def typed(app: Flask, url: str, **fields: str) -> Iterator[Callable[[], TestResponse]]:
    """Sends the form of a way in from a browser of its own, when called."""
    client = app.test_client()
    token = csrf(client, url)
    yield lambda: client.post(url, data={"csrf_token": token, **fields})


def told(app: Flask, url: str, **fields: str) -> tuple[int, str, list[tuple[str, str]]]:
    """The answer but for tokens and for what was typed."""
    with typed(app, url, **fields) as send:
        answer = send()
    page = answer.text
    for value in fields.values():
        page = page.replace(f'value="{value}"', 'value=""')
    headers = [(name, _TOKENS.sub("T", value)) for name, value in answer.headers if name not in _KEPT]
    return answer.status_code, _TOKENS.sub("T", page), headers


def cost(app: Flask, work_of: Callable[..., list[str]], url: str, **fields: str) -> list[str]:
    """The statements of one try."""
    with typed(app, url, **fields) as send:
        return work_of(send)


UNKNOWN: Final = "+79170000009"


def test_a_known_number_is_answered_as_an_unknown_one(app: Flask, store: Store) -> None:
    signs_in(app.test_client(), store)

    assert told(app, "/enter", number=NUMBER) == told(app, "/enter", number=UNKNOWN)


def test_a_known_number_costs_what_an_unknown_one_costs(
    app: Flask, store: Store, work_of: Callable[..., list[str]]
) -> None:
    signs_in(app.test_client(), store)

    known, unknown = (cost(app, work_of, "/enter", number=number) for number in (NUMBER, UNKNOWN))

    assert [one.split()[:2] for one in known if "phone" not in one] == [
        one.split()[:2] for one in unknown if "phone" not in one
    ]
    assert len(known) == len(unknown)
    assert last_code(store)


WRONG: Final = "another password"
RIGHT_NAME, NO_NAME = "Anna", "Nemo"


@pytest.fixture
def tries(agent: Person, store: Store) -> dict[str, dict[str, str]]:
    """Wrong in every way: the fields, by what is wrong."""
    right = agent.code(store)
    wrong = "000000" if right != "000000" else "000001"
    password = agent.password
    return {
        "all": {"name": RIGHT_NAME, "password": WRONG, "code": wrong},
        "code": {"name": RIGHT_NAME, "password": password, "code": wrong},
        "password": {"name": RIGHT_NAME, "password": WRONG, "code": right},
        "name": {"name": NO_NAME, "password": password, "code": right},
    }


def test_whatever_is_wrong_at_the_staffs_door_is_answered_alike(app: Flask, tries: dict[str, dict[str, str]]) -> None:
    answers = [told(app, "/sign-in", **fields) for fields in tries.values()]

    assert {status for status, _, _ in answers} == {422}
    assert all(answer == answers[0] for answer in answers)


def test_whatever_is_wrong_at_the_staffs_door_costs_the_same(
    app: Flask, tries: dict[str, dict[str, str]], work_of: Callable[..., list[str]]
) -> None:
    """Also where the name is locked: the fifth try is of a right password."""
    costs = [cost(app, work_of, "/sign-in", **fields) for fields in tries.values()]
    costs += [cost(app, work_of, "/sign-in", **tries[one]) for one in ("all", "all", "code", "all")]

    assert all(one == costs[0] for one in costs)


class Counting(Passwords):
    """Notes what is reckoned."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def hash(self, password: str) -> str:
        self.done.append("hash")
        return super().hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        self.done.append("fits")
        return super().fits(kept, password)


def test_a_right_password_with_a_wrong_code_costs_no_more_than_a_wrong_one(store: Store, agent: Person) -> None:
    """Also where the hash is to be made anew: else the time would tell which password is right, even in a lock."""
    with store.work() as work:
        work.run(update(StaffRow), password_hash=_WEAK.hash(agent.password))
    passwords = Counting()

    for password in (agent.password, WRONG):
        assert sign_in(store, passwords, Said(agent.name, password, "wrong")) is None

    assert passwords.done == ["fits", "fits"]


@pytest.fixture
def shifts(app: Flask, store: Store) -> dict[str, dict[str, str]]:
    """Wrong in every way: what an officer types, by what is wrong."""
    duty: Duty = enrolled_officer(store)
    right = duty.code()
    wrong = "000000" if right != "000000" else "000001"
    return {
        "code": {"number": duty.number, "pin": "4821", "code": wrong},
        "both": {"number": duty.number, "pin": "0000", "code": wrong},
        "number": {"number": "+79990000008", "pin": "4821", "code": right},
        "pin": {"number": duty.number, "pin": "0000", "code": right},
    }


def test_whatever_is_wrong_at_the_officers_door_is_answered_alike(
    app: Flask, shifts: dict[str, dict[str, str]]
) -> None:
    answers = [told(app, "/police/sign-in", **fields) for fields in shifts.values()]

    assert {status for status, _, _ in answers} == {422}
    assert all(answer == answers[0] for answer in answers)


def test_a_stranger_at_the_officers_door_learns_nothing_from_what_it_costs(
    app: Flask, shifts: dict[str, dict[str, str]], work_of: Callable[..., list[str]]
) -> None:
    """A wrong PIN beside a right code is counted elsewhere: whoever has the code has the officer's telephone."""
    costs = [cost(app, work_of, "/police/sign-in", **shifts[one]) for one in ("code", "both", "number")]
    costs += [cost(app, work_of, "/police/sign-in", **shifts["code"]) for _ in range(5)]

    assert all(one == costs[0] for one in costs)
