"""Patients who can't read texts hear on a call what others are texted: once they proved who they are, by day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import Fact, raise_alert
from monitoring.cases.watched import WatchedCase, cases_on
from monitoring.duty.deciding import Decided, Decision, Given, decide
from monitoring.duty.telling import tell_doubts
from monitoring.notices.ringing import MOST_TRIES, ring_for_notices
from monitoring.patients.leaving import end_case
from store import Store
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.messages import OutboxMessage
from store.notices import SpokenNotice
from store.phones import ensure_phone
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.test_at_home import URL, alerts, kept, told_to_stay

Deliver = Callable[[], None]
TAIL, WHY = "последние четыре цифры документа", "Объясните почему"


@pytest.fixture
def zoya(registered: Handset, store: Store) -> Handset:
    """An old woman in bed, without a smartphone: she is rung."""
    told_to_stay(store, registered, means="call")
    return registered


def case_on(store: Store, phone: Handset) -> WatchedCase:
    with store.reading() as work:
        (case,) = cases_on(work, ensure_phone(work, phone.number))
    return case


def miss(store: Store, phone: Handset) -> None:
    """A check of this morning that nobody answered, and whoever tells patients of doubts."""
    with store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, phone.number))
        check_id, asked = work.new_id(), work.now - timedelta(hours=2)
        alert_id = raise_alert(work, case, "missed", [Fact("check", check_id)])
        times = {"planned_at": asked, "asked_at": asked, "window_ends_at": asked + timedelta(hours=1)}
        given = {"origin": "schedule", "means": "call", "state": "missed", "step": 5, "attempts": 0}
        work.insert(PresenceCheck, id=check_id, case_id=case.id, alert_id=alert_id, **given, **times)
    tell_doubts(store, URL)


def rings(store: Store, delivers: Deliver) -> int:
    rung = ring_for_notices(store)
    delivers()
    return rung


def doubt(store: Store) -> Row[Any]:
    with store.reading() as work:
        row: Row[Any] = work.row(select(table(Alert)).where(col(Alert.kind) == "missed"))
    return row


def test_a_doubt_is_told_on_a_call_after_a_proof_and_the_time_to_answer_begins_then(
    zoya: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    miss(store, zoya)
    assert doubt(store).told_at is None

    rings(store, delivers)
    clock.pass_by(minutes=5)
    call = zoya.answers().hears("Для вас сообщение", TAIL)
    assert "дома" not in " ".join(call.heard) and "проверк" not in " ".join(call.heard)
    call.presses("2506").hears("Мы не застали вас", WHY, "до 12 часов 5 минут", "Срочная помощь: девять")

    with store.reading() as work:
        hours = in_force(work).regime.isolation.answer_hours
    told = doubt(store)
    assert (told.told_at, told.answer_by) == (clock.now, clock.now + timedelta(hours=hours))

    call.says("я ходила вынести мусор").hears("Ваш ответ записан", "До свидания")
    assert kept(store, zoya) == [("reply", "voice", "я ходила вынести мусор")]
    assert doubt(store).answered_at == clock.now


def test_the_digits_may_be_said_and_what_is_said_by_the_way_is_heard(
    zoya: Handset, store: Store, delivers: Deliver
) -> None:
    miss(store, zoya)
    rings(store, delivers)

    zoya.answers().says("два пять ноль шесть").hears(WHY).says("меня увезли в больницу").hears("Записали")

    assert [kind for kind, _, _ in kept(store, zoya)] == ["hospital"]


def test_nobody_else_hears_it_and_after_the_tries_a_person_is_asked_to_tell(
    zoya: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    miss(store, zoya)

    rung = 0
    for _ in range(MOST_TRIES + 2):
        if rings(store, delivers):
            rung += 1
            call = zoya.answers()
            call.presses("1111").presses("2222") if rung < MOST_TRIES else call.stays_silent().stays_silent()
            assert WHY not in " ".join(call.heard)
            call.hangs_up() if not call.ended else None
        clock.pass_by(minutes=61)

    assert rung == MOST_TRIES and doubt(store).told_at is None
    assert sorted(alerts(store)) == ["missed", "not_told"]


def test_at_night_nobody_is_rung_and_a_call_of_the_evening_is_not_made_later(
    zoya: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    clock.now = clock.now.replace(hour=18, minute=58)  # two minutes before quiet hours in Kazan
    miss(store, zoya)
    assert ring_for_notices(store) == 1
    clock.pass_by(minutes=3)
    delivers()

    with store.reading() as work:
        (owed,) = work.rows(select(table(OutboxMessage)))
    assert (owed.state, zoya.rings) == ("failed", None)

    clock.pass_by(hours=1)
    assert rings(store, delivers) == 0
    clock.now = clock.now.replace(hour=5, minute=1) + timedelta(days=1)
    assert rings(store, delivers) == 1
    zoya.answers().presses("2506").hears(WHY)


def test_one_key_has_a_person_ring_and_another_calls_for_help(
    zoya: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    miss(store, zoya)
    rings(store, delivers)
    zoya.answers().presses("2506").presses("9").hears("1 1 2").hangs_up()
    assert "sos" in alerts(store)

    with store.work() as work:
        work.run(update(SpokenNotice), heard_at=None, due_at=work.now)
        work.run(update(Alert).where(col(Alert.kind) == "missed"), untold_at=work.now)
    rings(store, delivers)
    zoya.answers().presses("#").stays_silent().hears("Сотрудник вам позвонит")

    clock.pass_by(hours=2)
    assert "call_wanted" in alerts(store) and rings(store, delivers) == 0


def test_a_decision_is_said_with_the_words_of_the_officer_and_so_is_the_end(
    zoya: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    miss(store, zoya)
    rings(store, delivers)
    zoya.answers().presses("2506").hangs_up()
    clock.pass_by(hours=25)
    with store.work() as work:
        given = Given(Decision.WARN, "seen", "Мы звонили вам трижды, и никто не подошёл к телефону.")
        assert isinstance(decide(work, doubt(store).id, given, "staff:dora"), Decided)

    rings(store, delivers)
    call = zoya.answers().presses("2506").hears("Это предупреждение", "никто не подошёл к телефону", "жалобу")
    call.hangs_up()

    with store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, zoya.number))
        end_case(work, in_force(work).regime, case, "recovered", "well", "staff:clinician")
    rings(store, delivers)
    zoya.answers().presses("2506").hears("Вам больше не нужно")
    assert len(zoya.inbox) == 1  # that she is registered


def test_who_rings_us_and_proves_who_they_are_hears_what_waits(zoya: Handset, store: Store) -> None:
    miss(store, zoya)

    zoya.calls().presses("*").stays_silent().presses("1").presses("2506").hears("Мы не застали вас", "дома")

    assert doubt(store).told_at is not None


def test_what_a_person_told_meanwhile_is_not_rung_for(
    zoya: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    miss(store, zoya)
    with store.work() as work:
        work.run(update(Alert), untold_at=None)

    assert rings(store, delivers) == 0


def test_an_answer_by_text_to_a_doubt_is_kept_too(registered: Handset, store: Store) -> None:
    told_to_stay(store, registered)
    assert not registered.text("выносила мусор во двор").startswith("Записали")
    miss(store, registered)
    tell_doubts(store, URL)

    assert registered.text("выносила мусор во двор") == "Записали ваш ответ. Сотрудник прочтёт его до решения."
    assert registered.text("цель 8") == (
        "Пропуска нет: вам предписано быть дома. Не согласны? ЖАЛОБА и текст "
        "Записали ваш ответ. Сотрудник прочтёт его до решения."
    )
    registered.text("ходила в аптеку")
    assert {words for _, _, words in kept(store, registered)} == {
        "выносила мусор во двор",
        "цель 8",
        "ходила в аптеку",
    }
    assert registered.text("СТАТУС").startswith("Оставайтесь дома")
