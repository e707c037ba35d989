"""A code is shown to be read out: hidden after the last group, after ten minutes, while nothing is recorded."""

import pytest

from codes.desk.attending import Attended, NotAttended, Why
from codes.desk.dictating import Dictated, begin_dictation, begin_with_issue, dictation, tick
from codes.desk.helping import issue
from codes.desk.recording import want_pause
from codes.outcomes import Grant
from store import Work
from tests.codes.counter import ANN, BOB
from tests.codes.line import Line

SHOP = 8


def issued(line: Line) -> tuple[str, str]:
    """A call in which a pass was issued, and the pass."""
    sid = line.proved()

    def act(work: Work, one: Attended) -> str:
        grant = issue(work, one, one.people[0].id, SHOP, {})
        assert isinstance(grant, Grant)
        begin_with_issue(work, one, grant)
        return grant.pass_id

    return sid, line.attends(sid, act)


def seen(line: Line, sid: str, pass_id: str) -> Dictated:
    shown = line.attends(sid, lambda work, one: dictation(work, one, pass_id))
    assert shown is not None
    return shown


def ticked(line: Line, sid: str, pass_id: str, place: int) -> Dictated | None:
    return line.attends(sid, lambda work, one: tick(work, one, pass_id, place))


def paused(line: Line, sid: str, *, on: bool) -> None:
    with line.counter.store.work() as work:
        want_pause(work, sid, paused=on, by="staff:anna")


def test_after_the_last_group_the_code_is_hidden(line: Line) -> None:
    sid, mine = issued(line)
    assert len(seen(line, sid, mine).code.split("-")) == 3

    ticked(line, sid, mine, 2)
    ticked(line, sid, mine, 0)
    assert seen(line, sid, mine).code and seen(line, sid, mine).read_back == {0, 2}
    ticked(line, sid, mine, 1)

    done = seen(line, sid, mine)
    assert (done.code, done.finished) == ("", True)
    assert line.audited("code.dictated") == [("staff:anna", mine)]


def test_a_group_that_is_none_or_was_ticked_changes_nothing(line: Line) -> None:
    sid, mine = issued(line)

    for place in (0, 0, -1, 3, 400):
        ticked(line, sid, mine, place)

    assert seen(line, sid, mine).read_back == {0}


def test_after_ten_minutes_it_hides_by_itself(line: Line) -> None:
    sid, mine = issued(line)
    line.counter.clock.pass_by(minutes=9, seconds=59)
    assert seen(line, sid, mine).code
    line.counter.clock.pass_by(seconds=1)

    assert not seen(line, sid, mine).code
    assert ticked(line, sid, mine, 0) == seen(line, sid, mine)


def test_shown_again_is_a_new_look_with_its_reason(line: Line) -> None:
    sid, mine = issued(line)
    for place in range(3):
        ticked(line, sid, mine, place)

    assert line.attends(sid, lambda work, one: begin_dictation(work, one, mine, "not_understood"))

    assert seen(line, sid, mine).code and not seen(line, sid, mine).read_back
    assert line.audited("code.shown") == [("staff:anna", mine)] * 2
    assert line.audited("person.looked_at") == [("staff:anna", line.person(ANN))]


def test_a_pass_that_was_got_by_text_is_read_out_only_after_a_look(line: Line) -> None:
    mine = line.counter.grant(ANN, SHOP).pass_id
    sid = line.proved()

    assert line.attends(sid, lambda work, one: dictation(work, one, mine)) is None
    assert line.attends(sid, lambda work, one: begin_dictation(work, one, mine, "checks"))

    assert seen(line, sid, mine).code == line.counter.who(ANN).holders[0].live[0].face.code[:4] + "-" + "-".join(
        seen(line, sid, mine).code.split("-")[1:]
    )


def test_somebody_elses_pass_is_not_read_out(line: Line) -> None:
    theirs = line.counter.grant(BOB, SHOP).pass_id
    sid = line.proved()

    assert not line.attends(sid, lambda work, one: begin_dictation(work, one, theirs, "checks"))
    assert line.attends(sid, lambda work, one: dictation(work, one, theirs)) is None


def test_while_the_recording_is_paused_no_code_is_shown_nor_ticked(line: Line) -> None:
    sid, mine = issued(line)
    paused(line, sid, on=True)

    assert not seen(line, sid, mine).code
    for act in (lambda work, one: tick(work, one, mine, 0), lambda work, one: begin_dictation(work, one, mine, "x")):
        with pytest.raises(NotAttended) as refused:
            line.attends(sid, act)
        assert refused.value.why is Why.PAUSED

    paused(line, sid, on=False)
    assert seen(line, sid, mine).code


def test_after_the_call_no_code_is_shown(line: Line) -> None:
    sid, mine = issued(line)
    line.ends(sid)

    with pytest.raises(NotAttended) as refused:
        seen(line, sid, mine)
    assert refused.value.why is Why.ENDED
