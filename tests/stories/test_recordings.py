"""The recording of a call with an agent, from the first word to its destruction, on the real carrier's protocol."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.desk.recording import Sound, Stage, listen, pausing, play, recordings_of, want_pause
from settings import Settings
from store import Store
from store.audit import AuditEntry
from store.blobs import FolderBlobs, NoBlob
from store.calls import RecordedLeg, Recording
from telephony.gateway import Account
from telephony.recordings import pausing as telling
from telephony.recordings import seeking
from telephony.recordings.keeping import GRACE, Keeper
from telephony.recordings.recorder import TwilioRecorder
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.faults import Fault
from telephony.simulator.serving import CarrierServer
from telephony.simulator.voice.phoning import PhoneCall
from telephony.simulator.voice.sound import wav_of
from tests.clock import Clock

Talk = tuple[PhoneCall, PhoneCall]


@pytest.fixture
def keeper(carrier: Carrier, store: Store, settings: Settings, tmp_path: Path) -> Iterator[Keeper]:
    """Whoever looks after recordings, with a folder, and the carrier reached over HTTP."""
    account = Account(settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_number)
    with CarrierServer(carrier) as server:
        yield Keeper(store, TwilioRecorder(account, server.url), FolderBlobs(tmp_path / "blobs"))


@pytest.fixture
def talk(registered: Handset, at_desk: Callable[[str], Handset], delivers: Callable[[], None]) -> Talk:
    """A caller and an agent who hear each other."""
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    leg = agent.answers()
    assert call.bridged
    return call, leg


def part(talk: Talk, carrier: Carrier, clock: Clock) -> None:
    """They spoke for two minutes, and it is over."""
    call, leg = talk
    leg.says("Здравствуйте, чем помочь?")
    clock.pass_by(minutes=2)
    call.hangs_up()
    if not leg.ended:
        leg.hangs_up()
    carrier.settle()


def kept(store: Store) -> list[str]:
    """The ids of the recordings that there are in the store."""
    with store.reading() as work:
        return [row.sid for row in work.rows(select(col(Recording.sid)))]


def files(folder: Path) -> list[Path]:
    """The blobs on disk."""
    return [path for path in (folder / "blobs").rglob("*") if path.is_file()]


def hear(keeper: Keeper, sid: str) -> bytes | None:
    with keeper.store.work() as work:
        sound = listen(work, sid, "staff:1", "review")
    return b"".join(play(keeper.blobs, sound)) if isinstance(sound, Sound) else None


def test_a_recording_is_kept_and_withdrawn_and_destroyed_in_its_time(
    talk: Talk, carrier: Carrier, keeper: Keeper, clock: Clock, tmp_path: Path
) -> None:
    part(talk, carrier, clock)
    (made,) = carrier.ledger.recordings.all()
    clock.now += GRACE
    assert keeper.sweep() == 1

    with keeper.store.reading() as work:
        (one,) = recordings_of(work, talk[0].sid)
    assert (one.sid, one.stage, one.seconds) == (made.sid, Stage.WITHDRAWN, made.duration)
    assert hear(keeper, made.sid) == wav_of(made) and carrier.ledger.recordings.all() == []

    (file,) = files(tmp_path)
    assert b"RIFF" not in file.read_bytes()
    clock.pass_by(days=31)
    keeper.sweep()
    assert files(tmp_path) == [] and hear(keeper, made.sid) is None


@pytest.mark.parametrize("fault", [Fault.RECORDINGS_EARLY, Fault.RECORDINGS_DELAYED, Fault.RECORDINGS_DOUBLED])
def test_however_it_is_announced_there_is_one(
    talk: Talk, carrier: Carrier, keeper: Keeper, clock: Clock, fault: Fault
) -> None:
    carrier.faults.switch(fault)
    part(talk, carrier, clock)
    (made,) = carrier.ledger.recordings.all()
    for _ in range(2):
        clock.pass_by(minutes=1)
        keeper.sweep()

    assert kept(keeper.store) == [made.sid] and hear(keeper, made.sid) == wav_of(made)


def test_one_that_is_not_announced_is_found(talk: Talk, carrier: Carrier, keeper: Keeper, clock: Clock) -> None:
    carrier.faults.switch(Fault.RECORDINGS_MISSING)
    part(talk, carrier, clock)
    assert kept(keeper.store) == []
    for _ in range(3):
        clock.pass_by(minutes=3)
        seeking.sweep(keeper.store, keeper.recorder)
        clock.now += GRACE
        keeper.sweep()

    (sid,) = kept(keeper.store)
    assert hear(keeper, sid) and carrier.ledger.recordings.all() == []
    with keeper.store.reading() as work:
        assert [row.due_at for row in work.rows(select(col(RecordedLeg.due_at)))] == [None]


def test_what_is_said_while_health_is_spoken_of_is_not_in_it(
    talk: Talk, carrier: Carrier, keeper: Keeper, clock: Clock
) -> None:
    call, leg = talk
    for paused, words in ((True, "У меня температура"), (False, "Спасибо")):
        with keeper.store.work() as work:
            want_pause(work, call.sid, paused=paused, by="staff:agent-7")
        telling.hold(keeper.store, keeper.recorder, call.sid)
        with keeper.store.reading() as work:
            told = pausing(work, call.sid)
        assert told and (told.wanted, told.paused, told.failed_at) == (paused, paused, None)
        assert leg.record.paused is paused
        clock.pass_by(seconds=10)
        call.says(words)
        clock.pass_by(seconds=10)
    part(talk, carrier, clock)

    (made,) = carrier.ledger.recordings.all()
    assert len(made.bursts) == 2 and len(made.spans) == 2
    with keeper.store.reading() as work:
        actions = {row.action for row in work.rows(select(col(AuditEntry.action)))}
    assert {"recording.pause_wanted", "recording.paused", "recording.sound_wanted", "recording.sounding"} <= actions


def test_nobody_else_s_call_is_paused(talk: Talk, keeper: Keeper, clock: Clock) -> None:
    with keeper.store.work() as work:
        assert want_pause(work, "CA" + "9" * 32, paused=True, by="staff:agent-7") is None
    clock.pass_by(minutes=1)

    assert telling.sweep(keeper.store, keeper.recorder) == 0
    assert talk[1].record.recording and not talk[1].record.paused


def test_a_blob_that_somebody_deleted_is_missed_at_once(
    talk: Talk, carrier: Carrier, keeper: Keeper, clock: Clock, tmp_path: Path
) -> None:
    part(talk, carrier, clock)
    clock.now += GRACE + timedelta(seconds=1)
    keeper.sweep()
    (file,) = files(tmp_path)
    file.unlink()

    with pytest.raises(NoBlob):
        hear(keeper, kept(keeper.store)[0])
