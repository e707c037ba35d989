"""Calls back that wait or failed: made now, after the night, or settled in another way."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.calling import owe_call_back
from codes.desk.owed_calls import NotNow, OwedCall, call_now, owed_calls, settle_owed_call
from codes.regimes import in_force
from store.messages import OutboxMessage
from store.phones import ensure_phone
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.codes.line import Line


def owe(counter: Counter) -> str:
    """A call back that waits for an agent; its id."""
    with counter.store.work() as work:
        owe_call_back(work, ensure_phone(work, ANN), "ru", in_force(work).regime, for_agent=True)
    return listed(counter)[-1].id


def listed(counter: Counter) -> list[OwedCall]:
    with counter.store.reading() as work:
        return owed_calls(work)


def fail(counter: Counter, message_id: str) -> None:
    with counter.store.work() as work:
        mine = update(OutboxMessage).where(col(OutboxMessage.id) == message_id)
        work.run(mine, state="undelivered", error_code=30008, settled_at=work.now, due_at=None)


def states(counter: Counter) -> list[tuple[str, int | None]]:
    with counter.store.reading() as work:
        rows = work.rows(
            select(col(OutboxMessage.state), col(OutboxMessage.error_code)).order_by(col(OutboxMessage.id))
        )
        return [(row.state, row.error_code) for row in rows]


def now(counter: Counter, message_id: str) -> object:
    with counter.store.work() as work:
        return call_now(work, message_id, "staff:anna")


def there(counter: Counter) -> None:
    """An agent is busy with somebody."""
    sid = Line(counter).talk("+79990000055")
    assert sid


def done(counter: Counter, message_id: str) -> bool:
    with counter.store.work() as work:
        return settle_owed_call(work, message_id, "staff:anna")


def test_one_that_waits_for_an_agent_is_made_at_once(counter: Counter, clock: Clock) -> None:
    owed = owe(counter)
    (one,) = listed(counter)
    assert (one.number, one.due_at, one.for_agent, one.failed) == (ANN, None, True, False)
    assert now(counter, owed) is NotNow.NOBODY_THERE

    there(counter)
    assert now(counter, owed) == clock.now
    assert listed(counter)[0].due_at == clock.now


def test_at_night_it_waits_for_the_morning(counter: Counter, clock: Clock) -> None:
    owed = owe(counter)
    there(counter)
    clock.pass_by(hours=14)

    due_at = now(counter, owed)

    assert isinstance(due_at, datetime) and due_at.hour == 8 and due_at > clock.now


def test_one_that_failed_is_owed_anew_and_the_old_one_goes(counter: Counter) -> None:
    owed = owe(counter)
    counter.clock.pass_by(seconds=1)
    fail(counter, owed)
    there(counter)
    assert (listed(counter)[0].failed, listed(counter)[0].unanswered) == (True, True)

    assert now(counter, owed)

    (anew,) = listed(counter)
    assert anew.id != owed and not anew.failed and anew.for_agent
    assert now(counter, owed) is NotNow.GONE
    assert states(counter)[0] == ("undelivered", 30008) and ("created", None) in states(counter)


def test_it_is_settled_once(counter: Counter, line: Line) -> None:
    owed = owe(counter)

    assert [done(counter, owed), done(counter, owed)] == [True, False]
    assert listed(counter) == [] and states(counter) == [("failed", 90002)]
    assert now(counter, owed) is NotNow.GONE
    assert line.audited("call_back.settled") == [("staff:anna", owed)]


def test_a_failed_one_is_settled_too_and_keeps_its_error(counter: Counter) -> None:
    owed = owe(counter)
    fail(counter, owed)

    assert done(counter, owed) and listed(counter) == []
    assert states(counter) == [("undelivered", 30008)]


def test_whoever_called_us_since_is_not_owed_a_failed_call_any_more(counter: Counter, line: Line) -> None:
    fail(counter, owe(counter))
    counter.clock.pass_by(minutes=5)

    line.rings(ANN)

    assert listed(counter) == []


def test_one_that_is_being_made_is_left_alone(counter: Counter) -> None:
    owed = owe(counter)
    with counter.store.work() as work:
        work.run(update(OutboxMessage), state="sending")

    assert listed(counter)[0].under_way
    assert now(counter, owed) is NotNow.GONE and not done(counter, owed)
