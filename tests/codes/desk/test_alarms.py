"""Agents and officers who look up more than their work explains, counted by queries that an index answers."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from codes.desk.alarms import (
    AN_HOUR,
    LOOKS,
    MISSES,
    SEARCHES,
    SPAN,
    THRESHOLDS,
    Kind,
    Settled,
    alarms,
    counting,
    settle,
)
from codes.desk.alarms import looked_into as notes
from codes.desk.attending import Attended
from codes.desk.identifying import LookReason, find_caller
from codes.desk.recording import Unplayable, listen
from codes.desk.screen import screen_of
from codes.looking import note_look
from store import Store, Work
from store.alarms import SettledAlarm
from store.officers import Inspection
from store.staff import Staff
from tests.codes.counter import ANN, OFFICER, Counter
from tests.codes.line import Line

BOSS, DAY = "boss", timedelta(days=1)


def open_alarms(store: Store) -> list[tuple[Kind, str, int]]:
    with store.reading() as work:
        return [(one.kind, one.whom.id, one.count) for one in alarms(work)]


def looks(store: Store, times: int, by: str = "anna", at: str = "desk", subject: str = "someone") -> None:
    with store.work() as work:
        for _ in range(times):
            note_look(work, subject, f"staff:{by}", "call", at)


def employs(store: Store, staff_id: str, roles: str) -> None:
    with store.work() as work:
        work.insert(Staff, id=staff_id, name=staff_id, roles=roles, created_at=work.now, wrong_sign_ins=0)


def settles(store: Store, kind: Kind, subject: str, by: str = BOSS) -> Settled:
    with store.work() as work:
        return settle(work, kind, subject, by, "Обучала новых")


def officer_id(counter: Counter) -> str:
    officer = counter.who(OFFICER).officer
    assert officer
    return officer.id


def inspects(counter: Counter, times: int, verdict: str = "valid") -> None:
    who = officer_id(counter)
    with counter.store.work() as work:
        for _ in range(times):
            given = {"asked_index": b"x", "channel": "text", "seen_at": work.now, "stored_at": work.now}
            work.insert(Inspection, id=work.new_id(), officer_id=who, verdict=verdict, **given)


@pytest.fixture
def staffed(counter: Counter) -> Store:
    """With a supervisor and somebody who is no agent."""
    employs(counter.store, BOSS, "supervisor")
    employs(counter.store, "clara", "clinician")
    return counter.store


class TestOfAgents:
    def test_looks_up_to_the_threshold_are_work(self, staffed: Store) -> None:
        looks(staffed, LOOKS, "clara")
        assert open_alarms(staffed) == []

        looks(staffed, 1, "clara")

        assert open_alarms(staffed) == [(Kind.LOOKS, "clara", LOOKS + 1)]

    def test_yesterdays_are_not_counted(self, staffed: Store, counter: Counter) -> None:
        looks(staffed, LOOKS, "clara")
        counter.clock.pass_by(seconds=(DAY + timedelta(minutes=1)).total_seconds())
        looks(staffed, 1, "clara")

        assert open_alarms(staffed) == []

    def test_searches_without_a_hit_are_counted(self, line: Line, staffed: Store) -> None:
        sid = line.talk()
        for _ in range(SEARCHES + 1):
            line.hears(sid, search)

        assert open_alarms(staffed) == [(Kind.SEARCHES, "anna", SEARCHES + 1)]

    def test_looks_in_a_call_are_work_and_outside_none_is(self, line: Line, staffed: Store) -> None:
        sid = line.talk()
        line.hears(sid, screen_of_call)
        assert open_alarms(staffed) == []
        line.ends(sid)
        line.counter.clock.pass_by(minutes=1)

        looks(staffed, 1, subject=line.person(ANN))

        assert open_alarms(staffed) == [(Kind.OUTSIDE, "anna", 1)]

    def test_whom_they_never_met_they_may_not_look_at_in_a_call_either(self, line: Line, staffed: Store) -> None:
        line.hears(line.talk(), screen_of_call)

        looks(staffed, 1, subject="a stranger")

        assert open_alarms(staffed) == [(Kind.OUTSIDE, "anna", 1)]

    def test_who_listens_again_needs_no_call(self, line: Line, staffed: Store) -> None:
        line.sits()
        for at in ("review", "recording"):
            looks(staffed, 1, at=at)
        with staffed.work() as work:
            assert listen(work, "RE1", "staff:anna", "review") is Unplayable.UNKNOWN

        assert open_alarms(staffed) == []


class TestOfOfficers:
    def test_a_list_typed_in_within_an_hour_is_noticed(self, on_shift: Counter) -> None:
        on_shift.clock.now = on_shift.clock.now.replace(minute=10)
        inspects(on_shift, AN_HOUR)
        assert open_alarms(on_shift.store) == []
        inspects(on_shift, 1)

        assert open_alarms(on_shift.store) == [(Kind.PACE, officer_id(on_shift), AN_HOUR + 1)]

    def test_as_many_in_two_hours_are_work(self, on_shift: Counter) -> None:
        inspects(on_shift, AN_HOUR)
        on_shift.clock.pass_by(hours=1)
        inspects(on_shift, AN_HOUR)

        assert open_alarms(on_shift.store) == []

    def test_unknown_and_mistyped_ones_add_up(self, on_shift: Counter) -> None:
        inspects(on_shift, MISSES, "mistyped")
        inspects(on_shift, 1, "unknown")
        inspects(on_shift, 5, "expired")

        (alarm,) = self.read(on_shift.store)

        assert (alarm.kind, alarm.count, alarm.whom.name, alarm.whom.phone) == (Kind.MISSES, 21, "Unit 1", OFFICER)
        assert alarm.first_at <= alarm.last_at <= on_shift.clock.now

    def read(self, store: Store) -> list[Any]:
        with store.reading() as work:
            return alarms(work)


class TestLookedInto:
    def test_it_is_counted_anew_from_then_on(self, staffed: Store, counter: Counter) -> None:
        looks(staffed, LOOKS + 5, "clara")
        assert settles(staffed, Kind.LOOKS, "clara") is Settled.KEPT
        assert open_alarms(staffed) == [] and settles(staffed, Kind.LOOKS, "clara") is Settled.GONE
        counter.clock.pass_by(minutes=1)
        looks(staffed, LOOKS, "clara")
        assert open_alarms(staffed) == []

        looks(staffed, 1, "clara")

        assert open_alarms(staffed) == [(Kind.LOOKS, "clara", LOOKS + 1)]

    def test_an_officers_too(self, on_shift: Counter) -> None:
        employs(on_shift.store, BOSS, "supervisor")
        inspects(on_shift, AN_HOUR + MISSES + 1, "mistyped")
        who = officer_id(on_shift)

        for kind in (Kind.PACE, Kind.MISSES):
            assert settles(on_shift.store, kind, who) is Settled.KEPT

        assert open_alarms(on_shift.store) == []

    def test_who_looked_into_it_and_why_is_read_and_audited(self, line: Line, staffed: Store) -> None:
        looks(staffed, LOOKS + 1, "clara")
        settles(staffed, Kind.LOOKS, "clara")

        with staffed.reading() as work:
            (note,) = notes(work)
            row = work.row(select(SettledAlarm.__table__))  # type: ignore[attr-defined]
        assert (note.kind, note.whom.name, note.count, note.by) == (Kind.LOOKS, "clara", LOOKS + 1, BOSS)
        assert note.note == "Обучала новых" and "Обучала".encode() not in row.note_sealed
        assert line.audited("alarm.looked_into") == [(f"staff:{BOSS}", "clara")]

    def test_nobody_looks_into_an_alarm_about_themselves(self, line: Line, staffed: Store) -> None:
        looks(staffed, LOOKS + 1, BOSS)

        assert settles(staffed, Kind.LOOKS, BOSS) is Settled.OWN

        assert open_alarms(staffed) == [(Kind.LOOKS, BOSS, LOOKS + 1)]
        assert line.audited("alarm.refused") == [(f"staff:{BOSS}", BOSS)]

    def test_a_day_later_the_note_is_gone_from_the_page(self, staffed: Store, counter: Counter) -> None:
        looks(staffed, LOOKS + 1, "clara")
        settles(staffed, Kind.LOOKS, "clara")
        counter.clock.pass_by(seconds=(DAY + timedelta(minutes=1)).total_seconds())

        with staffed.reading() as work:
            assert notes(work) == [] and alarms(work) == []


@pytest.mark.parametrize("kind", Kind)
def test_an_index_answers_and_no_table_is_read_whole(staffed: Store, kind: Kind) -> None:
    assert kind in THRESHOLDS and SPAN == DAY
    with staffed.reading() as work:
        plan = explained(work, kind)

    if work.connection.dialect.name == "sqlite":
        wanted = "audit_entry_watched" if kind in (Kind.LOOKS, Kind.SEARCHES, Kind.OUTSIDE) else "PRIMARY KEY"
        assert wanted in plan and "SCAN audit_entry" not in plan and "SCAN inspection" not in plan
    else:
        wanted = "audit_entry_watched" if kind in (Kind.LOOKS, Kind.SEARCHES, Kind.OUTSIDE) else "inspection_pkey"
        assert wanted in plan and "Seq Scan on audit_entry" not in plan and "Seq Scan on inspection" not in plan
    if kind is Kind.OUTSIDE:
        assert "call_look_whom" in plan


def explained(work: Work, kind: Kind) -> str:
    """The plan; on PostgreSQL as for tables that are too large to be read whole."""
    statement = counting(kind, work.now).compile(work.connection, compile_kwargs={"literal_binds": True})
    head = "EXPLAIN QUERY PLAN " if work.connection.dialect.name == "sqlite" else "EXPLAIN "
    if work.connection.dialect.name == "postgresql":
        for way in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin"):
            work.connection.execute(text(f"SET LOCAL {way} = off"))
    found = work.connection.exec_driver_sql(head + str(statement).replace("%", "%%"))
    return "\n".join(str(part) for row in found for part in row)


def search(work: Work, attended: Attended) -> None:
    assert find_caller(work, attended, "+79990000077", "1111111111", LookReason.OTHER_NUMBER) is None


def screen_of_call(work: Work, attended: Attended) -> None:
    screen_of(work, attended)
