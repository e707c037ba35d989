"""The staff's accounts from the command line."""

import re

import pytest
from flask import Flask

from tests.commands.conftest import Looks, Read, Refused, Run

ADD = ("staff", "add", "Anna Petrova", "--role", "agent")


def test_an_added_person_gets_a_link_that_opens(read: Read, app: Flask) -> None:
    row = read(*ADD, "--role", "supervisor")

    assert (row["name"], row["roles"]) == ("Anna Petrova", ["agent", "supervisor"])
    path = re.fullmatch(r"https://pass\.example(/enrol/[\w-]{22})", row["link"])
    assert path
    assert app.test_client().get(path[1]).status_code == 200


def test_everybody_is_listed_with_roles_and_state_and_no_link(read: Read, looks: Looks) -> None:
    read(*ADD)
    read("staff", "add", "Boris", "--role", "auditor")
    read("staff", "close", "Boris")

    rows = read("staff", "list")

    assert [(row["name"], row["roles"], row["state"]) for row in rows] == [
        ("Anna Petrova", ["agent"], "invited"),
        ("Boris", ["auditor"], "closed"),
    ]
    assert rows[0]["added"] == "2026-06-03T12:00:00+03:00"
    assert looks() == [("operator:anna", "staff", {"why": "command line", "at": "staff list"})]


def test_other_roles_take_the_place_of_those_before(read: Read) -> None:
    read(*ADD)

    assert read("staff", "roles", "Anna Petrova", "reviewer", "operator")["roles"] == ["reviewer", "operator"]
    assert read("staff", "list")[0]["roles"] == ["reviewer", "operator"]


def test_a_reset_gives_a_new_link_and_closes_the_old(read: Read, app: Flask) -> None:
    first = read(*ADD)["link"]

    again = read("staff", "reset", "Anna Petrova")["link"]

    statuses = [app.test_client().get(link.removeprefix("https://pass.example")).status_code for link in (first, again)]
    assert statuses == [404, 200]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("add", "A", "--role", "agent", "--role", "auditor"),
            "nobody is agent and auditor at once: an auditor checks",
        ),
        (("add", "A", "--role", "operator", "--role", "key_custodian"), "nobody is operator and key_custodian at once"),
        (("add", "A", "--role", "boss"), "'boss' is no role of staff: there are agent, supervisor"),
        (("add", "A", "--role", "citizen"), "'citizen' is no role of staff"),
        (("add", "A"), "Missing option '--role'"),
        (("add", " ", "--role", "agent"), "Invalid value for 'NAME': say something"),
        (("add", "A" * 81, "--role", "agent"), "a name has at most 80 signs"),
        (("add", "Anna Petrova", "--role", "agent"), "there is a 'Anna Petrova' already"),
        (("roles", "Anna Petrova", "agent", "auditor"), "nobody is agent and auditor at once"),
        (("roles", "Nobody", "agent"), "nobody on the staff is called 'Nobody'"),
        (("reset", "Nobody"), "nobody on the staff is called 'Nobody'"),
        (("close", "Nobody"), "nobody on the staff is called 'Nobody'"),
    ],
)
def test_what_can_not_be_done_is_said(read: Read, refused: Refused, words: tuple[str, ...], line: str) -> None:
    read(*ADD)

    assert refused("staff", *words).startswith(line)


def test_who_was_closed_stays_closed(read: Read, run: Run, refused: Refused) -> None:
    read(*ADD)

    assert run("staff", "close", "Anna Petrova").stdout == "Anna Petrova closed\n"
    assert refused("staff", "reset", "Anna Petrova") == "'Anna Petrova' was closed"
    assert refused(*ADD).startswith("there is a 'Anna Petrova' already")
