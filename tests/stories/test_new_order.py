"""Another order is put in force while people are being asked, and while passes of the one before live on."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.regimes import activate, preset
from codes.review.reviewing import grant_application
from store import Store
from store.officers import Inspection
from telephony.delivery import sweep
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.reading import code_in, has_code
from tests.telephony.remembering import RememberingGateway

GREEN, AMBER = "🟢", "🟡"
PutInForce = Callable[[str], None]


@pytest.fixture
def put_in_force(store: Store) -> PutInForce:
    """Puts a preset in force."""

    def activated(name: str) -> None:
        with store.work() as work:
            activate(work, preset(name), work.now, "tests")

    return activated


@pytest.mark.parametrize("asked", ["цель 4", "пропуск"])
def test_a_purpose_of_the_order_before_is_asked_for_again(phone: Handset, put_in_force: PutInForce, asked: str) -> None:
    """Four was a funeral; in Moscow it is voluntary work."""
    phone.text(asked)
    put_in_force("moscow-2020")

    phone.text("9219632506")
    answer = phone.text("Иванов Иван Иванович, Благотворительный фонд")

    assert not has_code(answer)


def test_what_else_was_said_before_is_kept(phone: Handset, put_in_force: PutInForce) -> None:
    phone.text("цель 8")
    put_in_force("tatarstan-2020")

    question = phone.text("9219632506")
    answer = phone.text("8")

    assert not has_code(question)
    assert has_code(answer) and "*2506" in answer


class TestPassesOfTheOrderBefore:
    """Twelve signs of Kazan, after Moscow's sixteen with a date in front came into force."""

    @pytest.fixture
    def code(self, registered: Handset, on_shift: Handset, put_in_force: PutInForce) -> str:
        code = code_in(registered.text("цель 4"))
        put_in_force("moscow-2020")
        return code

    @pytest.fixture
    def new_code(self, phone: Handset, code: str) -> str:
        """Of a pass of the order in force."""
        found = re.search(r"\d{4}(-\w{4}){3}", phone.text("ПРОПУСК*4*1*4411*123456****Фонд помощи"))
        assert found
        return found.group()

    @pytest.mark.parametrize("typed", ["{}", "код {}", "проверьте пожалуйста {} срочно", "{}."])
    def test_officers_go_on_looking_at_them(self, on_shift: Handset, store: Store, code: str, typed: str) -> None:
        for spelt in (code, code.lower().replace("-", " "), code.replace("-", "")):
            answer = on_shift.text(typed.format(spelt))
            assert answer.startswith(GREEN) and code in answer and "Похор" in answer, answer

        with store.reading() as work:
            assert [row.verdict for row in work.rows(select(col(Inspection.verdict)))] == ["valid"] * 3

    def test_codes_of_both_orders_are_looked_up_in_one_text(self, on_shift: Handset, code: str, new_code: str) -> None:
        for text in (f"{code}, {new_code}", f"{new_code}\n{code}", f"{code} {new_code}".replace("-", " ")):
            answers = on_shift.text(text).splitlines()
            assert [line.startswith(GREEN) for line in answers] == [True, True], answers

    def test_mistyped_codes_of_either_are_told_as_mistyped(
        self, on_shift: Handset, store: Store, code: str, new_code: str
    ) -> None:
        for right in (code, new_code):
            for wrong in (right[:-1] + ("A" if right[-1] != "A" else "E"), right[:-1]):
                answer = on_shift.text(wrong)
                assert answer.startswith(AMBER) and wrong in answer, answer

        with store.reading() as work:
            assert [row.verdict for row in work.rows(select(col(Inspection.verdict)))] == ["mistyped"] * 4

    def test_their_holders_may_name_them(self, registered: Handset, code: str, new_code: str) -> None:
        assert code in registered.text(f"отмена {code}")
        assert code not in registered.text("статус") and new_code in registered.text("статус")

    def test_they_keep_their_purposes_names(self, registered: Handset, code: str) -> None:
        answers = [registered.text(asked) for asked in ("статус", "повтор", "продлить")]

        assert all(code in answer and "Похороны" in answer for answer in answers), answers

    def test_their_purposes_are_not_advised_under_the_order_in_force(self, registered: Handset, code: str) -> None:
        registered.text("продлить")

        refused = registered.text("продлить")

        assert not has_code(refused) and "4" not in refused

    def test_the_same_number_asked_again_within_a_minute_is_another_purpose(
        self, registered: Handset, code: str
    ) -> None:
        answer = registered.text("ПРОПУСК*4*1*9219*632506****Фонд помощи")

        assert "Волонтёрство" in answer and code not in answer


class TestReferredBefore:
    @pytest.fixture
    def order(self) -> str:
        return "india-epass"

    def test_an_application_granted_later_is_told_by_its_own_purpose(
        self, phone: Handset, store: Store, clock: Clock, put_in_force: PutInForce
    ) -> None:
        phone.text("register Sharma Anita ABCDE1234F")
        phone.text("purpose 2")
        referred = re.search(r"\b\d{8}\b", phone.text("Pune, Station Road 5"))
        assert referred
        put_in_force("example-en")
        with store.work() as work:
            grant_application(work, referred.group(), "reviewer")
        clock.pass_by(minutes=1)
        gateway = RememberingGateway()

        sweep(store, gateway)

        assert "Death in family" in gateway.bodies[0]
