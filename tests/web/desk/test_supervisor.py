"""The supervisors' pages: the team, locked officers, alarms. Calls to hear are in test_hearing_again.py."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from codes.desk.alarms import LOOKS, MISSES
from codes.desk.team import QUARTER, Quarter
from codes.looking import note_look
from codes.police.officers import enroll
from store import Store
from store.officers import Inspection, Officer
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, OFFICER
from tests.codes.line import Line
from tests.stories.desk import AgentAtDesk
from tests.web.auditing import entries
from tests.web.reading import csrf
from web.supervision.picture import picture

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class TestTeam:
    def test_before_anybody_came_it_says_what_will_be_there(self, boss: AgentAtDesk) -> None:
        boss.opens("/desk/team")

        assert "Nobody has been at the desk yet." in boss.reads
        assert "From the first call on there is a picture" in boss.reads

    def test_agents_the_line_and_the_day_are_seen_and_no_caller(
        self, boss: AgentAtDesk, anna: AgentAtDesk, picked: str, line: Line
    ) -> None:
        line.talk(BOB, "boris")
        line.counter.clock.pass_by(minutes=2)
        line.rings("+79990000003", "tt")

        boss.opens("/desk/team")

        assert "Anna Away" in boss.reads and "boris With a caller, 2:00" in boss.reads
        assert "Waiting in the line 1" in boss.reads and "Speak Tatar 1" in boss.reads
        assert "Anna 1 3:00 Pass issued: 1" in boss.reads
        assert "team-chart__reached" in boss.html and 'role="img"' in boss.html and "The same as a table" in boss.reads
        assert not any(told in boss.html for told in (picked, "Иванов", "2506", "+7999"))

    def test_its_parts_are_sent_only_where_they_changed(self, boss: AgentAtDesk, line: Line) -> None:
        for part in ("/desk/team/now", "/desk/team/day"):
            first = boss.client.get(part)
            tag = {"If-None-Match": first.headers["ETag"]}
            assert boss.client.get(part, headers=tag).status_code == 304
            line.rings()
            assert boss.client.get(part, headers=tag).status_code == 200

    def test_who_forgot_to_leave_is_sent_away(self, boss: AgentAtDesk, line: Line, store: Store) -> None:
        line.sits()
        form = boss.opens("/desk/team").fills("/away")

        assert "Sent away." in boss.submits(form).reads and "anna Away" in boss.reads
        line.sits()
        boss.submits(form)

        assert "anna Waits for a caller" in boss.opens("/desk/team").reads
        assert entries(store, "agent.sent_away") == [(f"staff:{boss.person.id}", "anna", {})]

    def test_who_has_a_caller_by_now_stays(self, boss: AgentAtDesk, line: Line) -> None:
        line.sits()
        form = boss.opens("/desk/team").fills("/away")
        line.joins("anna", line.rings())

        assert "They have a caller by now" in boss.submits(form).reads


class TestOfficers:
    def test_locked_ones_are_listed_by_unit_and_let_go_on(self, boss: AgentAtDesk, store: Store, clock: Clock) -> None:
        assert "No officer is locked." in boss.opens("/desk/officers").reads
        with store.work() as work:
            ids = [
                enroll(work, number, unit, "4821", None, "tests")
                for number, unit in ((OFFICER, "Unit 2"), (ANN, "Unit 1"))
            ]
            for officer_id, given in zip(ids, ({"wrong_pins": 5}, {"unknown_codes": 3}), strict=True):
                work.run(update(Officer).where(col(Officer.id) == officer_id), locked_at=work.now, **given)

        boss.opens("/desk/officers")

        assert boss.reads.index("Unit 1") < boss.reads.index("Unit 2") and "+7…0009" in boss.reads
        assert "5 wrong PINs in a row" in boss.reads and "3 codes that nobody has" in boss.reads
        assert OFFICER not in boss.html and ANN not in boss.html
        form = boss.fills(f"/{ids[0]}/unlock", 0, **{f"unlock_{ids[0]}_why": "unit_confirms"})
        assert "Unlocked." in boss.submits(form).reads and "Unit 2" not in boss.reads
        assert entries(store, "officer.unlocked") == [(f"staff:{boss.person.id}", ids[0], {"why": "unit_confirms"})]


class TestAlarms:
    @one_database
    def test_without_any_it_says_what_would_be_there(self, boss: AgentAtDesk) -> None:
        assert "No alarm." in boss.opens("/desk/alarms").reads

    def test_they_are_shown_with_numbers_and_looked_into_with_a_note(
        self, boss: AgentAtDesk, agent: object, anna: AgentAtDesk, store: Store
    ) -> None:
        with store.work() as work:
            for _ in range(LOOKS + 1):
                note_look(work, "person", f"staff:{anna.person.id}", "call", "recording")
        boss.opens("/desk/alarms")
        assert f"Anna {LOOKS + 1} Many looks at people's data" in boss.reads and "Between" in boss.reads
        assert "Write what you found" in boss.sends(anna.person.id).reads and boss.status == 422

        boss.sends(anna.person.id, 0, **{f"looks_{anna.person.id}_note": "Учебный день"})

        assert "Noted." in boss.reads and "No alarm." in boss.reads and "Учебный день" in boss.reads
        assert entries(store, "alarm.looked_into") == [
            (f"staff:{boss.person.id}", anna.person.id, {"kind": "looks", "count": LOOKS + 1})
        ]

    @one_database
    def test_officers_stand_there_by_unit(self, boss: AgentAtDesk, store: Store) -> None:
        with store.work() as work:
            officer = enroll(work, OFFICER, "Unit 1", "4821", None, "tests")
            for _ in range(MISSES + 1):
                given = {"asked_index": b"x", "channel": "text", "seen_at": work.now, "stored_at": work.now}
                work.insert(Inspection, id=work.new_id(), officer_id=officer, verdict="mistyped", **given)

        boss.opens("/desk/alarms")

        assert "Unit 1, +7…0009 21 Many unknown or mistyped codes" in boss.reads and OFFICER not in boss.html

    @one_database
    def test_ones_own_is_for_somebody_else(self, boss: AgentAtDesk, store: Store) -> None:
        with store.work() as work:
            for _ in range(LOOKS + 1):
                note_look(work, "person", f"staff:{boss.person.id}", "review", "review")

        boss.opens("/desk/alarms")

        assert "somebody else looks into it" in boss.reads and "<textarea" not in boss.html

    @one_database
    def test_there_are_no_other_kinds(self, boss: AgentAtDesk) -> None:
        token = csrf(boss.client, "/account")

        assert boss.client.post("/desk/alarms/nothing/1", data={"csrf_token": token}).status_code == 404


@one_database
def test_the_picture_covers_whole_hours_and_stacks_what_came(clock: Clock, line: Line) -> None:
    begins_at = clock.now.replace(minute=45, second=0, microsecond=0)
    zone = line.counter.who(ANN).terms.regime.zone
    busy = Quarter(begins_at, 2, 1, 1, timedelta(minutes=5))
    calm = Quarter(begins_at + QUARTER, 0, 0, 0, timedelta())

    drawn = picture([busy, calm], zone)

    assert drawn and (drawn.quarters, drawn.most, drawn.longest) == (16, 4, timedelta(minutes=5))
    assert [(bar.kind, bar.top, bar.high) for bar in drawn.calls] == [
        ("reached", 50, 50),
        ("waiting", 25, 25),
        ("lost", 0, 25),
    ]
    assert [bar.high for bar in drawn.waits] == [100] and 3 <= drawn.calls[0].left < 4
    assert [hour.minute for hour in drawn.hours] == [0, 0, 0] and picture([], zone) is None
