"""The team as its supervisors see it: presence, the line, the day in quarters, and who is sent away."""

from datetime import timedelta

from codes.desk.agents import send_away
from codes.desk.calling import owe_call_back
from codes.desk.line import desk_of
from codes.desk.team import TeamDay, TeamNow, team_day, team_now
from codes.desk.wrapping_up import Outcome, Wrapped, wrap_call
from codes.regimes import in_force
from store.phones import ensure_phone
from tests.codes.line import Line

BOB, CAR = "+79990000002", "+79990000003"


def now(line: Line) -> TeamNow:
    with line.counter.store.reading() as work:
        return team_now(work)


def day(line: Line) -> TeamDay:
    with line.counter.store.reading() as work:
        return team_day(work)


def whole(span: timedelta) -> timedelta:
    """In seconds: the clock of tests moves with every look."""
    return timedelta(seconds=int(span.total_seconds()))


def sends_away(line: Line, staff_id: str) -> bool:
    with line.counter.store.work() as work:
        return send_away(work, staff_id, "staff:boss")


def test_who_is_there_and_who_waits(line: Line) -> None:
    clock = line.counter.clock
    line.talk()
    clock.pass_by(minutes=2)
    line.rings(BOB)
    line.rings(CAR, "tt")
    line.sits("boris")

    team = now(line)

    assert [(one.name, one.presence) for one in team.members] == [("anna", "connected"), ("boris", "ringing")]
    connected_at, first_at = team.members[0].connected_at, team.first_at
    assert connected_at and first_at and whole(first_at - connected_at) == timedelta(minutes=2)
    assert (team.waiting, dict(team.by_language)) == (2, {"ru": 1, "tt": 1})
    assert (team.owed, team.failed) == (0, 0)


def test_calls_back_are_counted(line: Line) -> None:
    with line.counter.store.work() as work:
        owe_call_back(work, ensure_phone(work, BOB), "ru", in_force(work).regime)

    assert (now(line).owed, now(line).failed) == (1, 0)


def test_an_agents_day_is_counted_with_the_median_of_its_talks(line: Line) -> None:
    for minutes in (2, 4, 9):
        sid = line.rings()
        line.joins("anna" if minutes > 2 else line.sits(), sid)
        line.counter.clock.pass_by(minutes=minutes)
        line.ends(sid)
        with line.counter.store.work() as work:
            assert wrap_call(work, "anna", sid, Outcome.ANSWERED, "", stay=True) is Wrapped.KEPT
    line.joins("anna", line.rings())

    (anna,) = day(line).members

    assert anna.talk and whole(anna.talk) == timedelta(minutes=4)
    assert (anna.calls, dict(anna.outcomes), anna.unnoted) == (4, {"answered": 3}, 0)


def test_the_day_is_shown_in_quarters_without_a_gap(line: Line) -> None:
    clock = line.counter.clock
    clock.now = clock.now.replace(minute=5)
    lost = line.rings(BOB)
    clock.pass_by(minutes=1)
    line.ends(lost)
    clock.pass_by(minutes=30)
    sid = line.rings()
    clock.pass_by(minutes=3)
    line.joins(line.sits(), sid)
    line.rings(CAR)

    quarters = day(line).quarters

    assert [(one.reached, one.lost, one.waiting) for one in quarters] == [(0, 1, 0), (0, 0, 0), (1, 0, 1)]
    assert [whole(one.longest) for one in quarters] == [timedelta(minutes=1), timedelta(), timedelta(minutes=3)]
    assert quarters[0].begins_at.minute == 0


def test_before_the_first_call_there_is_nothing(line: Line) -> None:
    assert day(line) == TeamDay((), ()) and now(line).members == ()


def test_who_forgot_to_leave_is_sent_away_and_it_is_noted(line: Line) -> None:
    line.sits()
    line.rings()

    assert sends_away(line, "anna") and not sends_away(line, "anna")

    assert now(line).members[0].presence == "away"
    assert line.audited("agent.sent_away") == [("staff:boss", "anna")]


def test_nobody_is_sent_away_from_a_caller(line: Line) -> None:
    line.talk()

    assert not sends_away(line, "anna") and now(line).members[0].presence == "connected"


def test_a_call_that_was_not_wrapped_up_stays_theirs_to_note(line: Line) -> None:
    sid = line.talk()
    line.ends(sid)
    assert sends_away(line, "anna")

    (anna,) = day(line).members
    assert anna.unnoted == 1
    with line.counter.store.work() as work:
        assert wrap_call(work, "anna", sid, Outcome.OTHER, "", stay=True) is Wrapped.KEPT
    with line.counter.store.reading() as work:
        assert desk_of(work, "anna").presence == "away"
