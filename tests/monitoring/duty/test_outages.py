"""An outage takes from the facts against a patient those it bears on."""

from datetime import timedelta

import pytest

from monitoring.duty.deciding import WhyNot
from monitoring.outages import begin_outage
from tests.monitoring.duty.desk import Desk


@pytest.mark.parametrize(
    ("means", "kind", "why"),
    [
        ("link", "carrier", (WhyNot.ONE_FACT,)),
        ("visit", "power", (WhyNot.ONE_FACT,)),
        ("visit", "carrier", ()),
        ("visit", "ours", ()),
    ],
)
def test_a_fact_in_an_outage_that_bears_on_it_does_not_count(
    desk: Desk, means: str, kind: str, why: tuple[WhyNot, ...]
) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=5)
    desk.departure_of(case_id, timedelta(hours=4))
    desk.check_of(case_id, "missed", timedelta(hours=2), means=means)
    with desk.store.work() as work:
        ago = desk.clock.now - timedelta(minutes=110)
        begin_outage(work, kind, ago, "tests", ago + timedelta(minutes=5))
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(desk.alert_of(case_id).id) == why
