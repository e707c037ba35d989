"""Patients who can't hear are texted and visited, never rung, and so never missed for a call they did not hear."""

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.cases.changing import Planned, change_plan
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import held_case
from monitoring.checks.ladder import go_on
from monitoring.notices.ringing import ring_for_notices
from store import Store
from store.cases import Case
from store.checks import PresenceCheck
from store.columns import table
from store.messages import OutboxMessage
from store.people import PersonPhone
from store.phones import ensure_phone
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.test_at_home import URL, ask, told_to_stay
from tests.stories.test_at_home_notices import Deliver, case_on, doubt, miss


def test_a_deaf_man_with_a_button_telephone_is_visited_texted_and_never_rung(
    registered: Handset, store: Store, delivers: Deliver, clock: Clock
) -> None:
    with store.work() as work:
        known = ensure_phone(work, registered.number)
        person = work.row(select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id) == known.id))
        plan = Plan("confirmed", "call", phone_id=known.id, circumstances=("deaf", "no_smartphone"))
        open_case(work, person.person_id, "order 5", "staff:clinician", plan)
        work.run(update(Case), enrolled_at=work.now)
    assert case_on(store, registered).means == "visit"

    ask(store, registered)
    miss(store, registered)
    assert ring_for_notices(store) == 0
    delivers()

    challenges = col(PresenceCheck.origin) == "challenge"
    with store.reading() as work:
        states = {row.means: row.state for row in work.rows(select(table(PresenceCheck)).where(challenges))}
        assert work.rows(select(table(OutboxMessage)).where(col(OutboxMessage.kind) == "call")) == []
    assert states == {"visit": "asked"} and registered.rings is None
    assert "мы вас не застали" in registered.inbox[-1] and doubt(store).told_at is not None
    assert registered.text("я был у врача").startswith("Записали")
    assert registered.text("МОИ ДАННЫЕ").endswith("/mine")


def test_a_deaf_patient_with_a_link_is_reminded_by_text_where_others_are_rung(
    registered: Handset, store: Store, clock: Clock
) -> None:
    case_id = told_to_stay(store, registered)
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        change_plan(work, case, Planned("confirmed", "link", None, ("deaf",), ""), "deaf", "staff:clinician")
    ask(store, registered)
    clock.pass_by(minutes=40)
    go_on(store, URL)

    with store.reading() as work:
        owed = [(row.kind, row.template) for row in work.rows(select(table(OutboxMessage)))]
    assert ("text", "check_reminder") in owed and "call" not in {kind for kind, _ in owed}
