"""Each step of a check once: however often it is tried, from however many hosts, and whoever is killed in it."""

from collections import Counter
from threading import Thread

import pytest

from monitoring.checks.ladder import take_step
from store.audit import AuditEntry
from tests.monitoring.checks.ward import PUBLIC_URL, Ward


def test_each_step_is_taken_once_however_often_it_is_tried(ward: Ward) -> None:
    check_id = ward.asked()

    for _ in range(70):
        ward.clock.pass_by(minutes=1)
        for _ in range(3):
            with ward.store.work() as work:
                take_step(work, check_id, PUBLIC_URL)

    assert ward.templates() == ["check_due", "check_reminder", "presence", "check_again"]
    assert [one.action for one in ward.rows(AuditEntry) if one.action == "check.settled"] == ["check.settled"]
    assert ward.alerts() == [("missed", None)]


def test_two_hosts_at_once_take_a_step_once(ward: Ward) -> None:
    checks = [ward.challenge(ward.admit(f"+7999000{number:04}")) for number in range(1, 9)]

    for minutes in (0, 30, 30):
        ward.clock.pass_by(minutes=minutes)
        threads = [Thread(target=ward.work_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert Counter(ward.templates()) == {"check_due": 8, "check_reminder": 8}
    assert {ward.check(check_id).state for check_id in checks} == {"missed"}
    assert ward.alerts() == [("missed", None)] * 8


@pytest.mark.parametrize("minutes", [0, 30, 40, 50, 60])
def test_who_was_killed_in_a_step_left_nothing_and_the_step_is_taken_again(ward: Ward, minutes: int) -> None:
    check_id = ward.challenge(ward.admit())
    if minutes:
        ward.work_on()
    before = ward.templates()
    ward.clock.pass_by(minutes=minutes)

    with pytest.raises(KeyboardInterrupt):
        _die_in_the_step(ward, check_id)
    assert ward.templates() == before and ward.alerts() == []

    ward.work_on()
    assert (ward.templates(), ward.alerts()) != (before, [])


def _die_in_the_step(ward: Ward, check_id: str) -> None:
    with ward.store.work() as work:
        take_step(work, check_id, PUBLIC_URL)
        raise KeyboardInterrupt
