"""Patients at home on calls: rung and asked for a number, told of their link; the same words by keys and speech."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from monitoring.checks.ladder import go_on
from store import Store
from store.checks import PresenceCheck
from store.columns import table
from store.messages import OutboxMessage
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.voice.phoning import PhoneCall
from tests.clock import Clock
from tests.stories.test_at_home import URL, alerts, ask, kept, told_to_stay

Deliver = Callable[[], None]
PAUSED = "Проверки приостановлены"


def spoken_number(call: PhoneCall) -> str:
    """The digits that were heard."""
    heard = " ".join(call.heard)
    return "".join(sign for sign in heard.partition("Наберите это число")[2].partition(".")[0] if sign.isdigit())


def check(store: Store) -> tuple[str, str | None]:
    """The one check: its state and outcome."""
    with store.reading() as work:
        (row,) = work.rows(select(table(PresenceCheck)))
    return row.state, row.outcome


def test_a_patient_without_a_smartphone_keys_what_they_hear(
    registered: Handset, store: Store, delivers: Deliver
) -> None:
    told_to_stay(store, registered, means="call")
    ask(store, registered)
    delivers()

    call = registered.answers().hears("Короткая проверка")
    number = spoken_number(call)
    call.presses(number[::-1] if number != number[::-1] else "0123").hears("Это другое число")
    call.presses(number).hears("Спасибо, принято", "До свидания")

    assert call.ended and check(store) == ("passed", "keyed")


def test_three_wrong_numbers_end_the_call_and_another_follows(
    registered: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    told_to_stay(store, registered, means="call")
    ask(store, registered)
    delivers()
    call = registered.answers()
    wrong = "1234" if spoken_number(call) != "1234" else "4321"

    call.presses(wrong).presses(wrong).presses(wrong).hears("Мы перезвоним")
    assert call.ended and check(store) == ("asked", None)

    clock.pass_by(minutes=30)
    go_on(store, URL)
    delivers()
    again = registered.answers()
    again.presses(spoken_number(again)).hears("Спасибо, принято")


def test_nobody_at_the_other_end_is_no_answer(registered: Handset, store: Store, delivers: Deliver) -> None:
    told_to_stay(store, registered, means="call")
    ask(store, registered)
    delivers()

    call = registered.answers().stays_silent().stays_silent().stays_silent()

    assert call.ended and check(store) == ("asked", None)


def test_a_patient_with_a_link_is_called_and_told_of_it(
    registered: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    told_to_stay(store, registered)
    ask(store, registered)
    clock.pass_by(minutes=40)
    go_on(store, URL)
    delivers()

    call = registered.answers().hears("Проверка ждёт ответа", "до 13 часов")
    call.presses("*").hears("Проверка ждёт ответа")
    call.presses("1").hears(PAUSED)

    go_on(store, URL)
    assert check(store) == ("excused", "other") and alerts(store) == ["pause"]


def test_whoever_says_on_our_call_where_they_are_is_understood(
    registered: Handset, store: Store, delivers: Deliver
) -> None:
    told_to_stay(store, registered, means="call")
    ask(store, registered)
    delivers()

    call = registered.answers()
    call.says("абракадабра").hears("Наберите это число")
    call.says("я в больнице").hears(PAUSED)

    assert kept(store, registered) == [("hospital", "voice", "я в больнице")]


def test_a_call_about_a_check_that_is_over_says_so(registered: Handset, store: Store, delivers: Deliver) -> None:
    told_to_stay(store, registered, means="call")
    ask(store, registered)
    delivers()
    with store.work() as work:
        work.run(update(PresenceCheck), state="excused", outcome="outage", due_at=None)

    assert registered.answers().hears("Эта проверка закончилась").ended


def test_a_call_that_was_not_made_in_time_is_not_made(
    registered: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    told_to_stay(store, registered, means="call")
    ask(store, registered)
    clock.pass_by(minutes=61)
    delivers()

    with store.reading() as work:
        (row,) = work.rows(select(table(OutboxMessage)))
    assert registered.rings is None and (row.state, row.error_code) == ("failed", 90003)


def to_page(call: PhoneCall, page: int) -> PhoneCall:
    """The services' page of this number."""
    call.presses("*").stays_silent()  # the numbers of purposes may have more digits
    for _ in range(page - 1):
        call.presses("*")
    return call


