"""What the worker does for people at home goes on by itself, whether Redis is there or not."""

from sqlalchemy import select
from sqlmodel import col

from codes.fields import Field
from codes.people import add_person
from monitoring.cases.opening import Plan, open_case
from store.cases import Case, Consent
from store.patients import Pulse
from store.phones import ensure_phone
from tests.servers import Valkey
from tests.worker.conftest import NUMBER, Place
from tests.worker.process import WorkerProcess, until


def test_patients_are_looked_after_without_redis(place: Place, own_valkey: Valkey) -> None:
    with place.store.work() as work:
        phone = ensure_phone(work, NUMBER)
        person = add_person(work, phone, {Field.NAME: "Иванова Анна"})
        case_id = open_case(work, person.id, "order 5", "tests", Plan("confirmed", "call", phone_id=phone.id)).case_id
        agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "phone", "taken_by": "tests"}
        work.insert(Consent, id=work.new_id(), case_id=case_id, **agreed, given_at=work.now)
    own_valkey.kill()

    def looked_after() -> bool:
        """Enrolled, since there is nothing to open; and the worker's pulse is there."""
        with place.store.reading() as work:
            case = work.row(select(col(Case.enrolled_at)).where(col(Case.id) == case_id))
            return case.enrolled_at is not None and work.row(select(col(Pulse.beaten_at))) is not None

    with WorkerProcess(place.settings, place.log) as running:
        until(looked_after)
        running.stop()

    assert "part_failed" not in running.said and NUMBER not in running.said
