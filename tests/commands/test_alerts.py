"""Alerts about patients from the command line: the same rules as on the pages."""

import pytest

from store import Store
from tests.clock import Clock
from tests.commands.conftest import Read, Refused
from tests.monitoring.duty.desk import Desk


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return Desk(store, clock)


def test_an_alert_is_listed_shown_and_decided(read: Read, desk: Desk) -> None:
    alert_id = desk.ripe()

    listed, shown = read("alerts", "list"), read("alerts", "show", alert_id)
    decided = read("alerts", "decide", alert_id, "violation", "--reason", "seen by two")

    assert [one["alert"] for one in listed] == [alert_id]
    assert shown["two_independent"]
    assert decided["decision"] == desk.alert(alert_id).decision == "violation"


def test_what_is_not_possible_is_said_in_one_line(refused: Refused, desk: Desk) -> None:
    alert_id = desk.doubt()

    assert "not_told" in refused("alerts", "decide", alert_id, "violation", "--reason", "seen")
