"""A case is opened at the pages, with everything that may be typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from flask import Flask

from store import Store
from tests.clock import Clock
from tests.monitoring.photos.patient import JPEG
from tests.proofs.home_planted import (
    ADDRESS,
    BOX,
    DOCUMENT,
    ELSEWHERE,
    HOME,
    LENT,
    MOVED,
    NAME,
    NOTE,
    PATIENT,
    REASON,
    SERIAL,
    TYPED,
)
from tests.proofs.spots import Spot
from tests.web.clinic.ward import PLAN, Ward
from tests.web.reading import csrf


@dataclass
class AtClinic:
    """A clinician who opens one case; its id is known then."""

    app: Flask
    store: Store
    clock: Clock
    clinician: Ward
    case_id: str = field(init=False, default="")

    def is_admitted(self) -> None:
        """Opened at the pages, with everything that may be typed."""
        ward = self.clinician
        draft = ward.begins()
        ward.sends(number=PATIENT, name=NAME, document=DOCUMENT, language="ru")
        ward.sends(**{**PLAN, "reason": REASON, "note": NOTE, "circumstances": "shared_phone"})
        ward.sends(address=ADDRESS)
        self._outlines(draft)
        self._at(TYPED, draft)
        self._at(HOME, draft)
        ward.sends()
        ward.sends(way="signed", agreed="y", signature=NAME)
        ward.sends(f"{draft}/open")
        assert ward.path.startswith("/clinic/cases/"), ward.reads
        self.case_id = ward.path.rsplit("/", 1)[1]
        url = f"/clinic/cases/{self.case_id}"
        ward.opens(f"{url}/photo").sends(photo=(BytesIO(JPEG), "zhavoronkov.jpg"))
        ward.opens(f"{url}/phones").sends(number=LENT, serial=SERIAL, due="2026-06-10")
        ward.opens(url).sends(f"{url}/move", aim="elsewhere")
        self._at(ELSEWHERE, ward.path.rsplit("/", 1)[0])
        ward.sends()
        ward.sends(start="2026-06-05T18:00", end="2026-06-05T20:00", reason=MOVED)
        assert "The other place is allowed" in ward.reads, ward.reads
        broken = ward.begins()
        self.without("case_draft", lambda: self._broken_map(broken))

    def _at(self, spot: Spot, draft: str) -> None:
        self.clinician.opens(f"{draft}/map").sends(lat=str(spot[0]), lon=str(spot[1]), address=ADDRESS)

    def _outlines(self, draft: str) -> None:
        (south, west), (north, east) = BOX
        box = {"south": south, "west": west, "north": north, "east": east}
        token = csrf(self.clinician.client, f"{draft}/map")
        asked = self.clinician.client.post("/clinic/outlines", json=box, headers={"X-CSRFToken": token})
        assert asked.status_code == 200

    def _broken_map(self, draft: str) -> int:
        typed = {"lat": str(TYPED[0]), "lon": str(TYPED[1]), "address": ADDRESS}
        token = self.clinician.client.get("/clinic")
        hidden = token.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        return self.clinician.client.post(f"{draft}/map", data={"csrf_token": hidden, **typed}).status_code

    def without(self, name: str, act: Callable[[], int]) -> None:
        """While a table is missing, so that things go wrong."""
        with self.store.work() as work:
            work.connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO elsewhere")
        status = act()
        with self.store.work() as work:
            work.connection.exec_driver_sql(f"ALTER TABLE elsewhere RENAME TO {name}")
        assert status == 500, (name, status)
