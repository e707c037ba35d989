"""A call with an agent that is recorded, and whoever looks after recordings."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.desk.calling import Caller, Wanted, begin_call, end_call, join_line
from codes.desk.recording import Sound as Heard
from codes.desk.recording import begin_recording, listen, play
from codes.regimes import activate, preset
from store import Store
from store.audit import AuditEntry
from store.calls import Call, RecordedLeg, Recording
from store.columns import table
from store.phones import ensure_phone
from store.staff import Staff
from telephony.recordings.announcing import Announcement, receive_announcement
from telephony.recordings.keeping import Keeper
from tests.clock import Clock
from tests.recordings.carrier import LEG, SID, Made, RememberingRecorder, wav
from tests.store.remembering import MemoryBlobs

CALL, AGENT = "CA" + "c" * 32, "agent"
NUMBER = "+79990000001"


@dataclass
class Desk:
    """A store with an order in force, a carrier that records, and a keeper."""

    store: Store
    clock: Clock
    recorder: RememberingRecorder
    blobs: MemoryBlobs
    keeper: Keeper

    def connect(self, call_sid: str = CALL, leg_sid: str = LEG) -> None:
        """A caller reaches an agent."""
        with self.store.work() as work:
            caller = Caller(call_sid, ensure_phone(work, NUMBER), "ru")
            begin_call(work, caller, "in")
            join_line(work, caller, Wanted.ASKED)
            connected = {"state": "connected", "connected_at": work.now, "agent_id": AGENT, "leg_sid": leg_sid}
            work.run(update(Call).where(col(Call.sid) == call_sid), **connected)
            begin_recording(work, leg_sid, call_sid)
        self.recorder.paused[leg_sid] = False

    def end(self, call_sid: str = CALL) -> None:
        with self.store.work() as work:
            end_call(work, call_sid)

    def record(self, sid: str = SID, leg_sid: str = LEG, status: str = "completed") -> None:
        """The carrier has a recording, and says nothing of it."""
        self.recorder.made[sid] = Made(leg_sid, wav(), status)

    def announce(self, sid: str = SID, leg_sid: str = LEG, status: str = "completed") -> None:
        receive_announcement(self.store, Announcement(sid, leg_sid, status, 3))

    def row(self, sid: str = SID) -> Row[Any]:
        return self._one(select(table(Recording)).where(col(Recording.sid) == sid))

    def call(self, call_sid: str = CALL) -> Row[Any]:
        return self._one(select(table(Call)).where(col(Call.sid) == call_sid))

    def leg(self, leg_sid: str = LEG) -> Row[Any]:
        return self._one(select(table(RecordedLeg)).where(col(RecordedLeg.leg_sid) == leg_sid))

    def _one(self, statement: Any) -> Row[Any]:
        with self.store.reading() as work:
            row: Row[Any] = work.rows(statement)[0]
        return row

    def audit(self) -> list[str]:
        """What was done to recordings, sorted by name: entries of one moment have no order."""
        with self.store.reading() as work:
            rows = work.rows(select(col(AuditEntry.action)))
        return sorted(row.action for row in rows if row.action.startswith("recording."))

    def details(self, action: str) -> dict[str, Any]:
        found = select(col(AuditEntry.details)).where(col(AuditEntry.action) == action)
        told: dict[str, Any] = json.loads(self._one(found).details)
        return told

    def hear(self, sid: str = SID) -> bytes | None:
        """What somebody who may listen hears; None where nobody can."""
        with self.store.work() as work:
            sound = listen(work, sid, "staff:1", "review")
        return b"".join(play(self.blobs, sound)) if isinstance(sound, Heard) else None


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
        work.insert(Staff, id=AGENT, name="Anna", roles="agent", created_at=work.now, wrong_sign_ins=0)
    recorder, blobs = RememberingRecorder(), MemoryBlobs()
    return Desk(store, clock, recorder, blobs, Keeper(store, recorder, blobs))


@pytest.fixture
def recorded(desk: Desk) -> Desk:
    """A call that is over, with a recording announced."""
    desk.connect()
    desk.clock.pass_by(minutes=5)
    desk.end()
    desk.record()
    desk.announce()
    return desk
