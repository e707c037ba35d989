"""The order changes while somebody is being asked."""

import pytest

from codes.regimes import activate, preset
from store import Store
from telephony.simulator.carrier import Handset
from tests.stories.reading import has_code


@pytest.mark.parametrize("asked", ["цель 4", "пропуск"])
def test_a_purpose_of_the_order_before_is_asked_for_again(phone: Handset, store: Store, asked: str) -> None:
    """Four was a funeral; in Moscow it is voluntary work."""
    phone.text(asked)
    with store.work() as work:
        activate(work, preset("moscow-2020"), work.now, "tests")

    phone.text("9219632506")
    answer = phone.text("Иванов Иван Иванович, Благотворительный фонд")

    assert not has_code(answer)


def test_what_else_was_said_before_is_kept(phone: Handset, store: Store) -> None:
    phone.text("цель 8")
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), work.now, "tests")

    question = phone.text("9219632506")
    answer = phone.text("8")

    assert not has_code(question)
    assert has_code(answer) and "*2506" in answer
