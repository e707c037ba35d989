"""`make demo`: the town meets the real service; and the whole of it starts, says what to try, and stops."""

import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from codes.listing import Wanted, passes
from development.demo.__main__ import Cast, people_the
from development.demo.carrier import Carrier
from development.demo.citizens import citizens_day
from development.demo.desks import Bulletin
from development.demo.handsets import YOUR_OFFICER
from development.demo.hiring import hire
from development.demo.people import town
from development.demo.police import Verdicts
from development.demo.stage import Stage
from development.demo.streets import Streets
from settings import Settings
from store import Store
from store.officers import Inspection
from telephony.simulator.carrier import Carrier as Simulator
from tests.house.test_run import HEALTHY_S, Running

AT_ONCE = 1e9


@pytest.mark.usefixtures("worker")
def test_a_small_town_lives_through_its_day(
    streets: Streets, simulator: Simulator, store: Store, pages: Settings
) -> None:
    hire(pages)
    stage, verdicts = Stage(AT_ONCE, most_a_second=1000), Verdicts()
    bulletin = Bulletin(streets, stage, verdicts)

    cast = Cast(pages.public_url, citizens=15, isolated=2, officers=2, early=2, surfers=8)
    people_the(streets, stage, verdicts, town(streets.chance), cast)
    stage.play()

    issued = list(passes(store, Wanted()))
    assert len(issued) > 10
    assert "web" in {one.channel for one in issued}
    with store.reading() as work:
        assert work.count(select(func.count()).where(col(Inspection.client_id).is_not(None))) > 10
    assert verdicts["green"] and verdicts["amber"] and verdicts["red"]
    assert [card.name for card in simulator.ledger.handsets.all()][:3] == ["Алия", "Anna", "You"]
    assert "18:00" < bulletin.line()[:5] < "23:59"


def test_the_officer_who_is_you_can_open_a_shift(streets: Streets) -> None:
    streets.office.enroll(YOUR_OFFICER, "unit", "4821")

    assert "SHIFT" not in streets.carrier.text(YOUR_OFFICER, "SHIFT 4821")


def test_nobody_answers_is_no_reason_to_stop(streets: Streets) -> None:
    nowhere = Carrier("http://127.0.0.1:9")
    stage = Stage(AT_ONCE, most_a_second=1000)
    for citizen in islice(town(streets.chance), 3):
        stage.add(citizens_day(Streets(nowhere, streets.office, streets.chance, streets.shape), citizen))

    stage.play()

    assert nowhere.told["texts"] == nowhere.told["unanswered"] > 3


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    one = Running(tmp_path / "var", "commands.demo", SPEED="5000")
    yield one
    one.stop()


def test_it_says_what_to_try_plays_and_stops_cleanly(running: Running) -> None:
    running.wait_until_said("Passline is up", HEALTHY_S)
    said = running.wait_until_said("checks", HEALTHY_S)

    running.stop(signal.SIGINT)

    assert "SHIFT 4821" in said
    assert not running.left() and "Traceback" not in running.said()


@pytest.mark.parametrize("given", [{"SPEED": "fast"}, {"SPEED": "200", "REGIME": "greece-2020"}])
def test_what_it_cannot_play_is_said_in_one_line(tmp_path: Path, given: dict[str, str]) -> None:
    one = Running(tmp_path / "var", "commands.demo", **given)

    assert one.process.wait(HEALTHY_S) == 2
    assert one.said().count("\n") == 1
