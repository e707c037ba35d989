"""After a call: an outcome, a sealed note, and the agent is there again or gone."""

import pytest

from codes.desk.attending import NotAttended, Why
from codes.desk.line import call_now, desk_of
from codes.desk.wrapping_up import Outcome, Wrapped, note_of, own_calls, wrap_call
from tests.codes.line import Line


def wraps(line: Line, sid: str, staff_id: str = "anna", note: str = "Просил перезвонить", *, stay: bool) -> Wrapped:
    with line.counter.store.work() as work:
        return wrap_call(work, staff_id, sid, Outcome.ISSUED, note, stay=stay)


def presence(line: Line, staff_id: str = "anna") -> str:
    with line.counter.store.reading() as work:
        return desk_of(work, staff_id).presence


@pytest.mark.parametrize(("stay", "then"), [(True, "available"), (False, "away")])
def test_what_came_of_it_is_noted_and_the_agent_is_free_or_gone(line: Line, stay: bool, then: str) -> None:
    sid = line.proved()
    line.ends(sid)
    assert presence(line) == "wrapping_up"

    assert wraps(line, sid, stay=stay) is Wrapped.KEPT

    call = line.call(sid)
    assert (call.outcome, presence(line)) == ("issued", then)
    assert "Просил".encode() not in call.note_sealed
    with line.counter.store.reading() as work:
        assert note_of(work, call) == "Просил перезвонить"
        assert [(one.sid, one.outcome) for one in own_calls(work, "anna")] == [(sid, "issued")]


def test_a_second_press_changes_nothing(line: Line) -> None:
    sid = line.proved()
    line.ends(sid)
    wraps(line, sid, stay=False)

    assert wraps(line, sid, note="другое", stay=True) is Wrapped.BEFORE
    with line.counter.store.reading() as work:
        assert note_of(work, line.call(sid)) == "Просил перезвонить"
    assert presence(line) == "away"


def test_nobody_notes_another_agents_call(line: Line) -> None:
    sid = line.proved()
    line.sits("boris")

    with pytest.raises(NotAttended) as refused:
        wraps(line, sid, "boris", stay=True)
    assert refused.value.why is Why.NOT_YOURS


def test_there_must_be_a_call(line: Line) -> None:
    line.sits()

    with pytest.raises(NotAttended) as refused:
        wraps(line, "CAnone", stay=True)
    assert refused.value.why is Why.NO_CALL


def test_a_caller_whom_another_agent_took_over_is_theirs_to_note(line: Line) -> None:
    sid = line.rings()
    leg = line.joins(line.sits(), sid)
    line.drops(leg)
    line.waits(sid)
    line.joins(line.sits("boris"), sid)
    assert presence(line) == "wrapping_up"

    assert wraps(line, sid, stay=True) is Wrapped.TAKEN_OVER

    assert (presence(line), presence(line, "boris")) == ("available", "connected")
    line.ends(sid)
    assert wraps(line, sid, "boris", stay=True) is Wrapped.KEPT


def test_a_hidden_caller_who_was_never_proved_leaves_an_outcome_and_no_note(line: Line) -> None:
    sid = line.talk(None)
    line.ends(sid)

    assert wraps(line, sid, stay=True) is Wrapped.KEPT
    assert line.call(sid).note_sealed is None and line.call(sid).outcome == "issued"


def test_an_open_page_sees_where_its_agent_is_and_how_long_the_line_is(line: Line) -> None:
    line.sits()
    line.rings()
    line.counter.clock.pass_by(seconds=30)
    sid = line.rings("+79990000055")

    with line.counter.store.reading() as work:
        desk, call, nobody = desk_of(work, "anna"), call_now(work, "anna", sid), desk_of(work, "zoya")

    assert (desk.presence, desk.waiting, nobody.presence) == ("available", 2, "away")
    assert desk.first_at and (line.counter.clock.now - desk.first_at).seconds == 30
    assert call and (call.talking, call.own, call.wrapped) == (False, False, False)
