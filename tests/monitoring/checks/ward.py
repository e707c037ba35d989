"""A town's patients at home, as presence checks see them: admitted, asked, silent, texted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import SQLModel, col

from codes.fields import Field
from codes.people import add_person
from codes.regimes import activate, preset
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.checks.excusing import excuse_misses
from monitoring.checks.ladder import go_on
from monitoring.checks.planning import plan_checks
from monitoring.patients.words import say
from store import Store
from store.cases import Case, Consent
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.phones import ensure_phone, phone_by_id
from tests.clock import Clock

ANN = "+79990000001"
PUBLIC_URL = "https://pass.example"
WINDOW = timedelta(minutes=60)


@dataclass(frozen=True)
class Ward:
    """What happens to patients."""

    store: Store
    clock: Clock

    def put_in_force(self, name: str = "tatarstan-2020", more: str = "", days_ago: int = 0) -> None:
        with self.store.work() as work:
            activate(work, preset(name) + more, work.now - timedelta(days=days_ago), "tests")

    def admit(
        self,
        number: str = ANN,
        *,
        means: str = "link",
        enrolled: bool = True,
        days: int | None = 14,
        name: str = "Иванова Анна Ивановна",
        reason: str = "order 5",
    ) -> str:
        """A case of somebody on this telephone, who agreed; its id."""
        with self.store.work() as work:
            phone = ensure_phone(work, number)
            person = add_person(work, phone, {Field.NAME: name, Field.DOCUMENT: f"92{number[-8:]}"})
            ends_at = None if days is None else work.now + timedelta(days=days)
            plan = Plan("confirmed", means, ends_at, phone.id)
            case_id = open_case(work, person.id, reason, "staff:clinician", plan).case_id
            agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "signed", "taken_by": "tests"}
            work.insert(Consent, id=work.new_id(), case_id=case_id, **agreed, given_at=work.now)
        self._sow(case_id, sha256(number.encode()).digest()[:16])
        if enrolled:
            self.change_case(case_id, enrolled_at=self.clock.now)
        return case_id

    def _sow(self, case_id: str, seed: bytes) -> None:
        """The same schedule each time a test runs."""
        key = self.case(case_id).key
        assert key is not None
        self.change_case(case_id, seed_sealed=key.seal_bytes(f"isolation_case.seed.{case_id}", seed))

    def change_case(self, case_id: str, **values: Any) -> None:
        with self.store.work() as work:
            work.run(update(Case).where(col(Case.id) == case_id), **values)

    def case(self, case_id: str) -> WatchedCase:
        with self.store.reading() as work:
            found = watched_case(work, case_id)
        assert found is not None
        return found

    def challenge(self, case_id: str) -> str:
        """A check after a suspected departure, due at once; its id."""
        with self.store.work() as work:
            check_id = work.new_id()
            given = {"case_id": case_id, "origin": "challenge", "means": "link", "state": "planned", "step": 0}
            work.insert(PresenceCheck, id=check_id, **given, planned_at=work.now, due_at=work.now, attempts=0)
        return check_id

    def asked(self, number: str = ANN, *, means: str = "link") -> str:
        """A check that was asked just now, of somebody new; its id."""
        check_id = self.challenge(self.admit(number, means=means))
        self.work_on()
        return check_id

    def says(self, case_id: str, kind: str) -> None:
        with self.store.work() as work:
            found = watched_case(work, case_id)
            assert found is not None
            say(work, found, kind, "text", by="tests")

    def plan(self) -> int:
        return plan_checks(self.store)

    def work_on(self) -> None:
        """Everything that is due now; the carrier takes whatever it is given."""
        while go_on(self.store, PUBLIC_URL):
            with self.store.work() as work:
                taken = {"state": "sent", "sent_at": work.now, "due_at": None}
                work.run(update(OutboxMessage).where(col(OutboxMessage.state) == "created"), **taken)

    def wait(self, *, until: datetime | None = None, **time: float) -> None:
        """Time goes by, a minute at a time, and what is due is done."""
        until = until or self.clock.now + timedelta(**time)
        while self.clock.now < until:
            self.clock.now = min(until, self.clock.now + timedelta(minutes=1))
            self.work_on()

    def excuse(self) -> int:
        return excuse_misses(self.store)

    def check(self, check_id: str) -> Row[Any]:
        return next(one for one in self.rows(PresenceCheck) if one.id == check_id)

    def rows(self, model: type[SQLModel]) -> list[Row[Any]]:
        with self.store.reading() as work:
            return list(work.rows(select(table(model)).order_by(*table(model).primary_key)))

    def alerts(self) -> list[tuple[str, str | None]]:
        """Kind and decision of each."""
        return [(one.kind, one.decision) for one in self.rows(Alert)]

    def texts(self) -> list[tuple[str, dict[str, Any]]]:
        """Template and fields of everything we owed, oldest first."""
        with self.store.reading() as work:
            rows = work.rows(select(table(OutboxMessage)).order_by(col(OutboxMessage.id)))
            return [(one.template, message_fields(one, phone_by_id(work, one.phone_id).key)) for one in rows]

    def templates(self) -> list[str]:
        return [template for template, _ in self.texts()]

    def carrier_says(self, state: str, template: str = "check_due", error: int | None = 30003) -> None:
        """What became of the texts of a template."""
        settled = {"state": state, "settled_at": self.clock.now, "error_code": error}
        with self.store.work() as work:
            work.run(update(OutboxMessage).where(col(OutboxMessage.template) == template), **settled)
