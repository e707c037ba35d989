"""A case at home from its opening to a violation, with planted places, names, numbers and words."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlmodel import col

from drawing import draw_case_files
from monitoring.alerts import DOUBTS
from monitoring.answers.reading import AnswerReader
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.challenges import POSES, shots
from monitoring.checks.ladder import go_on
from monitoring.duty.telling import tell_doubts
from monitoring.patients.devices import add_device
from monitoring.patients.links import new_link
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.messages import OutboxMessage
from store.patients import Departure
from tests.monitoring.photos.patient import photo
from tests.proofs.home_opening import AtClinic
from tests.proofs.home_planted import (
    ANSWERED,
    APPEAL,
    AWAY_DEGREES,
    BOX,
    DECIDED,
    ELSEWHERE,
    HOME,
    NAME,
    PATIENT,
    REPLIED,
    REPLY,
    SENT,
    TYPED,
    WENT,
)
from tests.proofs.posting import Poster
from tests.proofs.spots import Spot
from tests.web.duty.office import Officer
from tests.web.reading import csrf


@dataclass
class Journey(AtClinic):
    """All that happens; `spots` grows by positions that are told, `secrets` by links and tokens."""

    officer: Officer
    poster: Poster
    answers: AnswerReader
    spots: list[Spot] = field(default_factory=lambda: [HOME, TYPED, ELSEWHERE, BOX[0], ANSWERED])
    secrets: list[str] = field(default_factory=list)

    def goes(self) -> None:
        """From the clinic to the case file."""
        self.is_admitted()
        self.page = self.arrives()
        self.tells()
        self.answers_a_check()
        self.leaves_home()
        self.is_asked_and_silent()
        self.is_decided()
        self.goes_wrong()

    def case(self) -> WatchedCase:
        """As it is now."""
        with self.store.reading() as work:
            found = watched_case(work, self.case_id)
        assert found is not None
        return found

    def link(self, scope: str = "page", check_id: str | None = None) -> str:
        """A link as it is texted."""
        with self.store.work() as work:
            found = watched_case(work, self.case_id)
            assert found is not None and found.ends_at is not None
            token = new_link(work, found, scope, found.ends_at, check_id)
        self.secrets.append(token)
        return token

    def arrives(self) -> FlaskClient:
        """The patient opens their link in a browser."""
        client, token = self.app.test_client(), self.link()
        opened = client.post(f"/i/{token}", data={"csrf_token": csrf(client, f"/i/{token}")})
        assert opened.status_code == 303
        return client

    def sends(self, path: str, shown: str = "/at-home", **fields: str) -> None:
        """A form of the patient's page."""
        once = self.page.get(shown).text.partition('name="once" value="')[2].partition('"')[0]
        sent = self.page.post(path, data={"csrf_token": csrf(self.page, shown), "once": once, **fields})
        assert sent.status_code == 303, (path, sent.status_code)

    def tells(self) -> None:
        """By the page and by text; a person answers, so that the pause is over."""
        self.sends("/at-home/go", "/at-home/go", kind="doctor", words=WENT)
        self.sends("/at-home/sos")
        for words in (f"ЖАЛОБА {APPEAL}", "СТАТУС", "ДОМА", NAME):
            self.poster.text(PATIENT, words)
        for alert in self._alerts():
            self._takes(alert.id)
            self.officer.decides(alert.id, **{"decide-decision": "nothing", "decide-words": ""})

    def answers_a_check(self) -> None:
        """With the camera and a position, as the page's script sends them; the worker reads it."""
        self.clock.pass_by(minutes=5)
        self._asks("schedule")
        with self.store.reading() as work:
            (check_id,) = work.row(select(table(PresenceCheck).c.id).where(table(PresenceCheck).c.state == "asked"))
        head = {"X-CSRFToken": csrf(self.page, "/at-home"), "X-Requested-With": "script"}
        url = f"/at-home/checks/{check_id}"
        begun = self.page.post(f"{url}/begin", json={}, headers=head).get_json()
        head["X-Nonce"] = begun["nonce"]
        self.secrets.append(begun["nonce"])
        sent = [self._photo(f"{url}/photos/{step}", step, head) for step in range(len(shots(POSES)))]
        position = {"lat": ANSWERED[0], "lon": ANSWERED[1], "accuracy": 18.0, "age": 2.0}
        given = {"nonce": begun["nonce"], "position": position}
        handed = self.page.post(f"{url}/hand-in", json=given, headers=head)
        assert {*sent, handed.status_code} == {200}, handed.text
        self.answers.read(check_id)

    def _photo(self, url: str, step: int, head: dict[str, str]) -> int:
        return self.page.post(url, data=photo(step), content_type="image/jpeg", headers=head).status_code

    def _asks(self, origin: str) -> None:
        with self.store.work() as work:
            check_id = work.new_id()
            given = {"case_id": self.case_id, "origin": origin, "means": "link", "state": "planned", "step": 0}
            work.insert(PresenceCheck, id=check_id, **given, planned_at=work.now, due_at=work.now, attempts=0)
        self._work_on()

    def leaves_home(self) -> None:
        """The page and an app report: at home, then away for half an hour."""
        with self.store.work() as work:
            found = watched_case(work, self.case_id)
            assert found is not None
            token = add_device(work, found, "app", "Android 10", "tests")
        self.secrets.append(token)
        for step in range(14):
            self.clock.pass_by(minutes=4)
            spot = (HOME[0] + (AWAY_DEGREES if step > 5 else 0.0) + step * 0.000013, HOME[1] + step * 0.000017)
            self._reports(spot, token, plant=step in (0, 13))
        with self.store.reading() as work:
            assert work.rows(select(table(Departure))), "nobody noticed"

    def _reports(self, spot: Spot, token: str, *, plant: bool) -> None:
        spot = round(spot[0], 6), round(spot[1], 6)
        self.spots += [spot] if plant else []
        fix = {"t": self.clock.now.timestamp(), "lat": spot[0], "lon": spot[1], "accuracy": 20.0}
        head = {"X-CSRFToken": csrf(self.page, "/at-home"), "X-Requested-With": "script"}
        told = self.page.post("/at-home/fixes", json={"case": self.case_id, "fixes": [fix]}, headers=head)
        assert told.status_code == 200, told.text
        machine = {"Authorization": f"Bearer {token}"}
        sent = self.app.test_client().post(
            "/api/v1/fixes", json={"fixes": [fix | {"provider": "wifi"}]}, headers=machine
        )
        assert sent.status_code == 200, sent.text

    def is_asked_and_silent(self) -> None:
        """The challenge is missed, and so is a check hours later; the patient is told, and replies."""
        self._waits(70)
        self.clock.pass_by(minutes=60)
        self._asks("staff")
        self._waits(70)
        tell_doubts(self.store, "https://pass.example")
        self.poster.text(PATIENT, REPLY)
        (alert,) = self._doubts()
        shown = f"/at-home/alerts/{alert.id}"
        self.sends(shown, shown, text=REPLIED)
        self.clock.pass_by(hours=24, minutes=1)

    def _waits(self, minutes: int) -> None:
        for _ in range(minutes // 5):
            self.clock.pass_by(minutes=5)
            self._work_on()

    def _work_on(self) -> None:
        while go_on(self.store, "https://pass.example"):
            with self.store.work() as work:
                sent = {"state": "delivered", "sent_at": work.now, "settled_at": work.now, "due_at": None}
                work.run(update(OutboxMessage).where(col(OutboxMessage.state) == "created"), **sent)

    def is_decided(self) -> None:
        """A violation, its file, and what came of it."""
        (alert,) = self._doubts()
        self._takes(alert.id)
        said = self.officer.decides(alert.id, **{"decide-reason": DECIDED, "decide-words": SENT})
        assert "Decided" in said, said
        self.officer.does(f"/duty/alerts/{alert.id}/files")
        draw_case_files(self.store)
        page = self.officer.client.get(f"/duty/alerts/{alert.id}/files").text
        files = re.findall(r'"(/duty/files/[^"]+)"', page)
        told = next(self.officer.client.get(one) for one in files if one.endswith(".json"))
        assert json.loads(told.text)["schema"]
        self.poster.text(PATIENT, f"ЖАЛОБА {APPEAL}")

    def _takes(self, alert_id: str) -> None:
        self.officer.comes_back()
        self.officer.takes(alert_id)

    def _doubts(self) -> list[Any]:
        return [one for one in self._alerts() if one.kind in DOUBTS]

    def _alerts(self) -> list[Any]:
        with self.store.reading() as work:
            return list(work.rows(select(table(Alert)).where(table(Alert).c.decided_at.is_(None))))

    def goes_wrong(self) -> None:
        """With positions, names and addresses at hand."""
        spot = (55.836142, 49.254913)
        self.spots.append(spot)
        fixes = {"fixes": [{"t": self.clock.now.timestamp(), "lat": spot[0], "lon": spot[1], "accuracy": 9.0}]}
        machine = {"Authorization": f"Bearer {self.secrets[-1]}"}
        client = self.app.test_client()
        self.without("fence_state", lambda: client.post("/api/v1/fixes", json=fixes, headers=machine).status_code)
        client.post("/api/v1/fixes", json={"fixes": [{"t": 1, "lat": str(spot[0]), "lon": [spot[1]]}]}, headers=machine)
        client.get(f"/at-home?lat={spot[0]}&lon={spot[1]}")
