"""Passwords: who knows them, how long it takes, and what memory stays behind."""

import resource
import threading
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from web.signin.passwords import Busy, Passwords

MINE = "several words of mine"
LEFT_MOST = 15 * 1024 * 1024
"""Less than one hash takes while it is reckoned."""


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def test_a_password_fits_its_hash_and_no_other(passwords: Passwords) -> None:
    kept = passwords.hash(MINE)

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(kept, MINE)
    assert not passwords.fits(kept, f"{MINE} ")
    assert not passwords.fits("no hash", MINE)


def test_nobodys_password_fits_nothing(passwords: Passwords) -> None:
    assert not passwords.fits(None, "nobody's password")


def test_an_unknown_name_takes_as_long_as_a_known_one(passwords: Passwords) -> None:
    kept = passwords.hash(MINE)

    def fastest(hashed: str | None) -> float:
        times = []
        for _ in range(7):
            begun = time.thread_time()  # of the processor, whatever else the machine does
            passwords.fits(hashed, "another")
            times.append(time.thread_time() - begun)
        return min(times)

    assert 0.5 < fastest(kept) / fastest(None) < 2


def test_however_a_keyboard_makes_the_signs_it_is_the_same_password(passwords: Passwords) -> None:
    assert passwords.fits(passwords.hash("caf\u00e9 of ours here"), "cafe\u0301 of ours here")


def test_less_effort_than_todays_is_outdated(passwords: Passwords) -> None:
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(MINE))
    assert not passwords.outdated(passwords.hash(MINE))


def test_many_threads_leave_no_memory_behind(passwords: Passwords) -> None:
    kept = passwords.hash(MINE)
    before, stop = resident(), threading.Event()

    def check(done: threading.Event) -> None:
        passwords.fits(kept, MINE)
        done.set()
        stop.wait()

    for _ in range(6):
        done = threading.Event()
        threading.Thread(target=check, args=(done,), daemon=True).start()
        done.wait()
    grown = resident() - before
    stop.set()

    assert grown < LEFT_MOST


def test_whoever_waits_too_long_is_told(passwords: Passwords) -> None:
    hurried = Passwords(patience_s=0.01)

    with hurried._turn(), pytest.raises(Busy):
        hurried.hash(MINE)
