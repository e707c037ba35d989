"""Planning: the coming hours as rows, once, on however many hosts; what an auditor reckons is what was planned."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

from monitoring.checks.planning import plan_checks, scheduled_times
from store.checks import PresenceCheck
from tests.monitoring.checks.ward import WINDOW, Ward

FORTNIGHT = 14


def planned(ward: Ward) -> list[datetime]:
    return sorted(one.planned_at for one in ward.rows(PresenceCheck))


def reckoned(ward: Ward, case_id: str, days: int = FORTNIGHT) -> list[datetime]:
    """What the seed says of the days from today on."""
    first = ward.clock.now.date()
    with ward.store.reading() as work:
        case = ward.case(case_id)
        return [one for n in range(days) for one in scheduled_times(work, case, first + timedelta(days=n))]


def test_what_is_planned_over_a_fortnight_is_what_the_seed_says(ward: Ward) -> None:
    case_id = ward.admit()
    expected = reckoned(ward, case_id, FORTNIGHT + 1)

    for _ in range(FORTNIGHT * 8 + 8):
        ward.plan()
        ward.clock.pass_by(hours=3)

    assert planned(ward) == expected and len(expected) > FORTNIGHT
    assert all(one.due_at == one.planned_at and one.state == "planned" for one in ward.rows(PresenceCheck))


def test_only_the_coming_hours_are_planned_and_each_moment_once(ward: Ward) -> None:
    ward.admit()

    assert ward.plan() == 1
    first = planned(ward)
    assert ward.plan() == 0
    threads = [Thread(target=plan_checks, args=(ward.store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert planned(ward) == first
    assert all(one < ward.clock.now + timedelta(hours=6) for one in first)


def test_two_hosts_that_plan_at_once_plan_one_schedule(ward: Ward) -> None:
    cases = [ward.admit(f"+7999000{number:04}") for number in range(1, 9)]
    expected = sorted(
        one for case_id in cases for one in reckoned(ward, case_id, 1) if one < ward.clock.now + timedelta(hours=6)
    )

    threads = [Thread(target=plan_checks, args=(ward.store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert planned(ward) == expected


def test_nothing_is_planned_before_enrolment_after_the_end_or_of_a_closed_case(ward: Ward) -> None:
    pending = ward.admit("+79990000001", enrolled=False)
    short = ward.admit("+79990000002", days=1)
    closed = ward.admit("+79990000003")
    ward.change_case(closed, closed_at=ward.clock.now, closed_by="tests", closing="recovered")

    for _ in range(24):
        ward.plan()
        ward.clock.pass_by(hours=3)

    ends_at = ward.case(short).ends_at
    assert ends_at is not None
    assert {one.case_id for one in ward.rows(PresenceCheck)} <= {short}
    assert all(one + WINDOW <= ends_at for one in planned(ward))
    assert reckoned(ward, pending) == []


def test_a_patient_enrolled_in_the_evening_is_not_asked_for_the_morning(ward: Ward) -> None:
    case_id = ward.admit()
    evening = datetime(2026, 6, 3, 17, 30, tzinfo=UTC)
    ward.change_case(case_id, enrolled_at=evening)

    with ward.store.reading() as work:
        times = scheduled_times(work, ward.case(case_id), date(2026, 6, 3))

    assert all(one >= evening for one in times)


def test_who_is_visited_is_visited_once_a_day(ward: Ward) -> None:
    ward.admit(means="visit")

    for _ in range(FORTNIGHT * 8):
        ward.plan()
        ward.clock.pass_by(hours=3)

    days = [one.date() for one in planned(ward)]
    assert len(days) == len(set(days)) >= FORTNIGHT - 2


def test_a_new_order_counts_from_its_first_whole_day(ward: Ward) -> None:
    case_id = ward.admit()
    before = reckoned(ward, case_id, 1)
    ward.put_in_force(more="\n[isolation]\nchecks_a_day = 0\n")

    assert reckoned(ward, case_id, 1) == before
    ward.clock.pass_by(days=1)
    assert reckoned(ward, case_id, 3) == []
