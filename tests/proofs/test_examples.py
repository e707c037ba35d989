"""Every text that an order publishes, sent by somebody who may send it, through the webhook."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.fields import PERSONAL, Field
from codes.people import add_person
from codes.police.officers import enroll
from codes.regime import Example, Regime
from codes.regimes import in_force as order_in_force
from codes.regimes import preset_names
from language.verdicts import segments_for
from store import Store
from store.messages import InboundMessage
from store.passes import Pass
from store.phones import ensure_phone
from tests.clock import Clock
from tests.proofs.posting import Poster
from tests.proofs.test_hostile_texts import said

pytestmark = pytest.mark.parametrize("order", preset_names(), indirect=True)
PLAUSIBLE = {
    Field.NAME: "Smith John",
    Field.BIRTH_DATE: "1980-05-17",
    Field.ADDRESS: "3 Quay Street",
    Field.POSTCODE: "1010",
}
OUTCOMES = ("granted", "ask.", "referred", "refused.hours", "refused.not_ahead")
"""What may come of a request by somebody who has no pass yet."""


@pytest.fixture
def order(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def regime(in_force: Store) -> Regime:
    with in_force.reading() as work:
        return order_in_force(work).regime


def introduce(store: Store, regime: Regime, example: Example, phone: str) -> None:
    """Makes the sender whom the example has in mind."""
    with store.work() as work:
        if example.officer:
            enroll(work, phone, "Unit 1", "4821", None, "tests")
        elif example.registered and regime.registration.separate:
            known = PLAUSIBLE | {Field.DOCUMENT: regime.document_example}
            wanted = PERSONAL & {*regime.registration.required, *regime.registration.optional}
            add_person(work, ensure_phone(work, phone), {name: known[name] for name in sorted(wanted)})


def trouble(store: Store, example: Example, sid: str, phone: str) -> str:
    """What is wrong with how the example was taken; nothing where it was taken well."""
    with store.reading() as work:
        row = work.row(select(InboundMessage).where(col(InboundMessage.sid) == sid))
        issued = work.row(select(col(Pass.purpose)).where(col(Pass.phone_id) == row.phone_id)) if row else None
    if row is None:
        return "not kept"
    head, _, outcome = row.intent.partition(":")
    wanted, *which = example.meaning.split(" ")
    if head != wanted:
        return f"taken as {head}"
    if head == "request" and not outcome.startswith(OUTCOMES):
        return f"came to {outcome}"
    if issued and str(issued.purpose) != which[0]:
        return f"gave a pass for {issued.purpose}"
    most = segments_for(int(which[0])) if head == "inspect" else 2
    return f"{row.segments} segments" if row.segments > most else ""


def test_each_published_text_does_what_the_order_says(
    poster: Poster, in_force: Store, regime: Regime, clock: Clock
) -> None:
    troubles = {}

    for number, example in enumerate(regime.examples):
        clock.pass_by(days=32)  # so that no limit of the examples before counts
        phone, sid = f"+7999000{number:04}", poster.sid()
        introduce(in_force, regime, example, phone)
        answer = said(poster.text(phone, example.text, sid))
        troubles[example.text] = trouble(in_force, example, sid, phone) or ("" if answer else "silence")

    assert {text: found for text, found in troubles.items() if found} == {}
