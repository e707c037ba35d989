"""Calls that are picked: a chance that is told what to do, calls with a pass, and a recording of one."""

from random import Random

from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.helping import issue
from codes.desk.recording import sound_place
from codes.desk.wrapping_up import Outcome, Wrapped, wrap_call
from codes.outcomes import Grant
from store.blobs import BlobStore
from store.calls import CallReview, RecordedLeg, Recording
from store.sealing import PART, Sealing
from store.staff import Staff
from tests.codes.counter import ANN
from tests.codes.line import Line

WAV = bytes(number % 251 for number in range(2 * PART + 1000))
NOTHING = {"blob": None, "sha256": None, "data_key": None, "epoch": None, "kept_at": None}
"""As columns: a recording that is not kept."""
BOSS = "boss"


class Chance(Random):
    """Always picks, or never."""

    picks = True

    def randrange(self, *_: object) -> int:
        return 0 if self.picks else 1


def issue_in_call(line: Line, sid: str, staff_id: str = "anna") -> None:
    """The agent issues a pass."""
    person = line.person(ANN)
    grant = line.attends(sid, lambda work, attended: issue(work, attended, person, 8, {}), staff_id)
    assert isinstance(grant, Grant)


def wraps(line: Line, sid: str, staff_id: str = "anna") -> Wrapped:
    """The agent notes the call and leaves."""
    with line.counter.store.work() as work:
        return wrap_call(work, staff_id, sid, Outcome.ISSUED, "", stay=False)


def employs(line: Line, *staff_ids: str) -> None:
    """There are supervisors of these ids."""
    with line.counter.store.work() as work:
        for one in staff_ids:
            work.insert(Staff, id=one, name=one.title(), roles="supervisor", created_at=work.now, wrong_sign_ins=0)


def picked(line: Line) -> list[str]:
    """The calls that were picked."""
    with line.counter.store.reading() as work:
        return [row.call_sid for row in work.rows(select(col(CallReview.call_sid)))]


def keep(line: Line, sid: str, blobs: BlobStore, **given: object) -> str:
    """A recording of the call, and none is looked for any more; `given` are columns of its row."""
    store, name = line.counter.store, "RE" + "a" * 32
    new = store.keys.new_key()
    with blobs.put("blob") as blob:
        sealing = Sealing(new.key, sound_place(name), blob.write)
        sealing.write(WAV)
        sha256 = sealing.finish()
        blob.finish()
    kept = {"blob": "blob", "sha256": sha256, "data_key": new.wrapped, "epoch": new.epoch}
    with store.work() as work:
        row = {**kept, "kept_at": work.now, "seconds": 3, **given}
        call = {"call_sid": sid, "leg_sid": "leg", "announced_at": work.now, "attempts": 0}
        work.insert(Recording, sid=name, **call, **row)
        work.run(update(RecordedLeg), due_at=None)
    return name
