"""Patients with doubts about them, and who decides: the ward's patients, seen from the duty desk."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from monitoring.alerts import Fact, raise_alert
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.duty.deciding import Decided, Decision, Given, WhyNot, decide
from monitoring.duty.opening import take_alert
from monitoring.duty.telling import tell_doubts
from monitoring.patients.words import say
from store import Work
from store.checks import PresenceCheck
from store.duty import Alert
from store.messages import OutboxMessage
from store.patients import Departure
from tests.monitoring.checks.ward import ANN, PUBLIC_URL, Ward

DORA = "staff:dora"


class Desk(Ward):
    """What happens at the duty desk."""

    def check_of(self, case_id: str, state: str, ago: timedelta = timedelta(hours=3), **more: Any) -> str:
        """A check that ended so, asked so long ago; its id. It is a fact of the case's alert."""
        with self.store.work() as work:
            check_id, asked = work.new_id(), work.now - ago
            answered = None if state == "missed" else asked + timedelta(minutes=5)
            times = {"planned_at": asked, "asked_at": asked, "window_ends_at": asked + timedelta(hours=1)}
            given = {"case_id": case_id, "state": state, "outcome": "no_match", "answered_at": answered, "step": 5}
            given |= {"origin": "schedule", "means": "link", "attempts": 0, "settled_at": work.now, **times, **more}
            case = held_case(work, case_id)
            assert case is not None
            alert_id = raise_alert(work, case, state, [Fact("check", check_id)])
            work.insert(PresenceCheck, id=check_id, alert_id=alert_id, **given)
        return check_id

    def departure_of(self, case_id: str, ago: timedelta = timedelta(hours=5), check_id: str | None = None) -> str:
        """A departure noticed so long ago, ten minutes after it began; its id. It is a fact of the case's alert."""
        with self.store.work() as work:
            departure_id, left = work.new_id(), work.now - ago
            case = held_case(work, case_id)
            assert case is not None
            alert_id = raise_alert(work, case, "departure", [Fact("departure", departure_id)])
            bands = {"distance_band": "200-500", "radius_band": "0-50", "fixes": 4, "span_s": 720, "plain": True}
            given = {"case_id": case_id, "device_id": "phone", "left_at": left, "alert_id": alert_id}
            detected = left + timedelta(minutes=10)
            more = {"detected_at": detected, "back_at": detected + timedelta(hours=1), "parameters": "1"}
            work.insert(Departure, id=departure_id, check_id=check_id, **given, **bands, **more)
        return departure_id

    def doubt(self, number: str = ANN) -> str:
        """An alert about somebody new that rests on two independent facts; its id. It is 17:00 in Kazan."""
        case_id = self.admit(number)
        self.clock.pass_by(hours=5)
        self.departure_of(case_id, timedelta(hours=4))
        self.check_of(case_id, "missed", timedelta(hours=2))
        return str(self.alert_of(case_id).id)

    def ripe(self, number: str = ANN) -> str:
        """As `doubt`, told and with the patient's time over."""
        alert_id = self.doubt(number)
        self.tell()
        self.clock.pass_by(hours=24, minutes=1)
        return alert_id

    def taken(self, officer: str, name: str, words: str) -> str:
        """An alert about somebody of this name, who says something to it, taken by an officer; its id."""
        case_id = self.admit("+79990000041", name=name, reason=words)
        self.departure_of(case_id)
        self.check_of(case_id, "failed")
        with self.store.work() as work:
            case = held_case(work, case_id)
            assert case is not None
            say(work, case, "reply", "page", words, by="tests")
        alert_id = str(self.alert_of(case_id).id)
        with self.store.work() as work:
            take_alert(work, alert_id, officer)
        return alert_id

    def held(self, work: Work, case_id: str) -> WatchedCase:
        case = held_case(work, case_id)
        assert case is not None
        return case

    def alert_of(self, case_id: str) -> Row[Any]:
        return next(one for one in self.rows(Alert) if one.case_id == case_id and one.decided_at is None)

    def alert(self, alert_id: str) -> Row[Any]:
        return next(one for one in self.rows(Alert) if one.id == alert_id)

    def tell(self) -> int:
        return tell_doubts(self.store, PUBLIC_URL)

    def tell_and_count(self) -> int:
        """Tells patients; how many texts of doubts went out."""
        before = self._told()
        self.tell()
        return self._told() - before

    def _told(self) -> int:
        return sum(one.template.startswith("told_") for one in self.rows(OutboxMessage))

    def decides(
        self, alert_id: str, decision: str = "violation", by: str = DORA, words: str = "", reason: str = "seen"
    ) -> tuple[WhyNot, ...]:
        """Why not; empty where it is decided."""
        with self.store.work() as work:
            outcome = decide(work, alert_id, Given(Decision(decision), reason, words), by)
        return () if isinstance(outcome, Decided) else outcome

    def at(self, hour: int, minute: int = 0) -> datetime:
        """The clock goes on to this hour in Kazan, today or tomorrow."""
        now = self.clock.now
        wanted = now.replace(hour=(hour - 3) % 24, minute=minute, second=0)
        self.clock.now = wanted if wanted > now else wanted + timedelta(days=1)
        return self.clock.now
