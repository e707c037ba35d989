"""What is known of somebody goes when they ask, or when its time is over; limits and the audit go on."""

import threading
from typing import Any

from sqlalchemy import LargeBinary, select

from codes.fields import Field
from codes.listing import Wanted
from codes.listing import passes as listed_passes
from codes.meeting import meet
from codes.outcomes import Grant, Refusal, RefusalReason, VerdictKind
from codes.people import add_person
from codes.police.inspecting import inspect
from codes.police.sought import sought_codes
from codes.review.appeals import file_appeal
from codes.rights.deleting import Obstacle, Why, delete_person, hold
from monitoring.cases.closing import stop_case
from monitoring.cases.listing import listed_cases
from monitoring.cases.opening import open_case
from monitoring.cases.watched import cases_of
from store.audit import AuditEntry
from store.columns import table
from store.passes import Pass
from store.people import Person, Phone
from store.phones import find_phone
from store.tables import METADATA
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, OFFICER, Counter
from tests.codes.rights.deleting import DOCUMENT, NAME, deletes, leaves, opened


def test_afterwards_nothing_of_them_opens_under_any_key(counter: Counter, clock: Clock) -> None:
    granted = counter.grant(ANN, 8)
    before = opened(counter.store)
    clock.pass_by(days=1)

    assert deletes(counter) == []

    after = opened(counter.store)
    assert all(one in before for one in (NAME, DOCUMENT, "2506", granted.code.replace("-", "")))
    assert not [one for one in (NAME, "Иванова", DOCUMENT, "2506", granted.code.replace("-", "")) if one in after]
    assert "Петров" in after


def test_neither_the_document_nor_a_car_is_found_any_more(counter: Counter, clock: Clock) -> None:
    counter.grant(ANN, 8)
    clock.pass_by(days=1)
    deletes(counter)

    with counter.store.reading() as work:
        index = work.keys.blind("document", DOCUMENT)
        everywhere = [
            (one.name, column.name)
            for one in METADATA.sorted_tables
            for column in one.columns
            if isinstance(column.type, LargeBinary)
            for row in work.rows(select(column))
            if row[0] == index
        ]
    assert set(everywhere) <= {("quota_slot", "holder"), ("pass", "quota_holder")}


def test_a_limit_goes_on_after_deleting_and_registering_anew(counter: Counter, clock: Clock) -> None:
    for purpose in (8, 3):
        counter.grant(ANN, purpose)
        counter.cancel(ANN)
    clock.pass_by(minutes=20)
    for purpose in (8, 3):
        answer = counter.ask(ANN, purpose)
        if isinstance(answer, Grant):
            counter.cancel(ANN)
    assert deletes(counter) == []

    counter.introduce(ANN, name=NAME, document=DOCUMENT)
    answer = counter.ask(ANN, 7)

    assert isinstance(answer, Refusal) and answer.reason is RefusalReason.QUOTA


def test_a_live_pass_stands_against_it_until_its_end(counter: Counter) -> None:
    granted = counter.grant(ANN, 8)

    assert deletes(counter) == [Obstacle(Why.LIVE_PASS, granted.valid_until)]
    assert counter.who(ANN).holders[0].details[Field.NAME] == NAME


def test_an_open_case_and_an_open_appeal_stand_against_it(counter: Counter) -> None:
    with counter.store.work() as work:
        meeting = meet(work, ANN)
        open_case(work, meeting.holders[0].id, "contact", "tests")
        file_appeal(work, meeting.phone, "why")

    assert [one.why for one in deletes(counter)] == [Why.OPEN_CASE, Why.OPEN_APPEAL]


def test_a_block_can_not_be_got_rid_of(counter: Counter) -> None:
    with counter.store.work() as work:
        work.run(table(Person).update(), blocked_at=work.now)
        work.run(table(Phone).update(), blocked_at=work.now)

    assert [one.why for one in deletes(counter)] == [Why.BLOCKED]
    assert [one.why for one in leaves(counter)] == [Why.BLOCKED]


