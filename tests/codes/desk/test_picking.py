"""One call in fifty is picked, of those in which an agent issued a pass; nobody can see to it that theirs is not."""

import pytest
from sqlalchemy import delete, update

from codes.desk.picking import LEFT_OVER, ONE_IN, draw, draw_left_over
from codes.desk.wrapping_up import Wrapped
from store.calls import Call, CallReview
from tests.codes.line import Line
from tests.codes.picking import Chance, issue_in_call, picked, wraps


def test_a_call_in_which_a_pass_was_issued_is_picked_when_it_is_wrapped_up(
    line: Line, chance: Chance, issued: str
) -> None:
    assert picked(line) == []

    wraps(line, issued)

    assert picked(line) == [issued] and line.audited("call.picked") == [("machine", issued)]


def test_it_is_drawn_once_however_often_it_is_wrapped_up(line: Line, chance: Chance, issued: str) -> None:
    chance.picks = False
    wraps(line, issued)
    chance.picks = True

    assert wraps(line, issued) is Wrapped.BEFORE
    assert picked(line) == []


def test_a_call_without_a_pass_is_never_picked(line: Line, chance: Chance) -> None:
    sid = line.proved()
    line.ends(sid)
    wraps(line, sid)

    assert picked(line) == [] and line.call(sid).drawn_at is None


def test_who_leaves_a_call_open_does_not_escape(line: Line, chance: Chance, issued: str) -> None:
    store = line.counter.store
    with store.work() as work:
        draw_left_over(work)
    assert picked(line) == []
    line.counter.clock.pass_by(seconds=LEFT_OVER.total_seconds() + 1)
    for _ in range(2):
        with store.work() as work:
            draw_left_over(work)

    assert picked(line) == [issued]


def test_nor_does_who_notes_it_before_another_agent_has_the_caller(line: Line, chance: Chance) -> None:
    sid = line.proved()
    wraps(line, sid)
    line.waits(sid)
    line.joins(line.sits("boris"), sid)
    issue_in_call(line, sid, "boris")
    line.ends(sid)

    assert wraps(line, sid, "boris") is Wrapped.KEPT and picked(line) == [sid]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_has_the_same_chance_of_two_in_a_hundred(line: Line, issued: str) -> None:
    store, hits, tries = line.counter.store, 0, 2000
    with store.work() as work:
        for _ in range(tries):
            work.run(update(Call), drawn_at=None)
            work.run(delete(CallReview))
            hits += draw(work, issued)

    assert ONE_IN == 50 and 20 <= hits <= 65
