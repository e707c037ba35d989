"""The order in force, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update
from sqlmodel import col

from codes.applications import Asking
from codes.fields import Field
from codes.issuing import issue_pass
from codes.people import add_person
from codes.regimes import in_force, preset
from commands.regime import regime
from settings import Settings
from store import Store
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.people import Phone
from store.phones import ensure_phone, phone_by_id
from tests.clock import Clock

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, store: Store) -> Run:
    """Runs `regime ...` with the words given."""
    app = Flask("passline")
    app.extensions["passline.settings"] = settings
    app.extensions["passline.store"] = store
    app.cli.add_command(regime)
    runner = app.test_cli_runner()
    return lambda *words, **given: runner.invoke(args=["regime", *words], **given)


@pytest.fixture
def sound(tmp_path: Path) -> str:
    """Path of an order of one's own with nothing to put right."""
    file = tmp_path / "mine.toml"
    file.write_text(preset("nizhny-2020").replace('"nizhny-2020"', '"mine"'), encoding="utf-8")
    return str(file)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """Path of an order with two things to put right."""
    file = tmp_path / "faulty.toml"
    text = preset("nizhny-2020").replace("Europe/Moscow", "Europe/Nizhny").replace("{ minutes = 30 }", "{}")
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_list_names_every_preset_and_marks_the_one_in_force(run: Run) -> None:
    run("activate", "moscow-2020")

    listed = json.loads(run("list", "--json").stdout)

    assert len(listed) == 8
    assert [row["name"] for row in listed if row["in_force"]] == ["moscow-2020"]
    assert "* moscow-2020" in run("list").stdout


def test_show_prints_a_preset_or_what_is_in_force(run: Run) -> None:
    run("activate", "greece-2020")

    assert run("show", "cyprus-2020").stdout.startswith(preset("cyprus-2020"))
    assert json.loads(run("show", "--json").stdout)["name"] == "greece-2020"


def test_check_of_a_sound_order_finds_nothing(run: Run, sound: str) -> None:
    result = run("check", sound)

    assert (result.exit_code, result.stdout) == (0, f"{sound}: nothing to put right\n")


def test_check_says_what_to_put_right(run: Run, faulty: str) -> None:
    result = run("check", faulty, "--json")

    assert result.exit_code == 1
    assert [finding["where"] for finding in json.loads(result.stdout)["findings"]] == [
        "time_zone",
        "purpose 5, validity",
    ]


def test_activate_puts_an_order_in_force_at_once(run: Run, store: Store, clock: Clock, sound: str) -> None:
    row = json.loads(run("activate", sound, "--json").stdout)

    with store.reading() as work:
        assert in_force(work).regime.name == row["name"] == "mine"
    assert row["starts_at"] == "2026-06-03T12:00:00+03:00"
    assert row["told"] is None


def test_activate_puts_an_order_in_force_at_its_time_by_its_own_clock(run: Run, store: Store, clock: Clock) -> None:
    run("activate", "nizhny-2020")
    run("activate", "moscow-2020", "--at", "2026-06-04 00:00")

    with store.reading() as work:
        assert in_force(work).regime.name == "nizhny-2020"
    clock.pass_by(hours=12)
    with store.reading() as work:
        assert in_force(work).regime.name == "moscow-2020"


