"""Recordings that nobody announced are asked for, and given up visibly."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from codes.desk.recording import ANNOUNCED_WITHIN, begin_recording
from store.calls import Call
from telephony.recordings.recorder import Failed
from telephony.recordings.seeking import GIVE_UP, LATEST, seek, sweep
from tests.recordings.carrier import LEG, OTHER_LEG, SID, wav
from tests.recordings.conftest import CALL, Desk


@pytest.fixture
def over(desk: Desk) -> Desk:
    """A call that is over, and not a word of its recording."""
    desk.connect()
    desk.clock.pass_by(minutes=10)
    desk.end()
    return desk


def later(desk: Desk) -> None:
    """As long as the next look at the carrier is off."""
    desk.clock.now = desk.leg().due_at
    sweep(desk.store, desk.recorder)


def test_a_call_that_goes_on_is_not_asked_for(desk: Desk) -> None:
    desk.connect()
    for _ in range(10):
        later(desk)

    assert desk.recorder.asked == [] and desk.leg().due_at > desk.clock.now


def test_a_recording_nobody_announced_is_found_two_minutes_after_the_call_and_kept(over: Desk) -> None:
    over.record()
    later(over)
    assert over.recorder.asked == [], "the end may have come a moment ago"

    later(over)
    over.keeper.keep(SID)

    assert over.clock.now == over.call().ended_at + ANNOUNCED_WITHIN
    assert (over.leg().due_at, over.row().call_sid, over.hear()) == (None, CALL, wav())


def test_one_that_was_announced_is_not_asked_for(recorded: Desk) -> None:
    later(recorded)

    assert (recorded.recorder.asked, recorded.leg().due_at) == ([], None)


@pytest.mark.parametrize("status", ["in-progress", "processing", "paused", "stopped"])
def test_one_that_is_not_ready_is_asked_for_again(over: Desk, status: str) -> None:
    over.record(status=status)
    for _ in range(3):
        later(over)
    assert over.leg().due_at is not None and over.recorder.asked == ["list", "list"]

    over.record()
    later(over)
    assert over.row().due_at == over.clock.now


def test_one_that_there_is_none_of_is_given_up_visibly_after_a_day(over: Desk) -> None:
    over.recorder.failing = [Failed(503)] * 3
    waits = []
    while over.leg().due_at:
        before = over.clock.now
        later(over)
        waits.append(over.clock.now - before)

    assert waits[3:] == sorted(waits[3:]) and max(waits) <= LATEST
    assert over.clock.now - over.call().ended_at > GIVE_UP and len(over.recorder.asked) < 30
    assert (over.leg().given_up_at, over.audit()) == (over.clock.now, ["recording.missing"])
    assert over.details("recording.missing") == {"leg": LEG}

    over.record()
    over.announce()
    over.keeper.keep(SID)
    assert over.hear() == wav(), "late is better than never"


def test_each_of_two_agents_legs_has_its_recording(desk: Desk) -> None:
    """A caller who waits anew gives up the first agent's leg."""
    desk.connect()
    desk.clock.pass_by(minutes=1)
    with desk.store.work() as work:
        work.run(update(Call).where(col(Call.sid) == CALL), leg_sid=OTHER_LEG)
        begin_recording(work, OTHER_LEG, CALL)
    desk.end()
    desk.record(SID, LEG)
    desk.announce(SID, LEG)
    desk.keeper.keep(SID)

    assert desk.row().call_sid == CALL
    assert desk.leg(OTHER_LEG).due_at is not None


def test_twice_at_once_and_out_of_time_nothing_happens(over: Desk) -> None:
    over.record()
    seek(over.store, over.recorder, LEG)
    seek(over.store, over.recorder, "CA" + "9" * 32)
    assert over.recorder.asked == []

    over.clock.now += timedelta(minutes=5)
    for _ in range(2):
        seek(over.store, over.recorder, LEG)
    assert over.recorder.asked == ["list"]
