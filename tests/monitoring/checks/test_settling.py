"""The end of a check: a receipt with its time, a person where need be, and an entry; once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Row, update
from sqlmodel import col

from codes.regimes import in_force
from language.wording import say
from monitoring.checks.settling import settle
from store.audit import AuditEntry
from store.checks import PresenceCheck
from store.messages import OutboxMessage
from tests.monitoring.checks.ward import Ward

ANSWERED = datetime(2026, 6, 3, 9, 14, tzinfo=UTC)  # 12:14 in Kazan


def answered(ward: Ward) -> Row[Any]:
    """A check to which everything came at 12:14."""
    check_id = ward.asked()
    ward.clock.now = ANSWERED
    with ward.store.work() as work:
        told = {"state": "answered", "answered_at": work.now, "due_at": None}
        work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), **told)
    return ward.check(check_id)


def said(ward: Ward) -> str:
    """The last text in Russian."""
    template, fields = ward.texts()[-1]
    with ward.store.reading() as work:
        return say(template, "ru", in_force(work).regime, now=work.now, **fields)


@pytest.mark.parametrize(
    ("state", "outcome", "words"),
    [
        ("passed", "match", "Получено в 12:14, принято. Спасибо."),
        ("failed", "no_match", "Получено в 12:14. Фото не похоже на первое. Сотрудник посмотрит и напишет вам."),
        ("unclear", "quality", "Получено в 12:14. Фото трудно разглядеть. Сотрудник посмотрит и напишет вам."),
        ("failed", "outside", "Получено в 12:14. Место не похоже на ваш дом. Сотрудник посмотрит и напишет вам."),
        ("unclear", "something_new", "Получено в 12:14. Сотрудник посмотрит и напишет вам."),
    ],
)
def test_an_answer_gets_a_receipt_with_its_time_what_was_wrong_and_what_comes_next(
    ward: Ward, state: str, outcome: str, words: str
) -> None:
    check = answered(ward)
    ward.clock.pass_by(minutes=1)

    with ward.store.work() as work:
        assert settle(work, check, state, outcome, by="service")

    assert said(ward) == words
    assert ward.alerts() == ([] if state == "passed" else [(state, None)])


def test_a_check_ends_once(ward: Ward) -> None:
    check = answered(ward)

    with ward.store.work() as work:
        assert settle(work, check, "passed", "match", position_kind="inside")
    with ward.store.work() as work:
        assert not settle(work, check, "failed", "no_match")

    found = ward.check(check.id)
    assert (found.state, found.outcome, found.position_kind) == ("passed", "match", "inside")
    assert [one.action for one in ward.rows(AuditEntry)].count("check.settled") == 1
    assert ward.alerts() == []


@pytest.mark.parametrize(("late_min", "due"), [(10, 0), (60, 22)])
def test_a_receipt_at_night_goes_out_only_to_who_is_awake(ward: Ward, late_min: int, due: int) -> None:
    """An answer read at once is answered at once; one read hours later waits for the morning."""
    check = answered(ward)
    night = datetime(2026, 6, 3, 20, 0, tzinfo=UTC)
    with ward.store.work() as work:
        work.run(update(PresenceCheck), answered_at=night)
    ward.clock.now = night
    ward.clock.pass_by(minutes=late_min)

    with ward.store.work() as work:
        settle(work, ward.check(check.id), "passed", "match")

    last = [one for one in ward.rows(OutboxMessage) if one.template == "check_passed"]
    morning = datetime(2026, 6, 4, 5, 0, tzinfo=UTC)
    assert [one.due_at for one in last] == [morning if due else ward.clock.now]
