"""A telephone that was lent and came back knows nothing of who had it, and neither do we when the next one writes."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from codes.meeting import glance
from codes.regimes import in_force
from codes.rights.held import what_we_hold
from monitoring.cases.lending import lend, take_in
from monitoring.cases.watched import held_case
from monitoring.patients.telling import tell
from store import Store
from store.columns import table
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.people import PersonPhone
from store.phones import ensure_phone
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.test_at_home import told_to_stay


def test_the_next_holder_of_a_returned_telephone_is_a_stranger(
    registered: Handset, phones: Callable[[str], Handset], store: Store, clock: Clock, delivers: Callable[[], None]
) -> None:
    case_id, lent = told_to_stay(store, registered), phones("77")
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        lent_id = lend(work, case, lent.number, "S-77", work.now + timedelta(days=14), "staff:clinician")
    lent.text("ТАТАРЧА")
    lent.text("РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Ленина 1")
    lent.text("СТОП")
    assert lent.text("БОЛЬНИЦА").startswith("Яздык")
    lent.text("РЕГИСТРАЦИЯ")  # a question stays open
    clock.pass_by(minutes=5)
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        tell(work, in_force(work).regime, case, "alert_nothing", {"text": "Мы звонили вашей дочери"})
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None and take_in(work, case, lent_id, "staff:clinician")
    delivers()

    assert not any("дочери" in text for text in lent.inbox)
    assert lent.text("СТАТУС").startswith("Вы ещё не записаны")
    assert lent.text("Петров Пётр") == lent.text("Петров Пётр")
    assert lent.text("БОЛЬНИЦА") == phones("78").text("БОЛЬНИЦА")
    with store.reading() as work:
        phone = ensure_phone(work, lent.number)
        rows = work.rows(select(table(OutboxMessage)).where(col(OutboxMessage.phone_id) == phone.id))
        known = work.rows(select(table(PersonPhone)).where(col(PersonPhone.phone_id) == phone.id))
        held = str(what_we_hold(work, glance(work, phone), "ru", ()))
    assert [message_fields(row, phone.key) for row in rows if message_fields(row, phone.key)] == []
    assert known == [] and "Иванов" not in held
