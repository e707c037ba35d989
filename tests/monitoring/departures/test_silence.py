"""An app that should report and does not: no contact, by day, once; never a departure."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from codes.regime import read_regime
from codes.regimes import preset
from monitoring.departures.silence import PAGE, sweep, waking
from store.duty import Alert
from store.patients import Departure, Device, Outage
from tests.clock import Clock
from tests.monitoring.patient import Patient, a_patient

REGIME = read_regime(preset("tatarstan-2020"))
MORNING = datetime(2026, 6, 3, 5, 0, tzinfo=UTC)  # 8:00 in Kazan


def test_four_hours_without_a_word_are_an_alert_and_no_departure(patient: Patient) -> None:
    patient.is_at(0)
    patient.clock.pass_by(hours=3, minutes=59)
    assert sweep(patient.store) == 0

    patient.clock.pass_by(minutes=2)

    assert sweep(patient.store) == 1
    assert [row.kind for row in patient.rows(Alert)] == ["no_contact"] and patient.rows(Departure) == []


def test_it_is_told_once_until_the_telephone_is_heard_again(patient: Patient) -> None:
    patient.clock.pass_by(hours=5)

    assert [sweep(patient.store) for _ in range(3)] == [1, 0, 0]

    patient.is_at(0)
    patient.clock.pass_by(hours=4, minutes=1)
    assert sweep(patient.store) == 0, "the alert is open still"
    with patient.store.work() as work:
        work.run(update(Alert), decision="nothing", decided_by="tests", decided_at=work.now - timedelta(hours=4))
    assert sweep(patient.store) == 1


def test_nights_do_not_count(patient: Patient, clock: Clock) -> None:
    clock.now = MORNING + timedelta(hours=13)  # 21:00
    patient.is_at(0)

    clock.now = MORNING + timedelta(hours=18)
    assert sweep(patient.store) == 0, "it is night"
    clock.now = MORNING + timedelta(hours=26)
    assert sweep(patient.store) == 0, "10:00: three waking hours"
    clock.now = MORNING + timedelta(hours=27, minutes=1)
    assert sweep(patient.store) == 1


def test_a_page_that_is_closed_says_nothing(patient: Patient, clock: Clock) -> None:
    a_patient(patient.store, clock, "+79990000002", kind="browser")
    patient.change(paused_at=clock.now, pause_kind="hospital")

    clock.pass_by(hours=6)

    assert sweep(patient.store) == 0


def test_an_outage_excuses(patient: Patient) -> None:
    patient.clock.pass_by(hours=5)
    with patient.store.work() as work:
        span = {"starts_at": work.now - timedelta(hours=2), "ends_at": work.now - timedelta(hours=1)}
        work.insert(Outage, id=work.new_id(), kind="power", **span, raised_by="tests", note="")

    assert sweep(patient.store) == 0
    patient.clock.pass_by(hours=3, minutes=1)
    assert sweep(patient.store) == 1, "four hours after its end"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_is_not_silent_for_long_enough_hides_nobody_behind_them(patient: Patient, clock: Clock) -> None:
    patient.change(enrolled_at=clock.now + timedelta(hours=4))
    with patient.store.work() as work:
        for number in range(PAGE):
            given = {
                "kind": "app",
                "model": "",
                "added_at": work.now,
                "last_heard_at": work.now,
                "token_hash": b"%d" % number,
            }
            work.insert(Device, id=f"{number:04}", case_id=patient.case_id, **given)
    a_patient(patient.store, clock, "+79990000002")

    clock.pass_by(hours=5)

    assert sweep(patient.store) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_before_an_order_is_in_force_nobody_is_silent(store: object, clock: Clock) -> None:
    assert sweep(store) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "awake"), [(1, 1), (14, 14), (20, 14), (24, 14), (25, 15), (72, 42)])
def test_waking_hours(hours: int, awake: int) -> None:
    assert waking(REGIME, MORNING, MORNING + timedelta(hours=hours)) == timedelta(hours=awake)
