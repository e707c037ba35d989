"""Asking again within a minute: the live pass where it answers the request, else another one."""

import pytest

from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.reading import code_in


@pytest.fixture
def order() -> str:
    return "moscow-2020"


def ask(phone: Handset, plate: str, card: str = "") -> str:
    return phone.text(f"ПРОПУСК*2*1*4411*123456**{plate}*{card}**Городская клиника")


def test_the_same_plate_again_is_the_same_pass(phone: Handset, clock: Clock) -> None:
    first = code_in(ask(phone, "Т111МО777", "1111111111"))
    clock.pass_by(seconds=20)

    assert code_in(ask(phone, "Т111МО777", "1111111111")) == first == code_in(ask(phone, ""))


@pytest.mark.parametrize(("plate", "card"), [("Т112МО777", "1111111111"), ("Т111МО777", "1111111112")])
def test_a_corrected_plate_or_card_is_a_pass_of_its_own(
    phone: Handset, on_shift: Handset, clock: Clock, plate: str, card: str
) -> None:
    wrong = code_in(ask(phone, "Т111МО777", "1111111111"))
    clock.pass_by(seconds=20)

    right = code_in(ask(phone, plate, card))

    assert right != wrong and "🟢" in on_shift.text(plate if plate != "Т111МО777" else card)


class TestAhead:
    @pytest.fixture
    def order(self) -> str:
        return "example-en"

    def test_a_pass_for_tomorrow_is_no_answer_to_whoever_needs_one_now(self, phone: Handset, clock: Clock) -> None:
        phone.text("register Smith John HA123456")
        phone.text("purpose 4 tomorrow 10:00")
        tomorrow = phone.text("Harbour Road 5")
        clock.pass_by(seconds=20)
        phone.text("purpose 4")
        now = phone.text("Harbour Road 5")

        assert "10:00" in tomorrow and "10:00" not in now and code_in(now) != code_in(tomorrow)
