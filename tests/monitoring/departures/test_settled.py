"""A departure that is put before nobody is told as one that counts for nothing."""

from monitoring.checks.settling import settle
from store.checks import PresenceCheck
from store.duty import Alert
from store.messages import OutboxMessage
from tests.monitoring.patient import Patient


def test_who_was_back_before_we_could_ask_is_told_that_it_counts_for_nothing(patient: Patient) -> None:
    patient.stays(400, 40)
    patient.stays(0, 20)

    with patient.store.work() as work:
        settle(work, patient.rows(PresenceCheck)[0], "excused", "outage")

    assert patient.rows(Alert) == [] and "departure_settled" in [row.template for row in patient.rows(OutboxMessage)]
