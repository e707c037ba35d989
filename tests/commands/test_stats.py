"""The figures of a day."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from store import Store
from store.messages import InboundMessage, OutboxMessage
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.commands.conftest import Phones, Read, Refused

Figures = dict[str, Any]


@pytest.fixture
def day(phone: Handset, phones: Phones, read: Read, store: Store, clock: Clock) -> None:
    """Registered; two passes, a refusal; a stranger after two questions; gibberish; one in isolation asks twice."""
    for wish in ("цель 3", "цель 8", "цель 5", "ыыы жжж", "СТАТУС"):
        phone.text(wish)
        clock.pass_by(minutes=2)
    for words in ("цель 3", "9219111111"):
        phones("2").text(words)
    read("cases", "open", "--phone", "+79990000002", "--reason", "x")
    clock.pass_by(minutes=2)
    for _ in range(2):
        phones("2").text("цель 8")
    with store.work() as work:
        work.run(update(OutboxMessage), state="sent", sent_at=work.now, segments=2)


def test_a_quiet_day_has_no_speed(read: Read) -> None:
    figures = read("stats")

    assert (figures["day"], figures["texts_in"], figures["price"]) == ("2026-06-03", 0, "0.00")
    assert figures["answer_p50_ms"] is figures["answer_p99_ms"] is figures["handed_over_within_10s"] is None


def test_every_text_is_counted_once(read: Read, day: None) -> None:
    figures = read("stats", "--day", "2026-06-03")

    kinds = [figures[name] for name in ("understood_at_once", "after_questions", "asked", "not_understood")]
    assert (figures["texts_in"], sum(kinds)) == (10, 10)
    assert kinds == [7, 1, 1, 1]


def test_refusals_passes_and_people_at_home_are_counted(read: Read, day: None) -> None:
    figures = read("stats", "--day", "today")

    assert figures["refused"] == {"quota": 1, "isolation": 2}
    assert (figures["isolation_attempts"], figures["passes"]) == (2, 3)


def test_segments_are_counted_both_ways(read: Read, day: None, store: Store) -> None:
    with store.work() as work:
        work.run(update(InboundMessage), segments=1)

    figures = read("stats")

    assert (figures["segments"], figures["price"], figures["currency"]) == (12, "0.60", "USD")


def test_speed_is_told_by_rank_and_by_the_share_within_ten_seconds(read: Read, day: None, store: Store) -> None:
    with store.work() as work:
        work.run(update(InboundMessage), answered_ms=20)
        slow = "UPDATE inbound_message SET answered_ms = 11000 WHERE intent LIKE '%unclear'"
        work.connection.exec_driver_sql(
            slow.replace("%", "%%") if work.connection.dialect.name == "postgresql" else slow
        )

    figures = read("stats")

    assert (figures["answer_p50_ms"], figures["answer_p99_ms"]) == (20, 11000)
    # Ten answers and one notice; an answer was slow, and the notice left two minutes after it was owed.
    assert figures["handed_over_within_10s"] == round(9 / 11, 4)


def test_another_day_is_another_day(read: Read, day: None, clock: Clock, table_of: Callable[..., str]) -> None:
    clock.pass_by(days=1)

    assert read("stats")["texts_in"] == 0
    assert read("stats", "--day", "yesterday")["texts_in"] == 10
    assert "texts in                10\n" in table_of("stats", "--day", "2026-06-03")


def test_what_is_no_day_is_told(refused: Refused) -> None:
    assert refused("stats", "--day", "1 June") == "'1 June' is no day: write it as 2027-03-01, today or yesterday"
    assert refused("stats", "--week", "1").startswith("No such option '--week'")


def test_every_refusal_is_counted_once_however_it_came_about(
    phone: Handset, phones: Phones, read: Read, refused: Refused
) -> None:
    for wish in ("цель 3", "цель 8", "цель 5"):
        phone.text(wish)
    refused("passes", "issue", "--phone", "+79990000001", "--purpose", "5")
    phone.text("вынести мусор")
    for number in range(9):
        phones("2").text(f"РЕГИСТРАЦИЯ 922111111{number}")
    phones("3").text("РЕГИСТРАЦИЯ 9221222222")
    phones("3").text("цель 3")
    read("persons", "block", "--phone", "+79990000003", "--reason", "x")
    for wish in ("цель 8", "ПРОДЛИТЬ"):
        phones("3").text(wish)

    assert read("stats")["refused"] == {"quota": 2, "no_pass_needed": 1, "crowded": 1, "blocked": 2}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "2027-02-30"])
def test_a_day_of_another_age_is_no_day(refused: Refused, typed: str) -> None:
    assert "is no day" in refused("stats", "--day", typed)
