"""A violation of which everything is there goes through; with any one thing short it does not, for that reason alone.

The facts come from the real schedule and ladder: a patient who is silent for a day. That each refusal has one reason is
what shows that every clause of the rule holds something back.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, update

from monitoring.alerts import facts_of
from monitoring.duty.deciding import WhyNot
from monitoring.outages import begin_outage
from monitoring.patients.words import say
from store import Keyring
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import PatientWord
from tests.monitoring.duty.desk import DORA
from tests.proofs.case_fairness import KAZAN, Reached, empty_database
from tests.proofs.case_hands import OPENER
from tests.proofs.test_case_states import CaseMachine

_CHECK, _ALERT = table(PresenceCheck), table(Alert)


@pytest.fixture
def machine(sqlite_template: Path, keyring: Keyring, tmp_path: Path) -> Iterator[CaseMachine]:
    """Somebody who was silent for a day, was told of it, and answers since."""
    found = CaseMachine(empty_database(sqlite_template, tmp_path), keyring)
    found.is_admitted(enrolled=True, goes_on=1)
    found.time_goes_by(27)
    yield found
    found.store.close()


@pytest.mark.parametrize("goes_on", [0, 1])
def test_every_unfair_way_is_refused_beside_the_fair_one(machine: CaseMachine, goes_on: int) -> None:
    before = Reached.violations

    machine.is_silent_until_an_officer_decides(goes_on)

    assert Reached.violations > before, "each is held against what the machine saw"


def test_one_miss_alone_is_no_violation(machine: CaseMachine) -> None:
    before = Reached.violations
    machine.somebody_decides(DORA, "excused")

    machine.is_silent_once()

    assert Reached.violations == before


def waits(machine: CaseMachine, hours: float = 30.0) -> None:
    """Their time goes by, without another miss."""
    for _ in range(round(2 * hours)):
        machine.time_goes_by(0.5)
        machine.answers("passed")


def comes(machine: CaseMachine, first: int, last: int) -> None:
    """Until it is so late in Kazan."""
    while not first <= (machine.clock.now + KAZAN).hour < last:
        machine.time_goes_by(0.5)
        machine.answers("passed")


def refused(machine: CaseMachine, by: str = DORA) -> tuple[WhyNot, ...]:
    """Why no violation; empty where there is one now."""
    (alert,) = [row for row in machine.desk.rows(Alert) if row.decided_at is None and row.kind != "pause"]
    return machine.desk.decides(alert.id, "violation", by)


def too_early(machine: CaseMachine) -> tuple[WhyNot, ...]:
    comes(machine, 9, 21)
    return refused(machine)


def untold(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    (alert,) = [row for row in machine.desk.rows(Alert) if row.decided_at is None]
    facts = json.dumps([{"what": one.what, "id": one.id} for one in facts_of(alert)])
    with machine.store.work() as work:
        work.run(update(_ALERT).where(_ALERT.c.id == alert.id), told_at=None, untold_at=work.now, facts=facts)
    return refused(machine)


def by_the_opener(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    return refused(machine, OPENER)


def at_night(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    comes(machine, 22, 24)
    return refused(machine)


def after_the_end(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    machine.desk.change_case(machine.case_id, ends_at=machine.clock.now)
    return refused(machine)


def with_one_fact(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    with machine.store.work() as work:
        first = work.row(_missed().order_by(_CHECK.c.id))
        work.run(update(_CHECK).where(_CHECK.c.state == "missed", _CHECK.c.id != first.id), state="excused")
    return refused(machine)


def unclear(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    with machine.store.work() as work:
        work.run(update(_CHECK).where(_CHECK.c.state == "missed"), state="unclear")
    return refused(machine)


def in_an_outage(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    with machine.store.work() as work:
        begin_outage(work, "power", work.now - timedelta(days=4), "staff:x", work.now)
    return refused(machine)


def of_one_hour(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    with machine.store.work() as work:
        first = work.row(_missed().order_by(_CHECK.c.id))
        same = {"asked_at": first.asked_at + timedelta(minutes=30), "window_ends_at": first.window_ends_at}
        work.run(update(_CHECK).where(_CHECK.c.state == "missed", _CHECK.c.id != first.id), **same)
    return refused(machine)


def before_enrolment(machine: CaseMachine) -> tuple[WhyNot, ...]:
    ripe(machine)
    machine.desk.change_case(machine.case_id, enrolled_at=machine.clock.now)
    return refused(machine)


def by_night_asked(machine: CaseMachine) -> tuple[WhyNot, ...]:
    """Facts that lie in quiet hours, had anybody asked then."""
    ripe(machine)
    with machine.store.work() as work:
        for row in work.rows(_missed()):
            night = row.asked_at.replace(hour=0, minute=0)
            moved = {"asked_at": night, "window_ends_at": night + timedelta(hours=1)}
            work.run(update(_CHECK).where(_CHECK.c.id == row.id), **moved)
    return refused(machine)


def in_a_pause(machine: CaseMachine) -> tuple[WhyNot, ...]:
    """They had said why not, and nobody had answered."""
    ripe(machine)
    with machine.store.work() as work:
        word_id = say(work, machine.held(work), "hospital", "text", by="phone:1")
        long_ago = {"said_at": work.now - timedelta(days=4)}
        work.run(update(table(PatientWord)).where(table(PatientWord).c.id == word_id), **long_ago)
    return refused(machine)


def ripe(machine: CaseMachine) -> None:
    """All the time to answer is over, and it is day."""
    waits(machine)
    comes(machine, 9, 21)


def _missed() -> Select[Any]:
    return _CHECK.select().where(_CHECK.c.state == "missed")


def test_with_everything_there_a_violation_is_decided(machine: CaseMachine) -> None:
    ripe(machine)

    assert len([row for row in machine.desk.rows(PresenceCheck) if row.state == "missed"]) >= 2
    assert refused(machine) == ()


@pytest.mark.parametrize(
    ("short", "why"),
    [
        (too_early, WhyNot.WAITING),
        (untold, WhyNot.NOT_TOLD),
        (by_the_opener, WhyNot.OPENED_CASE),
        (at_night, WhyNot.QUIET),
        (after_the_end, WhyNot.ENDED),
        (with_one_fact, WhyNot.ONE_FACT),
        (unclear, WhyNot.ONE_FACT),
        (in_an_outage, WhyNot.ONE_FACT),
        (of_one_hour, WhyNot.ONE_FACT),
        (before_enrolment, WhyNot.ONE_FACT),
        (by_night_asked, WhyNot.ONE_FACT),
        (in_a_pause, WhyNot.ONE_FACT),
    ],
)
def test_with_one_thing_short_it_is_refused_for_that_alone(
    machine: CaseMachine, short: Callable[[CaseMachine], tuple[WhyNot, ...]], why: WhyNot
) -> None:
    assert short(machine) == (why,)