def test_an_officers_telephone_is_not_deleted(on_shift: Counter) -> None:
    assert [one.why for one in leaves(on_shift, OFFICER)] == [Why.WORKS_HERE]


def test_whom_they_care_for_goes_with_them(counter: Counter, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    with counter.store.work() as work:
        meeting = meet(work, ANN)
        add_person(work, meeting.phone, {Field.NAME: "Иванова Маша"}, meeting.holders[0].id)

    deletes(counter)

    assert counter.who(ANN).holders == ()


def test_nobody_elses_person_is_deleted(counter: Counter) -> None:
    bobs = counter.who(BOB).holders[0].id
    with counter.store.work() as work:
        known = find_phone(work, ANN)
        assert known
        came = delete_person(work, hold(work, known.id, ANN), bobs)

    assert [one.why for one in came] == [Why.NOBODY]
    assert counter.who(BOB).holders[0].details


def test_an_officer_is_told_that_the_old_pass_is_over_and_no_name(on_shift: Counter, clock: Clock) -> None:
    granted = on_shift.grant(ANN, 8)
    clock.pass_by(hours=5)
    deletes(on_shift)

    with on_shift.store.work() as work:
        met = meet(work, OFFICER)
        assert met.officer
        (verdict,) = inspect(
            work, met.terms, met.officer, sought_codes([granted.code], met.terms), "en", "text"
        ).verdicts

    assert (verdict.kind, verdict.initials, verdict.document_tail) == (VerdictKind.EXPIRED, "", "")


def test_it_is_said_by_text_and_audited_without_personal_data(counter: Counter) -> None:
    deletes(counter)

    assert [(phone, name) for phone, name, _ in counter.owed()] == [(ANN, "data_deleted")]
    with counter.store.reading() as work:
        (entry,) = work.rows(select(AuditEntry).where(table(AuditEntry).c.action == "person.destroyed"))
    assert (entry.actor[:6], entry.details) == ("phone:", "{}")


def test_of_deleting_and_issuing_at_once_one_comes_first(counter: Counter, clock: Clock) -> None:
    """Never a live pass of somebody who is deleted."""
    for turn in range(5):
        phone = f"+7999000010{turn}"
        counter.introduce(phone, name=NAME, document=f"92196325{turn:02}")
        outcomes: list[Any] = []
        start = threading.Barrier(2)

        def ask(phone: str = phone, start: Any = start, outcomes: list[Any] = outcomes) -> None:
            start.wait()
            try:
                outcomes.append(counter.ask(phone, 8))
            except IndexError:
                outcomes.append(None)

        def delete(phone: str = phone, start: Any = start, outcomes: list[Any] = outcomes) -> None:
            start.wait()
            outcomes.append(deletes(counter, phone))

        threads = [threading.Thread(target=ask), threading.Thread(target=delete)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        granted = any(isinstance(one, Grant) for one in outcomes)
        gone = counter.who(phone).holders == ()
        assert len(outcomes) == 2 and granted is not gone
    with counter.store.reading() as work:
        live = work.rows(select(Pass.__table__).where(table(Pass).c.valid_until > work.now))  # type: ignore[attr-defined]
        people = {row.id: row for row in work.rows(select(Person))}
    assert not [row for row in live if people[row.person_id].destroyed_at]


def test_lists_say_of_old_passes_and_cases_that_their_holder_is_deleted(counter: Counter, clock: Clock) -> None:
    counter.grant(ANN, 8)
    with counter.store.work() as work:
        one = meet(work, ANN).holders[0].id
        open_case(work, one, "contact", "tests")
        stop_case(work, cases_of(work, [one])[0], "ended", "over", "tests")
    clock.pass_by(days=1)
    deletes(counter)

    passes = [one.holder_name for one in listed_passes(counter.store, Wanted())]
    with counter.store.reading() as work:
        cases = [
            (one.person.name, one.person.document_tail, one.case.details.reason)
            for one in listed_cases(work, open_only=False)
        ]

    assert passes == ["(deleted)"] and cases == [("(deleted)", "", "")]
