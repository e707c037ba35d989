"""What the script of a check's page sends, without a browser."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col
from werkzeug.test import TestResponse

from monitoring.challenges import POSES, shots
from store.cases import Fence
from store.checks import PresenceCheck
from tests.monitoring.fence.shapes import HOUSE, at
from tests.monitoring.photos.patient import photo
from tests.web.patient.household import AtHome
from tests.web.reading import csrf, words

ALL = len(shots(POSES))
"""Photos of an answer."""


class Script:
    """What the page's script sends, from Ann's browser or another's."""

    def __init__(self, who: AtHome, check_id: str) -> None:
        self.who, self.check_id = who, check_id
        self.token = csrf(who.browser, "/at-home")
        self.nonce = ""

    def posts(self, what: str, **given: Any) -> TestResponse:
        headers = {"X-CSRFToken": self.token, "X-Requested-With": "script", "X-Nonce": self.nonce}
        return self.who.browser.post(f"/at-home/checks/{self.check_id}/{what}", headers=headers, **given)

    def begins(self) -> TestResponse:
        answer = self.posts("begin", json={})
        self.nonce = answer.json["nonce"] if answer.status_code == 200 and answer.json else ""
        return answer

    def sends(self, step: int, content: bytes | None = None) -> TestResponse:
        return self.posts(f"photos/{step}", data=content or photo(step), content_type="image/jpeg")

    def sends_all(self) -> None:
        assert {self.sends(step).status_code for step in range(ALL)} == {200}

    def hands_in(self, **position: Any) -> TestResponse:
        return self.posts("hand-in", json={"nonce": self.nonce, "position": position or {"kind": "denied"}})


def asked(ann: AtHome) -> Script:
    check_id = ann.ward.challenge(ann.case_id)
    ann.ward.work_on()
    return Script(ann, check_id)


def page(script: Script) -> str:
    return words(script.who.browser.get(f"/at-home/checks/{script.check_id}"))


def change(script: Script, **values: Any) -> None:
    with script.who.ward.store.work() as work:
        work.run(update(PresenceCheck).where(col(PresenceCheck.id) == script.check_id), **values)


def fence(ann: AtHome) -> None:
    """A house around the place of `at(0)`."""
    case = ann.ward.case(ann.case_id)
    assert case.key is not None
    with ann.ward.store.work() as work:
        fence_id = work.new_id()
        given = {"case_id": case.id, "role": "home", "weak": False, "set_by": "tests", "set_at": work.now}
        sealed = case.key.seal_bytes(f"fence.shape.{fence_id}", HOUSE.wkb)
        work.insert(Fence, id=fence_id, **given, shape_sealed=sealed, starts_at=work.now)


def place(east_m: float, accuracy: float = 20.0, age: float = 4.0) -> dict[str, float]:
    lat, lon = at(east_m)
    return {"lat": lat, "lon": lon, "accuracy": accuracy, "age": age}
