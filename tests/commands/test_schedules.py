"""`cases schedule`: an auditor reckons when a patient was to be asked."""

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.checks.planning import plan_checks
from store import Store
from store.cases import Case
from store.checks import PresenceCheck
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.commands.conftest import Looks, Read, Refused

NUMBER = "+79990000001"
OPEN = ("cases", "open", "--phone", NUMBER, "--reason", "order 5")


def test_an_auditor_reckons_the_schedule_anew_and_it_is_noted(
    read: Read, refused: Refused, phone: Handset, store: Store, clock: Clock, looks: Looks
) -> None:
    case = read(*OPEN)["case"]
    with store.work() as work:
        work.run(update(Case), enrolled_at=work.now)
    plan_checks(store)
    with store.reading() as work:
        planned = {row.id for row in work.rows(select(col(PresenceCheck.id)))}

    rows = read("cases", "schedule", "--case", case, "--days", "2", "--why", "audit 7")

    assert rows == read("cases", "schedule", "--case", case, "--date", "2026-06-03", "--days", "2", "--why", "audit 7")
    assert rows and all(row["by_seed"] for row in rows)
    assert {row["check"] for row in rows if row["check"]} == planned
    assert all(row["time"].endswith("+03:00") for row in rows)
    assert ("operator:anna", "audit 7") in {(by, told.get("why")) for by, _, told in looks()}
    assert refused("cases", "schedule", "--case", "nobody") == "there is no case nobody"


def test_a_check_that_the_seed_does_not_explain_shows(read: Read, phone: Handset, store: Store) -> None:
    case = read(*OPEN)["case"]
    with store.work() as work:
        work.run(update(Case), enrolled_at=work.now)
        given = {"origin": "schedule", "means": "link", "state": "planned", "step": 0, "attempts": 0}
        work.insert(PresenceCheck, id="c1", case_id=case, **given, planned_at=work.now, due_at=work.now)

    rows = read("cases", "schedule", "--case", case)

    assert [row["by_seed"] for row in rows if row["check"] == "c1"] == [False]


def test_a_destroyed_seed_explains_nothing_any_more(read: Read, refused: Refused, phone: Handset, store: Store) -> None:
    case = read(*OPEN)["case"]
    with store.work() as work:
        work.run(update(Case), data_key=None, seed_sealed=None)

    assert "was destroyed" in refused("cases", "schedule", "--case", case)
