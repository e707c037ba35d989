"""A call with the machine: whoever is known, unknown, hurried, silent, or has no document at hand."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.desk.proving import TEXTS_A_DAY
from codes.meeting import meet
from monitoring.cases.opening import open_case
from store import Store
from store.calls import Call, CallStep
from store.passes import Pass
from store.people import Person
from telephony.simulator.carrier import Handset
from tests.stories.calling import ASKED, ISSUED, TAIL, passes, proved, spelled

Deliver = Callable[[], None]


def test_a_known_caller_keys_the_purpose_and_the_documents_end_and_hears_the_code_twice(
    registered: Handset, store: Store
) -> None:
    call = registered.calls().hears(ASKED)
    call.presses("8#").hears(TAIL)

    call.presses("2506").hears(ISSUED, "Ваш код", "Ещё раз")

    groups = spelled(call)
    assert len(groups) == 6 and groups[:3] == groups[3:]
    assert passes(store) == 1


def test_from_ring_to_code_a_known_caller_costs_three_webhooks(registered: Handset, store: Store) -> None:
    proved(registered).hears(ISSUED)

    with store.reading() as work:
        assert len(work.rows(select(col(CallStep.step)))) == 3


def test_the_pass_is_linked_to_its_call(registered: Handset, store: Store) -> None:
    call = proved(registered)

    with store.reading() as work:
        row = work.row(select(col(Pass.call_sid), col(Pass.channel)))
        how = work.row(select(col(Call.proof), col(Call.person_id)))
    assert (row.call_sid, row.channel) == (call.sid, "voice")
    assert how.proof == "document" and how.person_id


def test_the_code_that_was_heard_comes_as_a_text_too(registered: Handset, delivers: Deliver) -> None:
    call = proved(registered).hears("Код придёт и сообщением")

    delivers()

    assert "Пропуск" in registered.inbox[-1] and call.status == "in-progress"


def test_a_purpose_is_said_in_plain_words(registered: Handset) -> None:
    call = registered.calls().says("мне надо в аптеку")

    call.presses("2506").hears(ISSUED, "Аптека")


def test_star_repeats_what_was_said(registered: Handset, store: Store) -> None:
    call = proved(registered)
    first = spelled(call)

    call.presses("*")

    assert spelled(call) == first and passes(store) == 1


def test_without_the_four_digits_nothing_is_spoken_and_the_code_goes_to_the_number_on_file(
    registered: Handset, delivers: Deliver, store: Store
) -> None:
    call = registered.calls().presses("8#").presses("#")
    call.stays_silent()  # the hash is one of four keys that are waited for

    call.hears("отправлен на этот телефон")
    delivers()

    assert not spelled(call) and "2506" not in call.transcript
    assert "Пропуск" in registered.inbox[-1] and passes(store) == 1


def test_a_refusal_is_not_spoken_to_who_did_not_prove_to_be_the_caller(
    registered: Handset, delivers: Deliver, store: Store
) -> None:
    with store.work() as work:
        open_case(work, meet(work, registered.number).holders[0].id, "confirmed", "clinic")

    call = registered.calls().presses("8#").presses("#").stays_silent()
    delivers()

    assert "дома" not in call.transcript and "дома" in registered.inbox[-1]


def test_wrong_digits_are_asked_for_again_and_after_three_an_agent_or_a_call_back_helps(
    registered: Handset, store: Store
) -> None:
    call = registered.calls().presses("8#")
    call.presses("1111").hears("не те четыре")
    call.presses("2222").hears("не те четыре")

    call.presses("3333").hears("перезвоним")

    assert call.ended and passes(store) == 0


def test_after_five_wrong_ends_a_day_the_answer_is_a_text_without_asking(registered: Handset, store: Store) -> None:
    for _ in range(2):
        call = registered.calls().presses("8#").presses("1111").presses("2222")
        if not call.ended:
            call.presses("3333")
        if not call.ended:
            call.hangs_up()

    registered.calls().presses("8#").hears("слишком много неверных попыток")


def test_a_forged_caller_cannot_have_texts_without_end_sent_to_somebody(
    registered: Handset, delivers: Deliver, store: Store
) -> None:
    call = registered.calls().presses("*").stays_silent().presses("1").presses("#").stays_silent()
    for _ in range(TEXTS_A_DAY):
        call.hears("отправлен на этот телефон").says("статус")

    assert call.hears("перезвоним").ended
    delivers()
    assert len(registered.inbox) == 1 + TEXTS_A_DAY  # one answers the registration


def test_a_stolen_caller_id_does_not_hear_status(registered: Handset) -> None:
    registered.text("цель 8")

    call = registered.calls().presses("*").stays_silent().hears("Ваши пропуска")
    call.presses("1").hears(TAIL)

    assert not spelled(call)


def test_an_unknown_caller_keys_the_document_says_name_and_address_and_confirms_each(
    phone: Handset, store: Store
) -> None:
    call = phone.calls().hears("Наберите номер вашего документа")
    call.presses("9219632506#").hears("Вы набрали", "9 2 1 9 6 3 2 5 0 6")
    call.presses("1").hears("фамилию")
    call.says("иванов иван иванович").hears("Иванов Иван Иванович")
    call.presses("1").hears("адрес")
    call.says("казань улица ленина дом один").hears("улица ленина")
    call.presses("1").hears(ASKED)

    call.presses("8#").hears(ISSUED, "И. И. И.")

    with store.reading() as work:
        assert len(work.rows(select(col(Person.id)))) == 1


def test_what_was_misheard_is_said_again(phone: Handset) -> None:
    call = phone.calls().presses("9219632506#").presses("1").says("иванов иван")

    call.presses("2").hears("фамилию")
    call.says("петров пётр").hears("Петров Пётр")


def test_name_and_address_may_be_left_out(phone: Handset) -> None:
    call = phone.calls().presses("9219632506#").presses("1").hears("фамилию")

    call.presses("#").hears("адрес").presses("#").hears(ASKED)

    call.presses("8#").hears(ISSUED)


def test_yes_may_be_said(phone: Handset) -> None:
    phone.calls().presses("9219632506#").says("да верно").hears("фамилию")


@pytest.mark.parametrize("keys", ["1234567890123456789012345#", "12#"])
def test_what_is_no_document_is_asked_for_again(phone: Handset, store: Store, keys: str) -> None:
    call = phone.calls().presses(keys)

    call.hears("Наберите номер вашего документа")
    with store.reading() as work:
        assert not work.rows(select(col(Person.id)))


def test_a_language_is_chosen_by_a_key_and_kept(phone: Handset) -> None:
    call = phone.calls().hears("For English press")

    call.presses("3#").hears("Key the number of your document")

    call.hangs_up()
    phone.calls().hears("This is")
