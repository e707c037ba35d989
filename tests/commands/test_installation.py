"""The state of an installation: audit and keys; and errors that any command can meet."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text, update

import commands
from settings import Settings
from store import Store
from store.audit import seal_entries
from store.keyring import create_keys
from store.people import Person
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.commands.conftest import Read, Refused, Run


def seal(store: Store) -> None:
    with store.work() as work:
        seal_entries(work.connection, work.now)


def test_the_audit_tells_what_is_chained_and_what_is_not(read: Read, store: Store, phone: Handset) -> None:
    waiting = read("audit", "verify")["unsealed"]
    seal(store)

    assert read("audit", "verify") == {"intact": True, "linked": waiting, "unsealed": 0, "broken_at": None}


def test_a_changed_entry_shows(read: Read, run: Run, store: Store, phone: Handset, untrigger: None) -> None:
    seal(store)
    with store.work() as work:
        work.run(text("UPDATE audit_entry SET actor = 'nobody' WHERE action = 'person.registered'"))

    report = read("audit", "verify", code=1)

    assert not report["intact"] and report["broken_at"] == report["linked"] + 1
    assert run("audit", "verify").stdout.startswith(f"BROKEN at place {report['broken_at']}: ")


@pytest.fixture
def untrigger(store: Store) -> None:
    """An intruder with every right takes away what keeps the audit from being changed."""
    with store.work() as work:
        if work.connection.dialect.name == "postgresql":
            work.run(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
            return
        triggers = work.rows(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"))
        for trigger in triggers:
            work.run(text(f"DROP TRIGGER {trigger.name}"))


class TestKeys:
    """In a folder of their own, since they are written there."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        create_keys(tmp_path / "keys", Clock().now, development=True)
        return tmp_path / "keys"

    @pytest.fixture
    def app(self, settings: Settings, app: Flask, folder: Path) -> Flask:
        app.extensions["passline.settings"] = settings.model_copy(update={"keys_dir": folder})
        return app

    def test_a_list_says_what_lies_under_each(self, read: Read, phone: Handset) -> None:
        read("cases", "open", "--phone", phone.number, "--reason", "x")

        (row,) = read("keys", "list")

        counted = {"phones": 1, "persons": 1, "others": 1}
        assert row == {"name": "2026-06", "present": True, "newest": True, **counted}

    def test_a_new_month_gets_a_key_once(self, read: Read, run: Run, clock: Clock, folder: Path) -> None:
        assert run("keys", "create").stdout == "nothing is missing\n"
        clock.pass_by(days=40)

        created = read("keys", "create")

        assert created["created"] == ["epoch-2026-07.key"] and "restart" in created["do"]
        assert (folder / "epoch-2026-07.key").exists()
        assert read("keys", "create") == {"created": [], "do": None}

    def test_a_key_that_signs_passes_is_followed_by_the_next(
        self, read: Read, run: Run, clock: Clock, folder: Path
    ) -> None:
        said = run("keys", "rotate").stdout
        listed = read("keys", "signing")
        clock.pass_by(hours=1)

        assert said.startswith("sign-2.key signs from 2026-06-03T10:00:00+00:00") and (folder / "sign-2.key").exists()
        assert [(one["id"], one["signs_now"]) for one in listed] == [(1, True), (2, False)]
        assert [(one["id"], one["signs_now"]) for one in read("keys", "signing")] == [(1, False), (2, True)]


def test_without_tables_every_command_says_what_to_do(app: Flask, empty: Store, refused: Refused) -> None:
    app.extensions["passline.store"] = empty

    for words in (("passes", "list", "--json"), ("stats",), ("audit", "verify"), ("keys", "list")):
        assert refused(*words) == "the database has no tables yet: run `python -m commands.install`"


def test_a_database_that_is_away_is_one_line(app: Flask, away: Store, refused: Refused) -> None:
    app.extensions["passline.store"] = away

    assert refused("passes", "list", "--json").startswith("the database refused: connection failed")


def test_without_an_order_people_are_told_how_to_get_one(store: Store, refused: Refused) -> None:
    with store.work() as work:
        work.run(text("DELETE FROM regime_version"))

    assert refused("passes", "list").startswith("no regime is in force: run `flask --app wsgi regime activate NAME`")


def test_a_row_that_was_changed_is_told(store: Store, refused: Refused, phone: Handset) -> None:
    with store.work() as work:
        work.run(update(Person), details_sealed=b"0" * 40)

    assert refused("persons", "show", "--phone", "+79990000001").endswith(
        "the row was changed, or the keys are others'"
    )


def test_every_command_can_say_json_and_help(run: Run) -> None:
    for command in commands.COMMANDS:
        for name in getattr(command, "commands", {"": None}):
            words = [str(command.name), *([name] if name else [])]
            said = run(*words, "--help")
            assert said.exit_code == 0 and "--json" in said.stdout, words
