"""Recordings at the carrier: the real client over real HTTP, and the one that remembers, under one contract."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from telephony.gateway import Account
from telephony.recordings.recorder import Done, Failed, Fetched, Listed, Missing, Recorder, TwilioRecorder
from telephony.retrying import UNREACHED
from tests.recordings.carrier import (
    ACCOUNT_SID,
    LEG,
    OTHER_LEG,
    OTHER_SID,
    SID,
    TOKEN,
    HttpCarrier,
    Made,
    RememberingRecorder,
    listening,
    wav,
)

ACCOUNT = Account(ACCOUNT_SID, TOKEN, "2590")


@dataclass
class World:
    """A recorder, the recordings there are, the legs that are recorded, and how to make a question fail."""

    recorder: Recorder
    made: dict[str, Made]
    paused: dict[str, bool]
    fail: Callable[[int], None]


@pytest.fixture
def carrier() -> Iterator[HttpCarrier]:
    with listening(HttpCarrier()) as carrier:
        yield carrier


def recorder_at(carrier: HttpCarrier, token: str = TOKEN, within_s: float = 30) -> TwilioRecorder:
    return TwilioRecorder(Account(ACCOUNT_SID, token, "2590"), carrier.url, timeout_s=0.5, within_s=within_s)


@pytest.fixture
def real(carrier: HttpCarrier) -> World:
    return World(recorder_at(carrier), carrier.made, carrier.paused, carrier.troubles.append)


@pytest.fixture
def remembered() -> World:
    one = RememberingRecorder()
    return World(one, one.made, one.paused, lambda status: one.failing.append(Failed(status)))


@pytest.fixture(params=["real", "remembered"])
def world(request: pytest.FixtureRequest) -> World:
    given: World = request.getfixturevalue(request.param)
    return given


def fetched(recorder: Recorder, sid: str = SID) -> tuple[object, bytes]:
    taken: list[bytes] = []
    outcome = recorder.fetch(sid, taken.append)
    return outcome, b"".join(taken)


def test_the_recordings_of_a_leg_are_listed(world: World) -> None:
    world.made[SID] = Made(LEG, wav())
    world.made[OTHER_SID] = Made(OTHER_LEG, wav(), "processing", 5)

    assert world.recorder.recordings_of(LEG) == (Listed(SID, "completed", 3),)
    assert world.recorder.recordings_of(OTHER_LEG) == (Listed(OTHER_SID, "processing", 5),)
    assert world.recorder.recordings_of("CA" + "9" * 32) == ()


def test_the_whole_sound_is_fetched(world: World) -> None:
    world.made[SID] = Made(LEG, wav(b"a" * 1_000_000))

    assert fetched(world.recorder) == (Fetched(), world.made[SID].sound)
    assert fetched(world.recorder, OTHER_SID) == (Missing(), b"")


def test_what_is_deleted_is_gone_and_may_be_deleted_again(world: World) -> None:
    world.made[SID] = Made(LEG, wav())

    assert [world.recorder.withdraw(SID) for _ in range(2)] == [Done(), Done()]
    assert fetched(world.recorder)[0] == Missing() and world.made == {}


def test_a_leg_that_is_recorded_is_paused_and_goes_on(world: World) -> None:
    world.paused[LEG] = False

    for paused in (True, True, False, False):
        assert world.recorder.hold(LEG, paused=paused) == Done()
        assert world.paused[LEG] is paused
    assert world.recorder.hold(OTHER_LEG, paused=True) == Missing()


@pytest.mark.parametrize("status", [429, 503])
def test_a_carrier_in_trouble_is_a_value(world: World, status: int) -> None:
    world.made[SID], world.paused[LEG] = Made(LEG, wav()), False
    questions: tuple[Callable[[], object], ...] = (
        lambda: world.recorder.recordings_of(LEG),
        lambda: fetched(world.recorder)[0],
        lambda: world.recorder.withdraw(SID),
        lambda: world.recorder.hold(LEG, paused=True),
    )
    for ask in questions:
        world.fail(status)
        assert isinstance(ask(), Failed)

    assert (list(world.made), world.paused) == ([SID], {LEG: False})


@pytest.mark.parametrize("content", [b"", b"<html>", b"RIFF", wav()[:-1], wav().replace(b"WAVE", b"AVI ")])
def test_what_is_no_whole_wav_is_not_taken_for_one(carrier: HttpCarrier, content: bytes) -> None:
    carrier.made[SID] = Made(LEG, content)

    assert fetched(recorder_at(carrier))[0] == Failed(UNREACHED)


def test_a_wav_may_leave_its_length_open(carrier: HttpCarrier) -> None:
    for told in (b"\0\0\0\0", b"\xff\xff\xff\xff"):
        carrier.made[SID] = Made(LEG, wav()[:4] + told + wav()[8:])
        assert fetched(recorder_at(carrier))[0] == Fetched()


@pytest.mark.parametrize("trouble", ["hang", "cut"])
def test_a_line_that_hangs_or_breaks_is_no_recording(carrier: HttpCarrier, trouble: str) -> None:
    carrier.made[SID] = Made(LEG, wav())
    carrier.troubles.append(trouble)

    assert fetched(recorder_at(carrier))[0] == Failed(UNREACHED)


def test_a_trickle_ends_in_time(carrier: HttpCarrier) -> None:
    carrier.made[SID] = Made(LEG, wav())
    carrier.troubles.append("trickle")
    began = time.monotonic()

    assert fetched(recorder_at(carrier, within_s=0.5))[0] == Failed(UNREACHED)
    assert time.monotonic() - began < 3


def test_nobody_listening_and_a_wrong_token_are_values(carrier: HttpCarrier) -> None:
    carrier.made[SID] = Made(LEG, wav())
    nobody = TwilioRecorder(ACCOUNT, "http://127.0.0.1:9")

    for one, code in ((nobody, UNREACHED), (recorder_at(carrier, "another"), 20003)):
        assert (one.withdraw(SID), one.hold(LEG, paused=True)) == (Failed(code), Failed(code))
        assert one.recordings_of(LEG) == Failed(401 if code == 20003 else code)
        assert isinstance(fetched(one)[0], Failed)
    assert list(carrier.made) == [SID]


def test_a_redirection_is_not_followed(carrier: HttpCarrier) -> None:
    carrier.made[SID] = Made(LEG, wav())
    carrier.troubles.append(302)

    assert fetched(recorder_at(carrier))[0] == Failed(302)


def test_what_the_taker_raises_comes_through(world: World) -> None:
    world.made[SID] = Made(LEG, wav())

    def full(_: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        world.recorder.fetch(SID, full)
