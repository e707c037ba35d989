"""Keys of machines from the command line: given once, listed without, revoked, unlocked."""

import pytest
from flask import Flask

from tests.commands.conftest import Read, Refused, Run

ADD = ("api-keys", "add", "Gate 7", "--scope", "inspect")


def test_a_key_opens_the_api_until_it_is_revoked(app: Flask, read: Read) -> None:
    key = read(*ADD, "--scope", "revocations")["key"]
    machine = app.test_client()
    headers = {"Authorization": f"Bearer {key}"}
    body = {"inspections": [{"code": "X"}]}
    before = machine.post("/api/v1/inspections", json=body, headers=headers).status_code

    read("api-keys", "revoke", "Gate 7")

    assert (before, machine.post("/api/v1/inspections", json=body, headers=headers).status_code) == (200, 401)


def test_a_list_says_everything_but_the_key(read: Read, run: Run) -> None:
    key = read(*ADD, "--rate", "60", "--guesses", "50")["key"]

    (row,) = read("api-keys", "list")

    assert row == {
        "name": "Gate 7",
        "scopes": "inspect",
        "zone": None,
        "rate": 60,
        "guesses": 50,
        "state": "open",
        "added": "2026-06-03T12:00:00+03:00",
    }
    assert key not in run("api-keys", "list").stdout and key.startswith("plk_")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "X", "--scope", "taxi", "--scope", "inspect"), "taxi alone"),
        (("add", "X", "--scope", "inspect", "--zone", "north"), "no zone 'north': there are none in this order"),
        (("add", "X"), "Missing option"),
        (("revoke", "X"), "no key is open for 'X'"),
        (("unlock", "X"), "'X' is not locked"),
    ],
)
def test_what_cannot_be_done_is_said(refused: Refused, words: tuple[str, ...], why: str) -> None:
    assert why in refused("api-keys", *words)


def test_a_name_is_given_once(read: Read, refused: Refused) -> None:
    read(*ADD)

    assert "already" in refused(*ADD)


def test_a_locked_machine_goes_on_once_unlocked(app: Flask, read: Read) -> None:
    key = read(*ADD, "--guesses", "1")["key"]
    headers, body = {"Authorization": f"Bearer {key}"}, {"inspections": [{"code": "THXA-9546-C61A"}]}
    machine = app.test_client()

    guessed = machine.post("/api/v1/inspections", json=body, headers=headers).status_code
    (locked,) = read("api-keys", "list")
    refused = machine.post("/api/v1/inspections", json=body, headers=headers).status_code
    read("api-keys", "unlock", "Gate 7")

    (row,) = read("api-keys", "list")
    assert (guessed, locked["state"], refused, row["state"]) == (200, "locked", 403, "open")
