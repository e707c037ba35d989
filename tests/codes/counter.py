"""A counter to try rules at: people by telephone, requests, looks; each in a work of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from codes.applications import Asking
from codes.fields import Field
from codes.holding import Cancelled, Withdrawal, cancel_pass, extend_pass
from codes.issuing import issue_pass
from codes.meeting import Meeting, meet
from codes.outcomes import Grant, Referral, Refusal
from codes.people import add_person
from codes.police.inspecting import Inspected, inspect
from codes.police.sought import Sought, sought_codes
from codes.regimes import activate
from store import Store
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.phones import ensure_phone, phone_by_id
from tests.clock import Clock

ANN, BOB, OFFICER = "+79990000001", "+79990000002", "+79990000009"
Answer = Grant | Refusal | Referral


@dataclass(frozen=True)
class Counter:
    """What somebody at the counter can do."""

    store: Store
    clock: Clock

    def put_in_force(self, toml: str) -> None:
        with self.store.work() as work:
            activate(work, toml, work.now, "tests")

    def introduce(self, phone: str, **details: str) -> str:
        """Somebody on this telephone; their id."""
        with self.store.work() as work:
            return add_person(
                work, ensure_phone(work, phone), {Field(name): value for name, value in details.items()}
            ).id

    def introduce_two(self) -> "Counter":
        """Anna and Boris, whom most tests are about."""
        self.introduce(ANN, name="Иванова Анна Ивановна", document="9219632506")
        self.introduce(BOB, name="Петров Борис", document="9219632507")
        return self

    def who(self, phone: str) -> Meeting:
        with self.store.work() as work:
            return meet(work, phone)

    def ask(self, phone: str, purpose: int, start: datetime | None = None, place: int = 0, **fields: str) -> Answer:
        """Asks for whoever is known at this `place` on the telephone."""
        with self.store.work() as work:
            met = meet(work, phone)
            said = {Field(name): value for name, value in fields.items()}
            wanted = met.terms.regime.by_number[purpose]
            asking = Asking(met.phone, met.holders[place], wanted, said, "desk", f"phone:{met.phone.id}", start)
            return issue_pass(work, met.terms, asking)

    def grant(self, phone: str, purpose: int, **given: Any) -> Grant:
        answer = self.ask(phone, purpose, **given)
        assert isinstance(answer, Grant), answer
        return answer

    def extend(self, phone: str) -> Grant | Refusal:
        with self.store.work() as work:
            met = meet(work, phone)
            (live,) = met.holders[0].live
            return extend_pass(work, met.phone, met.holders[0], live, "tests")

    def cancel(self, phone: str, why: Withdrawal = Withdrawal.CANCELLED, place: int = 0) -> bool:
        """Gives the newest pass back; whether its places are free again."""
        with self.store.work() as work:
            met = meet(work, phone)
            gone = cancel_pass(work, met.terms, met.holders[place].live[-1], why, "tests")
            assert isinstance(gone, Cancelled)
            return gone.quota_back

    def look(self, *codes: str, kind: str = "code") -> Inspected:
        """The officer looks at codes, plates or cards."""
        with self.store.work() as work:
            met = meet(work, OFFICER)
            assert met.officer is not None
            other = [Sought(kind, text) for text in codes]
            sought = sought_codes(codes, met.terms) if kind == "code" else other
            return inspect(work, met.terms, met.officer, sought, "en", "text")

    def owed(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Texts we owe: number, template, fields; oldest first."""
        with self.store.work() as work:
            rows = work.rows(select(OutboxMessage).order_by(OutboxMessage.__table__.c.id))  # type: ignore[attr-defined]
            phones = [phone_by_id(work, row.phone_id) for row in rows]
        return [
            (phone.number, row.template, message_fields(row, phone.key))
            for row, phone in zip(rows, phones, strict=True)
        ]
