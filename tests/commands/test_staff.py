"""The staff's accounts from the command line."""

import re
from pathlib import Path

import pytest
from flask import Flask

from settings import Settings
from store import Store
from tests.clock import Clock
from tests.commands.conftest import Looks, Read, Refused, Run
from tests.web.auditing import entries
from web.signin.accounts import account_row, change_account, data_key
from web.signin.codes import STEP_S, place, step_of
from wsgi import create_app

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


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
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


def _steps_used(store: Store, step: int) -> None:
    with store.work() as work:
        change_account(work, account_row(work, "Anna Petrova").id, totp_step=step)


def test_a_development_machine_shows_the_code_of_an_app_that_nobody_has(read: Read, store: Store) -> None:
    read(*ADD)

    shown = read("staff", "code", "Anna Petrova")

    with store.reading() as work:
        row = account_row(work, "Anna Petrova")
        secret = data_key(work, row).open(place(row.id), row.totp_sealed)
        assert step_of(secret, shown["code"], work.now, None)
    assert shown["seconds"] > 30
    assert [actor for actor, _, _ in entries(store, "staff.code_shown")] == ["operator:anna"]


def test_a_code_that_was_used_is_not_shown_again(
    read: Read, run: Run, refused: Refused, store: Store, clock: Clock
) -> None:
    read(*ADD)
    first, this = read("staff", "code", "Anna Petrova")["code"], int(clock.now.timestamp()) // STEP_S

    _steps_used(store, this)
    assert read("staff", "code", "Anna Petrova")["code"] != first

    _steps_used(store, this + 1)
    assert refused("staff", "code", "Anna Petrova").startswith("two codes were used within half a minute")
    clock.pass_by(seconds=STEP_S)
    assert re.fullmatch(r"\d{6}  \(for \d+ s\)\n", run("staff", "code", "Anna Petrova").stdout)


def test_no_code_is_shown_of_nobody(read: Read, refused: Refused) -> None:
    assert refused("staff", "code", "Nobody") == "nobody on the staff is called 'Nobody'"
    read(*ADD)
    read("staff", "close", "Anna Petrova")

    assert refused("staff", "code", "Anna Petrova") == "'Anna Petrova' was closed"


def test_production_shows_no_codes(settings: Settings, store: Store, app: Flask, real_keys_dir: Path) -> None:
    told = settings.model_copy(update={"environment": "production", "keys_dir": real_keys_dir})
    runner = create_app(told, store).test_cli_runner()

    answer = runner.invoke(args=("staff", "code", "Anna Petrova"))

    assert answer.exit_code == 2 and "only a development machine prints them" in answer.output


def test_a_clinician_works_at_a_clinic_or_at_none(read: Read, refused: Refused) -> None:
    read("staff", "add", "Vera", "--role", "clinician")
    read("staff", "add", "Anna", "--role", "agent")

    assert read("staff", "clinic", "Vera", " Clinic   1 ")["clinic"] == "Clinic 1"
    assert read("staff", "clinic", "Vera")["clinic"] is None
    assert refused("staff", "clinic", "Anna", "Clinic 1").startswith("'Anna' is no clinician")
    assert refused("staff", "clinic", "Vera", "x" * 81).startswith("a clinic's name has at most 80 signs")
