"""A clinician at a bedside as tests see them: the pages on the way to a case, filled in as a browser sends them."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from monitoring.addresses.registers import Place, import_register
from monitoring.cases.fences import allow_elsewhere
from monitoring.cases.watched import WatchedCase
from monitoring.outlines import Outline, write_wkb
from store import Store, Work
from store.columns import table
from store.messages import OutboxMessage
from store.notices import SpokenNotice
from store.outbox import message_fields
from store.phones import phone_by_id
from store.staff import Staff
from tests.clock import Clock
from tests.web.people import Person
from tests.web.reading import words

_HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|once)" value="([^"]*)">')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
PATIENT = {"number": "+79990000001", "name": "Иванов Иван Иванович", "document": "9219632506", "language": "ru"}
PLAN = {"kind": "confirmed", "span": "14", "means": "link", "reason": "Приказ 5"}
SIGNED = {"way": "signed", "agreed": "y", "signature": "Иванов Иван Иванович"}


def house(lon: float, lat: float, wide: float = 0.0003, high: float = 0.00015) -> Outline:
    """A house of about 19 by 17 m in Kazan."""
    ring = ((lon, lat), (lon + wide, lat), (lon + wide, lat + high), (lon, lat + high), (lon, lat))
    return ((ring,),)


def register(store: Store) -> str:
    """Two streets of Kazan with some houses; the version."""
    places = [
        Place(f"{street}, {number}", lon + 0.001 * number, 55.79, write_wkb(house(lon + 0.001 * number, 55.79)))
        for street, lon in (("улица Баумана", 49.11), ("улица Достоевского", 49.14))
        for number in range(1, 13)
    ]
    places.append(Place("улица Пушкина, 1", 49.2, 55.8, None))
    return import_register(store, "addresses", places, "tests")


def exempt(work: Work, case: WatchedCase) -> str:
    """Another place counts as home for thirty hours; its id."""
    span = (work.now, work.now + timedelta(hours=30))
    return allow_elsewhere(work, case, house(49.2, 55.8), span, weak=False, by="tests")


@dataclass
class Ward:
    """Somebody who opens cases, with the page they see."""

    store: Store
    clock: Clock
    person: Person
    client: FlaskClient
    page: TestResponse | None = None
    seen: list[str] = field(default_factory=list)

    def works_at(self, clinic: str) -> "Ward":
        """As an administrator says."""
        with self.store.work() as work:
            work.run(update(table(Staff)).where(table(Staff).c.id == self.person.id), clinic=clinic)
        return self

    def opens(self, url: str) -> "Ward":
        """Looks at a page, led on where it leads."""
        return self._sees(self.client.get(url, follow_redirects=True))

    def sends(self, url: str = "", **typed: Any) -> "Ward":
        """Sends the form of the page in view that goes to `url`, or to the page itself."""
        assert self.page is not None
        forms = [found for found in _FORM.findall(self.page.text) if not url or f'action="{url}"' in found]
        own = [found for found in forms if url or "action=" not in found]
        assert own, f"no form for {url} on: {self.reads}"
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(own[0])}
        to = url or self.page.request.path
        self.clock.pass_by(seconds=1)  # ids of one moment have no order
        return self._sees(self.client.post(to, data={**hidden, **typed}, follow_redirects=True))

    def begins(self) -> str:
        """Begins a case; the draft's address."""
        self.opens("/clinic").sends("/clinic/new")
        return self.path.rsplit("/", 1)[0]

    def drafts(self, **other: Any) -> str:
        """All the pages to the last but one; `other` replaces what is typed. The draft's address."""
        draft = self.begins()
        for fields in (PATIENT, PLAN):
            more = ("child", "circumstances", "note") if "name" not in fields else ("child",)
            typed = {**fields, **{name: value for name, value in other.items() if name in (*fields, *more)}}
            self.sends(**{name: value for name, value in typed.items() if value})
        self.places().sends(**SIGNED)
        return draft

    def places(self, lat: str = "55.7887", lon: str = "49.1221") -> "Ward":
        """Sets home by coordinates, and says that the fence is right."""
        draft = self.path.rsplit("/", 1)[0]
        self.opens(f"{draft}/map").sends(lat=lat, lon=lon, address="Баумана, 5, кв. 7")
        return self.sends()

    def admits(self, **other: Any) -> str:
        """Opens a case; its id."""
        draft = self.drafts(**other)
        self.sends(f"{draft}/open")
        assert self.path.startswith("/clinic/cases/"), self.reads
        return self.path.rsplit("/", 1)[1]

    @property
    def path(self) -> str:
        """Where they are."""
        assert self.page is not None
        return self.page.request.path

    @property
    def reads(self) -> str:
        """The words of the page."""
        assert self.page is not None
        return words(self.page)

    def texts(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What is owed: template, language, fields; the oldest first."""
        with self.store.reading() as work:
            rows = work.rows(select(table(OutboxMessage)).order_by(table(OutboxMessage).c.id))
            return [
                (row.template, row.language, message_fields(row, phone_by_id(work, row.phone_id).key)) for row in rows
            ]

    def calls(self) -> list[str]:
        """What is to be said on calls: templates."""
        with self.store.reading() as work:
            return [row.template for row in work.rows(select(table(SpokenNotice)))]

    def _sees(self, page: TestResponse) -> "Ward":
        self.page = page
        self.seen.append(page.request.path)
        return self
