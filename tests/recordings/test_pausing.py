"""What the desk wants of a recording is told to the carrier, one thing at a time, until it does it."""

import pytest
from sqlalchemy import update
from sqlmodel import col

from codes.desk.recording import Pausing, begin_recording, pausing, want_pause
from store.calls import Call
from telephony.recordings.pausing import AGAIN, GRACE, LEASE, hold, sweep
from telephony.recordings.recorder import Failed
from tests.recordings.carrier import LEG, OTHER_LEG
from tests.recordings.conftest import CALL, Desk


@pytest.fixture
def talking(desk: Desk) -> Desk:
    """A caller with an agent."""
    desk.connect()
    return desk


def want(desk: Desk, paused: bool) -> Pausing | None:
    with desk.store.work() as work:
        return want_pause(work, CALL, paused=paused, by="staff:agent")


def told(desk: Desk) -> Pausing | None:
    with desk.store.reading() as work:
        return pausing(work, CALL)


def test_a_recording_is_paused_and_goes_on(talking: Desk) -> None:
    for paused in (True, False):
        assert want(talking, paused) == Pausing(paused, not paused, None)
        for _ in range(2):
            hold(talking.store, talking.recorder, CALL)
        assert told(talking) == Pausing(paused, paused, None)
        assert talking.recorder.paused[LEG] is paused

    assert talking.recorder.asked == ["pause", "resume"] and talking.call().pause_due_at is None
    wanted = ["recording.pause_wanted", "recording.sound_wanted"]
    assert talking.audit() == sorted(["recording.paused", "recording.sounding", *wanted])


def test_wanting_what_is_wanted_is_told_once(talking: Desk) -> None:
    for _ in range(3):
        want(talking, True)
    hold(talking.store, talking.recorder, CALL)

    assert talking.recorder.asked == ["pause"] and talking.audit().count("recording.pause_wanted") == 1


def test_a_carrier_that_does_not_is_asked_again_and_the_desk_can_read_it(talking: Desk) -> None:
    talking.recorder.failing = [Failed(20503)] * 2
    want(talking, True)
    began = talking.clock.now
    hold(talking.store, talking.recorder, CALL)
    assert told(talking) == Pausing(True, False, began)

    for _ in range(2):
        talking.clock.now += AGAIN + GRACE
        assert sweep(talking.store, talking.recorder) == 1
    assert told(talking) == Pausing(True, True, None) and talking.recorder.paused[LEG]
    assert sweep(talking.store, talking.recorder) == 0


def test_a_leg_that_is_not_recorded_shows(talking: Desk) -> None:
    talking.recorder.paused.clear()
    want(talking, True)
    hold(talking.store, talking.recorder, CALL)

    assert told(talking) == Pausing(True, False, talking.clock.now)


def test_a_wish_that_changes_while_it_is_told_is_what_counts_in_the_end(talking: Desk) -> None:
    def changes_its_mind() -> None:
        talking.recorder.in_between = lambda: None
        want(talking, False)
        hold(talking.store, talking.recorder, CALL)
        assert talking.recorder.asked == ["pause"], "nobody overtakes"

    talking.recorder.in_between = changes_its_mind
    want(talking, True)
    hold(talking.store, talking.recorder, CALL)

    assert talking.recorder.asked == ["pause", "resume"]
    assert told(talking) == Pausing(False, False, None) and talking.recorder.paused[LEG] is False


def test_whoever_dies_in_the_middle_is_followed_by_another(talking: Desk) -> None:
    def dies() -> None:
        talking.recorder.in_between = lambda: None
        raise KeyboardInterrupt

    talking.recorder.in_between = dies
    want(talking, True)
    with pytest.raises(KeyboardInterrupt):
        hold(talking.store, talking.recorder, CALL)
    want(talking, False)
    hold(talking.store, talking.recorder, CALL)
    assert talking.recorder.paused[LEG] is True, "the lease of the dead still runs"

    talking.clock.now += LEASE + GRACE
    sweep(talking.store, talking.recorder)
    assert talking.recorder.paused[LEG] is False and told(talking) == Pausing(False, False, None)


def test_once_the_call_is_over_nobody_is_told(talking: Desk) -> None:
    talking.recorder.failing = [Failed(20503)]
    want(talking, True)
    hold(talking.store, talking.recorder, CALL)
    talking.end()
    talking.clock.now += AGAIN + GRACE

    assert (sweep(talking.store, talking.recorder), sweep(talking.store, talking.recorder)) == (1, 0)
    assert talking.recorder.asked == ["pause"] and told(talking) is None
    assert want(talking, False) is None


def test_the_next_agent_s_leg_begins_with_sound(talking: Desk) -> None:
    want(talking, True)
    hold(talking.store, talking.recorder, CALL)
    with talking.store.work() as work:
        work.run(update(Call).where(col(Call.sid) == CALL), leg_sid=OTHER_LEG)
        begin_recording(work, OTHER_LEG, CALL)

    assert told(talking) == Pausing(False, False, None)
