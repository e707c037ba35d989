"""An employer's list, the worker's telephone, and an officer's look: by the carrier's simulator from end to end."""

import re
from collections.abc import Callable

import pytest

from codes.employers.employments import end, workers
from store import Store
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.employers.office import Office

_CODE = re.compile(r"\b\w{4}(?:-\w{4}){3}\b")
LINE = "Рабочий Иван Иванович;+79990000077;4511123456;Т111МО777"


@pytest.fixture
def order() -> str:
    return "moscow-2020"


@pytest.fixture
def firm(store: Store, clock: Clock, delivers: Callable[[], None]) -> Office:
    return Office(store, clock).confirmed()


def _issued(firm: Office, delivers: Callable[[], None]) -> None:
    upload_id = firm.read(LINE)
    firm.press(upload_id)
    firm.keeper.keep(upload_id)
    delivers()


def test_a_worker_gets_the_pass_and_an_officer_sees_it_until_they_leave(
    firm: Office, phones: Callable[[str], Handset], on_shift: Handset, delivers: Callable[[], None]
) -> None:
    worker = phones("77")
    _issued(firm, delivers)
    found_code = _CODE.search(worker.inbox[-1])
    assert found_code, worker.inbox
    code = found_code[0]

    before = on_shift.text(code)
    with firm.store.work() as work:
        found = firm.found_in(work)
        end(work, found, [one.id for one in workers(work, found)], "phone:tests")
    delivers()
    after = on_shift.text(code)

    assert "ГОДЕН" in before and "ОТОЗВАН" in after
    assert "ООО Ромашка" in worker.inbox[0] and "уволились" in worker.inbox[-1]


def test_a_worker_who_says_that_it_was_not_them_withdraws_the_pass(
    firm: Office, phones: Callable[[str], Handset], delivers: Callable[[], None]
) -> None:
    worker = phones("77")
    _issued(firm, delivers)

    worker.text("НЕ Я")

    assert [one.revoked_reason for one in firm.passes()] == ["not_me"]
    assert [one.state for one in firm.workers()] == ["withdrawn"]
