"""Recordings are fetched once, kept sealed, deleted at the carrier and destroyed, whatever happens on the way."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from store.blobs import NoBlob
from store.calls import Call
from store.keyring import Tampered
from telephony.recordings import recorder as limits
from telephony.recordings.claims import GIVE_UP, LATEST, LEASE, SOONEST
from telephony.recordings.keeping import GRACE
from telephony.recordings.recorder import Failed
from tests.recordings.carrier import LEG, OTHER_SID, SID, Made, wav
from tests.recordings.conftest import CALL, Desk

DAYS = 30
"""The order's `retention_days`."""


def test_a_recording_is_kept_sealed_with_its_hash_in_the_audit_and_withdrawn(recorded: Desk) -> None:
    for _ in range(3):
        recorded.keeper.keep(SID)

    row, (blob,) = recorded.row(), recorded.blobs.kept.values()
    assert recorded.recorder.asked == ["fetch", "withdraw"] and recorded.recorder.made == {}
    assert (row.call_sid, row.seconds, row.kept_at, row.withdrawn_at) == (CALL, 3, recorded.clock.now, row.kept_at)
    assert recorded.audit() == ["recording.kept", "recording.withdrawn"]
    digest = hashlib.sha256(wav()).digest()
    assert row.sha256 == digest
    assert recorded.details("recording.kept") == {"call": CALL, "sha256": digest.hex(), "seconds": 3}
    assert b"sound" not in blob and recorded.hear() == wav()
    assert row.due_at == row.destroy_at == recorded.call().ended_at + timedelta(days=DAYS)


def test_an_early_announcement_waits_for_its_call(desk: Desk) -> None:
    desk.record()
    desk.announce()
    desk.keeper.keep(SID)
    assert (desk.row().call_sid, desk.recorder.asked) == (None, [])

    desk.connect()
    desk.end()
    desk.clock.now += SOONEST + GRACE
    desk.keeper.sweep()

    assert (desk.row().call_sid, desk.hear()) == (CALL, wav())


def test_a_recording_of_no_call_of_ours_is_left_where_it_is(desk: Desk) -> None:
    desk.record()
    desk.announce()
    while desk.row().due_at:
        desk.clock.now = desk.row().due_at
        desk.keeper.keep(SID)

    assert (desk.row().lost, desk.audit(), desk.recorder.asked) == ("unknown", ["recording.lost"], [])
    assert SID in desk.recorder.made and desk.row().attempts < 40


@pytest.mark.parametrize("status", ["absent", "failed"])
def test_what_the_carrier_could_not_record_is_lost_and_not_asked_for(desk: Desk, status: str) -> None:
    desk.connect()
    desk.end()
    desk.announce(status=status)
    desk.keeper.keep(SID)

    assert (desk.row().lost, desk.audit(), desk.recorder.asked) == (status, ["recording.lost"], [])
    assert desk.row().due_at == desk.row().destroy_at is not None


@pytest.mark.parametrize("trouble", [Failed(20503), Failed(20429), Failed(500)])
def test_a_carrier_in_trouble_is_asked_again_after_growing_waits(recorded: Desk, trouble: Failed) -> None:
    recorded.recorder.failing = [trouble] * 6
    waits = []
    for _ in range(6):
        recorded.keeper.keep(SID)
        waits.append(recorded.row().due_at - recorded.clock.now)
        recorded.clock.now = recorded.row().due_at
    recorded.keeper.keep(SID)

    assert waits == sorted(waits) and waits[0] == SOONEST < waits[-1] < LATEST
    assert recorded.audit() == ["recording.kept", "recording.withdrawn"] and recorded.hear() == wav()
    assert list(recorded.blobs.kept) == [recorded.row().blob]


@pytest.mark.parametrize(("gone", "why"), [(True, "gone"), (False, "unreached")])
def test_what_cannot_be_had_for_days_is_given_up_visibly(recorded: Desk, gone: bool, why: str) -> None:
    if gone:
        recorded.recorder.made.clear()
    else:
        recorded.recorder.failing = [Failed(503)] * 999
    announced = recorded.clock.now
    while recorded.row().lost is None:
        recorded.clock.now = recorded.row().due_at
        recorded.keeper.keep(SID)

    assert (recorded.row().lost, recorded.audit()) == (why, ["recording.lost"])
    assert recorded.clock.now - announced > GIVE_UP and recorded.row().attempts < 60
    assert recorded.hear() is None and recorded.blobs.kept == {}


def test_a_recording_longer_than_any_call_is_not_kept(recorded: Desk) -> None:
    assert limits.MOST_BYTES > 4 * 3600 * 32_000

    recorded.recorder.too_long = True
    recorded.keeper.keep(SID)

    assert (recorded.row().lost, recorded.blobs.kept) == ("too_long", {})


def test_half_a_recording_is_none(recorded: Desk) -> None:
    recorded.recorder.cut_after = 2000
    recorded.keeper.keep(SID)
    assert (recorded.row().kept_at, recorded.blobs.kept, recorded.audit()) == (None, {}, [])

    recorded.recorder.cut_after = None
    recorded.clock.now += SOONEST
    recorded.keeper.keep(SID)
    assert recorded.hear() == wav()


