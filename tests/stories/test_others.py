"""A pass for somebody else: it is asked for whom, and the sender never gets it unasked."""

import pytest

from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.conftest import Phones
from tests.stories.reading import has_code

OTHER = "9211111111"


@pytest.fixture(params=["мужу в аптеку", "мужу за продуктами", "for my husband, bank", "иремә банкка"])
def asked(request: pytest.FixtureRequest, registered: Handset) -> str:
    return registered.text(str(request.param))


def test_it_is_asked_whose_document_and_nobody_gets_a_pass(asked: str, registered: Handset) -> None:
    assert not has_code(asked) and "9219632506" in asked
    assert not has_code(registered.text("СТАТУС"))


def test_the_document_of_the_other_settles_it(asked: str, registered: Handset) -> None:
    assert "*1111" in registered.text(OTHER)


def test_for_me_means_the_sender(registered: Handset) -> None:
    for own in ("я", "мне", "для себя", "для меня", "это мне", "me"):
        registered.text("мужу в аптеку")

        assert "И.И.И. *2506" in registered.text(own)


@pytest.mark.parametrize("unclear", ["мой муж", "мужу", "мне нужно для мамы", "не мне", "да", "Петров"])
def test_nothing_else_means_the_sender(registered: Handset, unclear: str) -> None:
    registered.text("мужу в аптеку")
    registered.text(unclear)

    assert not has_code(registered.text("СТАТУС"))


def test_a_sender_nobody_knows_is_asked_for_a_document_either_way(phone: Handset) -> None:
    whom = phone.text("мужу в аптеку")
    own = phone.text("мне")

    assert "МНЕ" in whom and not has_code(own) and "МНЕ" not in own
    assert has_code(phone.text("9219632506"))


def test_a_doubtful_purpose_does_not_make_it_the_sender_s(registered: Handset) -> None:
    registered.text("моему отцу 78 лет к кардиологу")

    assert not has_code(registered.text("3"))
    assert "*1111" in registered.text(OTHER)


def test_a_time_that_is_not_clear_does_not_make_it_the_sender_s(registered: Handset) -> None:
    registered.text("жене в банк завтра")

    assert not has_code(registered.text("сейчас"))


def test_a_name_alone_is_not_enough_and_is_not_taken_for_the_sender_s(phone: Handset) -> None:
    phone.text("РЕГИСТРАЦИЯ 9219632506")
    phone.text("мужу в банк")

    assert not has_code(phone.text("Петров Пётр Петрович"))
    assert "П.П.П. *1111" in phone.text(OTHER)
    assert "*2506" in phone.text("цель 7 9219632506")


def test_with_several_people_it_is_asked_which_of_them(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text(f"РЕГИСТРАЦИЯ#Петрова Анна Сергеевна#{OTHER}")

    asked = registered.text("жене в аптеку")

    assert "И.И.И. *2506" in asked and "П.А.С. *1111" in asked
    assert "П.А.С. *1111" in registered.text("2")


def test_a_namesake_of_the_sender_is_somebody_new(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text("РЕБЕНОК Иванова Маша")
    registered.text("жене в аптеку")

    assert not has_code(registered.text("Ивановой Светлане"))
    assert "*1111" in registered.text(OTHER)


def test_a_known_child_is_named(registered: Handset) -> None:
    registered.text("РЕБЕНОК Маша")
    registered.text("дочке к врачу")

    answer = registered.text("Маше")

    assert has_code(answer) and "М." in answer
    assert "М." in registered.text("СТАТУС")


def test_a_child_nobody_knew_is_added_and_gets_the_pass(registered: Handset) -> None:
    registered.text("сыну к врачу")

    answer = registered.text("РЕБЕНОК Петя")

    assert has_code(answer) and "П." in answer and "2506" not in answer


def test_the_next_wish_for_somebody_else_begins_anew(registered: Handset) -> None:
    registered.text("цель 8 завтра")
    registered.text("мужу в банк")

    assert not has_code(registered.text("7"))


def test_a_mistyped_document_is_asked_for_again(phones: Phones, registered: Handset) -> None:
    registered.text("мужу в банк")
    registered.text("921963250")

    assert "*1111" in registered.text(OTHER)


class TestWhereAnOrderKnowsPeopleByName:
    @pytest.fixture
    def order(self) -> str:
        return "greece-2020"

    def test_the_name_is_asked_for(self, phone: Handset) -> None:
        phone.text("1 Παππάς Νίκος, Ερμού 12")

        whom = phone.text("για τη γυναίκα μου φαρμακείο")
        phone.text("Παππά Μαρία")
        granted = phone.text("Ερμού 12")

        assert "ΕΜΕΝΑ" in whom and has_code(granted) and "Π.Μ." in granted
