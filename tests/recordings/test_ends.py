"""How recordings end: what operators and the doctor are told, and what is forgotten with them."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from codes.desk.recording_ends import (
    DESTROYED_WITHIN,
    count_lost,
    forget_notes,
    never_announced,
    undestroyed,
    unrecorded,
)
from commands.checks import State, examine
from settings import Settings
from store.audit import LOOKED_AT, AuditEntry
from store.calls import Call, CallStep
from store.passes import Pass
from store.people import Person
from store.retention import FORGET_STEPS, Forgotten, forget
from telephony.recordings.seeking import sweep
from tests.recordings.carrier import SID
from tests.recordings.conftest import CALL, Desk
from wsgi import create_app

Read = Callable[..., Any]


@pytest.fixture
def read(settings: Settings, desk: Desk) -> Read:
    """What a command answers with --json."""
    runner = create_app(settings, desk.store).test_cli_runner()

    def document(*words: str) -> Any:
        result = runner.invoke(args=[*words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return document


@pytest.fixture
def issued(desk: Desk) -> None:
    """An agent issued a pass in the call."""
    with desk.store.work() as work:
        new = work.keys.new_key()
        person = {"id": "person", "data_key": new.wrapped, "epoch": new.epoch, "details_sealed": b""}
        work.insert(Person, **person, created_at=work.now)
        shown = {"code_index": b"c", "face_sealed": b"", "quota_holder": b"q", "channel": "agent", "extended": 0}
        times = {"issued_at": work.now, "valid_from": work.now, "valid_until": work.now + timedelta(hours=1)}
        kind = {"regime_version": 1, "purpose": 8, "quota_back": False, "call_sid": CALL}
        whose = {"person_id": "person", "phone_id": "phone", "bound_anew": 0}
        work.insert(Pass, id=work.new_id(), **whose, **shown, **times, **kind)


def faulty(desk: Desk, settings: Settings) -> dict[str, State]:
    """The doctor's findings on recordings, but for what is well."""
    nobody = settings.model_copy(update={"public_url": "http://127.0.0.1:9"})
    found = {check.name: check.state for check in examine(desk.store, nobody)}
    return {name: found[name] for name in ("recordings", "agents' calls", "calls lost") if name in found}


def test_recordings_are_listed_with_how_far_they_came(recorded: Desk, read: Read) -> None:
    stages = []
    for moment in (recorded.clock.now, recorded.clock.now, recorded.clock.now + timedelta(days=31)):
        stages += [row["stage"] for row in read("calls", "recordings")]
        recorded.clock.now = moment
        recorded.keeper.keep(SID)
    (row,) = read("calls", "recordings")

    assert [*stages, row["stage"]] == ["announced", "withdrawn", "withdrawn", "destroyed"]
    assert (row["recording"], row["call"], row["seconds"], row["why"]) == (SID, CALL, 3, None)
    assert read("calls", "recordings", "--lost") == []


def test_lost_and_missing_ones_are_listed_with_the_reason(desk: Desk, read: Read) -> None:
    desk.connect()
    desk.end()
    while desk.leg().due_at:
        desk.clock.now = desk.leg().due_at
        sweep(desk.store, desk.recorder)
    desk.connect("CA" + "d" * 32, "CA" + "e" * 32)
    desk.announce(SID, "CA" + "e" * 32, "absent")
    desk.keeper.keep(SID)

    lost = [(row["recording"], row["why"]) for row in read("calls", "recordings", "--lost")]
    assert lost == [(SID, "absent"), (None, "missing")]
    with desk.store.reading() as work:
        assert (count_lost(work, timedelta(days=1)), len(never_announced(work))) == (2, 1)


def test_a_pass_by_an_agent_without_a_recording_is_told_after_an_hour(
    recorded: Desk, settings: Settings, issued: None
) -> None:
    assert faulty(recorded, settings) == {"recordings": State.FINE}

    recorded.clock.pass_by(hours=2)
    assert faulty(recorded, settings) == {"agents' calls": State.ODD}

    recorded.keeper.keep(SID)
    assert faulty(recorded, settings) == {"recordings": State.FINE}
    with recorded.store.reading() as work:
        assert list(unrecorded(work)) == []


def test_a_lost_recording_is_told_for_a_day(recorded: Desk, settings: Settings) -> None:
    recorded.recorder.too_long = True
    recorded.keeper.keep(SID)
    assert faulty(recorded, settings) == {"calls lost": State.ODD}

    recorded.clock.pass_by(days=2)
    assert faulty(recorded, settings) == {"recordings": State.FINE}


def test_a_recording_that_outlives_its_time_is_told_until_it_is_destroyed(recorded: Desk, settings: Settings) -> None:
    recorded.keeper.keep(SID)
    recorded.clock.now = recorded.row().destroy_at + DESTROYED_WITHIN + timedelta(seconds=1)
    assert faulty(recorded, settings) == {"recordings": State.WRONG}
    with recorded.store.reading() as work:
        assert list(undestroyed(work)) == [SID]

    recorded.keeper.keep(SID)
    assert faulty(recorded, settings) == {"recordings": State.FINE}


def test_steps_of_calls_are_forgotten_after_three_days(desk: Desk) -> None:
    with desk.store.work() as work:
        for step, age in enumerate((FORGET_STEPS + timedelta(seconds=1), FORGET_STEPS, timedelta())):
            times = {"received_at": work.now - age, "answered_ms": 1}
            work.insert(CallStep, call_sid=CALL, step=step, reply_sealed=b"", intent="x", **times)

    with desk.store.work() as work:
        assert (forget(work), forget(work)) == (Forgotten(0, 0, 1), Forgotten(0, 0, 0))
        assert [row.step for row in work.rows(select(col(CallStep.step)).order_by(col(CallStep.step)))] == [1, 2]


def test_a_note_without_a_recording_is_forgotten_when_one_would_be(desk: Desk) -> None:
    desk.connect()
    desk.end()
    with desk.store.work() as work:
        work.run(update(Call), note_sealed=b"sealed")
    for days, forgotten in ((30, 0), (1, 1), (1, 0)):
        desk.clock.pass_by(days=days)
        with desk.store.work() as work:
            assert forget_notes(work) == forgotten

    assert desk.call().note_sealed is None


def test_hearing_is_noted_as_a_look_at_the_caller(recorded: Desk, issued: None) -> None:
    with recorded.store.work() as work:
        work.run(update(Call), person_id="person", proof="document")
    recorded.keeper.keep(SID)
    recorded.hear()
    recorded.clock.now = recorded.row().destroy_at
    recorded.hear()
    recorded.hear("RE" + "9" * 32)

    assert recorded.details("recording.listened") == {"why": "review", "call": CALL}
    with recorded.store.reading() as work:
        looks = select(func.count()).where(col(AuditEntry.action) == LOOKED_AT, col(AuditEntry.subject) == "person")
        assert (work.count(looks), recorded.audit().count("recording.listened")) == (1, 1)