def test_a_full_disk_loses_nothing(recorded: Desk) -> None:
    recorded.blobs.room = 100
    for _ in range(100):
        recorded.clock.now = recorded.row().due_at
        recorded.keeper.keep(SID)
    assert (recorded.row().kept_at, recorded.row().lost, recorded.audit()) == (None, None, [])
    assert SID in recorded.recorder.made

    recorded.blobs.room = 1 << 30
    recorded.clock.now = recorded.row().due_at
    recorded.keeper.keep(SID)
    assert recorded.hear() == wav()


def test_deleting_at_the_carrier_is_tried_for_days_and_once_more_at_the_end(recorded: Desk) -> None:
    recorded.recorder.in_between = lambda: recorded.recorder.failing.extend([Failed(503)] * 99)
    recorded.keeper.keep(SID)
    while recorded.row().due_at != recorded.row().destroy_at:
        recorded.clock.now = recorded.row().due_at
        recorded.keeper.keep(SID)
    assert recorded.audit() == ["recording.kept", "recording.left_at_carrier"] and recorded.hear() == wav()

    recorded.recorder.failing.clear()
    recorded.clock.now = recorded.row().destroy_at
    recorded.keeper.keep(SID)
    assert {"recording.destroyed", "recording.withdrawn"} < set(recorded.audit())
    assert recorded.recorder.made == {} and recorded.row().due_at is None


def test_what_is_past_its_time_is_destroyed_with_the_note(recorded: Desk) -> None:
    with recorded.store.work() as work:
        work.run(update(Call).where(col(Call.sid) == CALL), note_sealed=b"sealed")
    recorded.keeper.keep(SID)
    recorded.clock.now = recorded.row().destroy_at - timedelta(seconds=1)
    recorded.keeper.sweep()
    assert recorded.hear() == wav() and recorded.call().note_sealed

    recorded.clock.now += GRACE + timedelta(seconds=1)
    assert recorded.hear() is None, "past its time nobody hears it, destroyed or not"
    recorded.keeper.sweep()

    row = recorded.row()
    assert (row.data_key, row.destroyed_at, row.due_at) == (None, recorded.clock.now, None)
    assert recorded.blobs.kept == {} and recorded.call().note_sealed is None and recorded.hear() is None
    assert recorded.audit().count("recording.destroyed") == 1
    assert recorded.keeper.sweep() == 0


def test_a_lost_recording_is_deleted_at_the_carrier_at_its_end(recorded: Desk) -> None:
    recorded.recorder.too_long = True
    recorded.keeper.keep(SID)
    recorded.clock.now = recorded.row().destroy_at
    recorded.keeper.keep(SID)

    assert recorded.recorder.made == {}
    assert recorded.audit() == ["recording.destroyed", "recording.lost", "recording.withdrawn"]


def test_whoever_was_overtaken_leaves_no_trace(recorded: Desk) -> None:
    """One stands still in the middle of a fetch until its lease is over, and another comes."""

    def meanwhile() -> None:
        recorded.recorder.in_between = lambda: None
        recorded.clock.now += LEASE
        recorded.keeper.keep(SID)

    recorded.recorder.in_between = meanwhile
    recorded.keeper.keep(SID)

    assert list(recorded.blobs.kept) == [recorded.row().blob] and recorded.hear() == wav()
    assert [recorded.audit().count(one) for one in ("recording.kept", "recording.withdrawn")] == [1, 1]


@pytest.mark.parametrize(
    "change",
    [lambda blob: blob[:-1], lambda blob: blob[:40] + b"x" + blob[41:], lambda blob: b"", lambda blob: blob + blob],
)
def test_a_blob_that_was_changed_does_not_sound(recorded: Desk, change: Callable[[bytes], bytes]) -> None:
    recorded.keeper.keep(SID)
    (name, blob), *_ = recorded.blobs.kept.items()
    recorded.blobs.kept[name] = change(blob)

    with pytest.raises(Tampered):
        recorded.hear()


def test_a_blob_of_another_recording_does_not_sound(recorded: Desk) -> None:
    recorded.recorder.made[OTHER_SID] = Made(LEG, wav(b"other" * 100))
    recorded.announce(OTHER_SID)
    for sid in (SID, OTHER_SID):
        recorded.keeper.keep(sid)
    one, other = recorded.row().blob, recorded.row(OTHER_SID).blob
    recorded.blobs.kept[one], recorded.blobs.kept[other] = recorded.blobs.kept[other], recorded.blobs.kept[one]

    with pytest.raises(Tampered):
        recorded.hear()
    recorded.blobs.delete(one)
    with pytest.raises(NoBlob):
        recorded.hear()


def test_one_that_breaks_the_sweep_stays_and_holds_up_nobody(recorded: Desk) -> None:
    recorded.record(OTHER_SID)
    recorded.announce(OTHER_SID)
    recorded.recorder.broken = SID
    recorded.clock.now += GRACE

    assert recorded.keeper.sweep() == 2
    assert (recorded.row().kept_at, recorded.row(OTHER_SID).kept_at) == (None, recorded.clock.now)