@pytest.mark.parametrize(
    ("keys", "kind"),
    [("1", "home"), ("2", "hospital"), ("3", "ambulance"), ("4", "doctor")],
)
def test_the_words_of_patients_have_keys(registered: Handset, store: Store, keys: str, kind: str) -> None:
    told_to_stay(store, registered)

    call = to_page(registered.calls(), 4).hears("Вам велено быть дома")
    call.presses(keys).hears("последние четыре цифры").presses("2506").hears("Записали")

    assert [(said, channel) for said, channel, _ in kept(store, registered)] == [(kind, "voice")]


@pytest.mark.parametrize(("keys", "kind"), [("1", "ill"), ("2", "asleep"), ("3", "no_battery")])
def test_the_last_page_too(registered: Handset, store: Store, keys: str, kind: str) -> None:
    told_to_stay(store, registered)

    to_page(registered.calls(), 5).presses(keys).presses("2506").hears(PAUSED)

    assert [(said, channel) for said, channel, _ in kept(store, registered)] == [(kind, "voice")]


def test_help_is_answered_at_once(registered: Handset, store: Store) -> None:
    told_to_stay(store, registered)

    registered.calls().says("помогите").hears("Звоните 1 1 2 прямо сейчас")

    assert alerts(store) == ["sos"]


def test_who_proves_nothing_is_heard_all_the_same_and_answered_by_a_text(
    registered: Handset, store: Store, delivers: Deliver
) -> None:
    told_to_stay(store, registered)

    registered.calls().says("я в больнице").hears("последние четыре цифры").presses("#").stays_silent().hears(
        "сообщением"
    )
    delivers()

    assert alerts(store) == ["pause"]
    assert registered.inbox[-1].startswith("Записали. Проверок пока нет.")


@pytest.mark.parametrize("at_home", [True, False])
def test_on_a_landline_no_text_is_promised_and_a_person_tells_the_answer(
    carrier: Carrier, store: Store, delivers: Deliver, at_home: bool
) -> None:
    line = carrier.handset("+78432921234")
    line.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    if at_home:
        told_to_stay(store, line, means="call")
    before = len(line.inbox)

    call = line.calls().says("я в больнице").hears("последние четыре цифры")
    call.presses("#").stays_silent().hears("На этот телефон сообщения не приходят").hangs_up()
    asked = line.calls().says("статус").hears("последние четыре цифры").presses("#").stays_silent()
    asked.hears("перезвоним")
    delivers()

    heard = " ".join((*call.heard, *asked.heard))
    assert "ответ придёт" not in heard and "отправлен" not in heard
    assert len(line.inbox) == before
    assert alerts(store) == (["pause"] if at_home else [])


@pytest.mark.parametrize("says", ["я дома", "я в больнице", "сплю", "спасите"])
def test_a_forged_number_learns_from_a_call_of_nobody_who_is_a_patient(
    registered: Handset, store: Store, says: str
) -> None:
    before = registered.calls().says(says)
    heard = [before.heard, before.presses("#").stays_silent().heard]
    before.hangs_up()
    told_to_stay(store, registered)

    after = registered.calls().says(says)

    assert [after.heard, after.presses("#").stays_silent().heard] == heard


def test_status_on_a_call_tells_where_one_stands(registered: Handset, store: Store) -> None:
    told_to_stay(store, registered)

    call = to_page(registered.calls(), 1).presses("1").presses("2506")

    call.hears("Вам нужно оставаться дома", "Сейчас делать ничего не нужно")
