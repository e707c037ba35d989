"""An employer's office: an organisation that a reviewer confirmed, its lists, and the worker that goes on with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from codes.employers.accounts import Details, Organisation, open_account, organisations_of
from codes.employers.confirming import confirm
from codes.employers.employments import Worker, workers
from codes.employers.uploads import Judged, Upload, find_upload, keep_upload, press_issue, rows_of
from codes.regimes import activate, preset
from employers.keeping import UploadKeeper
from store import Store
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.passes import Pass
from store.phones import ensure_phone, find_phone
from tests.clock import Clock

BOSS = "+79161110000"
TAX_NUMBER = "7707083893"
REVIEWER = "staff:reviewer"


@dataclass
class Office:
    """What somebody of an organisation does, each in a work of its own."""

    store: Store
    clock: Clock
    organisation_id: str = ""

    @property
    def keeper(self) -> UploadKeeper:
        return UploadKeeper(self.store, rest=lambda seconds: None)

    @property
    def found(self) -> Organisation:
        with self.store.reading() as work:
            phone = find_phone(work, BOSS)
            assert phone is not None
            return next(one for one in organisations_of(work, phone.id) if one.id == self.organisation_id)

    def open(self, tax_number: str = TAX_NUMBER, number: str = BOSS, name: str = "ООО Ромашка") -> str:
        with self.store.work() as work:
            phone = ensure_phone(work, number)
            open_account(work, phone, Details(name, tax_number, "Анна, +7 916 111-00-00"))
            work.flush()
            return organisations_of(work, phone.id)[-1].id

    def confirmed(self, rows_a_day: int = 10_000, name: str = "ООО Ромашка") -> "Office":
        self.organisation_id = self.open(name=name)
        with self.store.work() as work:
            confirm(work, self.organisation_id, rows_a_day, REVIEWER)
        return self

    def send(self, content: bytes | str, *, again: bool = False, purpose: int = 1) -> str:
        with self.store.work() as work:
            phone = ensure_phone(work, BOSS)
            given = content.encode() if isinstance(content, str) else content
            upload_id = keep_upload(work, self.found_in(work), phone.id, purpose, given, again=again)
        assert upload_id is not None
        return upload_id

    def found_in(self, work: Any) -> Organisation:
        phone = find_phone(work, BOSS)
        assert phone is not None
        return next(one for one in organisations_of(work, phone.id) if one.id == self.organisation_id)

    def read(self, content: bytes | str, purpose: int = 1) -> str:
        upload_id = self.send(content, purpose=purpose)
        self.keeper.keep(upload_id)
        return upload_id

    def press(self, upload_id: str) -> bool:
        with self.store.work() as work:
            return press_issue(work, self.found_in(work), upload_id, "phone:tests")

    def go_on(self, upload_id: str, most: int = 100) -> Upload:
        """As the worker does, until it waits or is through; the carrier takes every text meanwhile."""
        for _ in range(most):
            self.delivered()
            self.keeper.keep(upload_id)
            upload = self.upload(upload_id)
            if upload.due_at is None or upload.due_at > self.clock.now:
                break
        return upload

    def issue(self, content: bytes | str) -> str:
        upload_id = self.read(content)
        self.press(upload_id)
        self.go_on(upload_id)
        self.clock.pass_by(seconds=1)  # ids sort by time
        return upload_id

    def upload(self, upload_id: str) -> Upload:
        with self.store.reading() as work:
            found = find_upload(work, self.organisation_id, upload_id)
        assert found is not None
        return found

    def rows(self, upload_id: str) -> list[Judged]:
        with self.store.reading() as work:
            upload = find_upload(work, self.organisation_id, upload_id)
            assert upload is not None
            return rows_of(work, self.found_in(work), upload, faulty=False, after=0, most=20_000)

    def findings(self, upload_id: str) -> dict[int, tuple[Any, ...]]:
        return {one.number: one.findings for one in self.rows(upload_id)}

    def workers(self) -> list[Worker]:
        with self.store.reading() as work:
            return sorted(workers(work, self.found_in(work), most=20_000), key=lambda one: one.named.document)

    def passes(self) -> Sequence[Any]:
        with self.store.reading() as work:
            return work.rows(select(Pass).order_by(col(Pass.id)))

    def delivered(self) -> None:
        with self.store.work() as work:
            owed = update(OutboxMessage).where(col(OutboxMessage.state) == "created")
            work.run(owed.values(state="sent", sent_at=work.now, due_at=None))

    def texts(self, number: str) -> list[tuple[str, dict[str, Any]]]:
        """Template and fields of each text to a telephone, in their order."""
        with self.store.reading() as work:
            phone = find_phone(work, number)
            if phone is None:
                return []
            mine = select(OutboxMessage).where(col(OutboxMessage.phone_id) == phone.id)
            rows = work.rows(mine.order_by(col(OutboxMessage.id)))
            return [(row.template, message_fields(row, phone.key)) for row in rows]


def office(store: Store, clock: Clock, order: str = "moscow-2020") -> Office:
    with store.work() as work:
        activate(work, preset(order), clock.now, "tests")
    return Office(store, clock)


def number(place: int) -> str:
    """A worker's telephone."""
    return f"+7925{place:07}"


def line(place: int, **other: str) -> str:
    """A right line of a list without headings."""
    told = {"name": f"Рабочий Иван {'И' * (place % 5 + 2)}", "phone": number(place), "document": f"45{place:08}"}
    return ";".join({**told, **other}.values())


def listed(places: Iterable[int]) -> str:
    return "\n".join(["ФИО;Телефон;Документ", *(line(place) for place in places)])