def test_history_has_the_latest_first_and_who_did_it(run: Run) -> None:
    run("activate", "nizhny-2020")
    run("activate", "moscow-2020", "--at", "2026-06-04 00:00")

    rows = json.loads(run("history", "--json").stdout)

    assert [(row["name"], row["in_force"]) for row in rows] == [("moscow-2020", False), ("nizhny-2020", True)]
    assert all(row["activated_by"].startswith("operator:") for row in rows)
    assert "nizhny-2020" in run("history").stdout


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "atlantis"), "atlantis can't be read, and no preset has that name; the presets are azerbaijan-2020"),
        (("show",), "no regime is in force"),
        (("check", "/nowhere.toml"), "/nowhere.toml can't be read"),
        (
            ("activate", "moscow-2020", "--at", "tomorrow"),
            "'tomorrow' is no time: write it as 2027-03-01T10:00+03:00, 2027-03-01 10:00",
        ),
        (("activate", "moscow-2020", "--at", "2026-06-03 08:00"), "is past: leave out --at to begin now"),
        (("activate",), "Missing argument 'NAME'."),
    ],
)
def test_an_error_is_one_line_and_exit_code_2(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_order_with_something_to_put_right_is_not_activated(run: Run, store: Store, faulty: str) -> None:
    result = run("activate", faulty)

    assert result.exit_code == 2
    assert "2 to put right first" in result.stderr
    assert run("show", faulty).exit_code == 2
    assert json.loads(run("history", "--json").stdout) == []


def test_a_file_in_another_encoding_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "old.toml"
    file.write_bytes('name = "Пропуск"'.encode("cp1251"))

    assert f"{file} is not in UTF-8: save it as UTF-8" in run("check", str(file)).stderr


def give_pass(store: Store, number: str) -> None:
    """Registers the owner of `number` and gives a pass to the shop."""
    with store.work() as work:
        terms, phone = in_force(work), ensure_phone(work, number)
        person = add_person(work, phone, {Field.NAME: "Иванова Анна", Field.DOCUMENT: f"22{number[-8:]}"})
        issue_pass(work, terms, Asking(phone, person, terms.regime.by_number[1], {}, "sms", "test"))


def owed(store: Store) -> list[tuple[str, str, dict[str, Any]]]:
    """Number, template and fields of each text in the outbox."""
    with store.reading() as work:
        rows = work.rows(select(*OutboxMessage.__table__.c))  # type: ignore[attr-defined]
        phones = [phone_by_id(work, row.phone_id) for row in rows]
    return [
        (phone.number, row.template, message_fields(row, phone.key)) for phone, row in zip(phones, rows, strict=True)
    ]


def test_holders_are_told_after_a_yes_to_the_price(run: Run, store: Store) -> None:
    run("activate", "nizhny-2020")
    give_pass(store, "+79031112233")
    with store.work() as work:
        ensure_phone(work, "+79034445566")  # known, but without a pass

    result = run("activate", "moscow-2020", "--at", "2026-06-04 00:00", "--tell-holders", input="y\n")

    assert "Send 1 texts, 1 segments, 0.05 USD?" in result.stderr
    starts = "2026-06-04T00:00:00+03:00"
    assert owed(store) == [("+79031112233", "regime_changed", {"title": "Пропуска Москвы", "starts": starts})]


def test_without_a_yes_nothing_is_sent_or_changed(run: Run, store: Store) -> None:
    run("activate", "nizhny-2020")
    give_pass(store, "+79031112233")

    result = run("activate", "moscow-2020", "--tell-holders", input="n\n")

    assert result.exit_code == 2
    assert owed(store) == []
    with store.reading() as work:
        assert in_force(work).regime.name == "nizhny-2020"


def test_who_wants_no_notices_and_whose_pass_is_over_is_not_told(run: Run, store: Store, clock: Clock) -> None:
    run("activate", "nizhny-2020")
    give_pass(store, "+79031112233")
    clock.pass_by(hours=4)
    give_pass(store, "+79034445566")
    with store.work() as work:
        stopped = ensure_phone(work, "+79034445566").id
        work.run(update(Phone).where(col(Phone.id) == stopped), stopped_at=work.now)

    row = json.loads(run("activate", "moscow-2020", "--tell-holders", "--yes", "--json").stdout)

    assert row["told"] == {"texts": 0, "segments": 0, "price": "0.00", "currency": "USD"}


def test_activation_alone_tells_nobody(run: Run, store: Store) -> None:
    run("activate", "nizhny-2020")
    give_pass(store, "+79031112233")

    run("activate", "moscow-2020")

    assert owed(store) == []
