"""Passwords: Argon2id, one at a time in a process, since each takes 19 MiB while it is reckoned."""

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.words import later

SHORTEST, LONGEST = 12, 200
_A_NAME, _BESIDE_NAME = 3, 6
"""From how many signs on a name counts, and how many others a password with it must have."""
_MMAP_THRESHOLD = -3
"""Its number in glibc's malloc.h."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_WORST = frozenset(
    "123456789012 1234567890123 12345678901234 123123123123 123412341234 121212121212 112233445566 098765432109 "
    "password1234 password12345 passwordpassword passw0rd1234 p@ssword1234 p@ssw0rd1234 mypassword123 password2020 "
    "qwertyuiop12 qwertyuiop123 qwerty123456 qwertyqwerty qwerty12345678 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv "
    "asdfghjkl123 zxcvbnm12345 abcdefghijkl abcdef123456 abc123abc123 abcd12345678 letmein12345 welcome12345 "
    "administrator admin1234567 adminadmin12 iloveyou1234 iloveyouforever changeme1234 changemechangeme secret123456 "
    "football1234 superman1234 trustno1trustno1 correcthorsebatterystaple correct horse battery staple "
    "пароль123456 парольпароль мойпароль123 йцукенгшщзхъ йцукен123456 йцукенйцукен привет123456 приветпривет "
    "администратор яживувмоскве любимаямама12 паролькузнеца".split()
)
"""Of those that are long enough, what everybody tries first."""


class Busy(Exception):
    """Too many sign-ins at once; the next minute is better."""


class Passwords:
    """Makes and checks hashes, one at a time; `patience_s` is how long others wait. One for each process."""

    def __init__(self, patience_s: float = 5.0) -> None:
        self._patience_s = patience_s
        _give_memory_back()
        self._one = Lock()
        self._nobody = _nobodys()

    def hash(self, password: str) -> str:
        """What is kept of a password; raises Busy."""
        with self._turn():
            return _HASHER.hash(_plain(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; for nobody's it takes as long. Raises Busy."""
        with self._turn():
            try:
                return _HASHER.verify(kept or self._nobody, _plain(password)) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with less effort than today's."""
        return _HASHER.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._one.acquire(timeout=self._patience_s):
            raise Busy
        try:
            yield
        finally:
            self._one.release()


@cache
def _nobodys() -> str:
    """A hash that no password need fit, for those that nobody has."""
    return _HASHER.hash("nobody's password")


def weakness(password: str, name: str) -> str | None:
    """What is wrong with a new password, in English; no rules of letters and digits, which make worse ones."""
    plain = _plain(password).casefold()
    if len(plain) < SHORTEST:
        return later("Use at least 12 characters")
    if len(plain) > LONGEST:
        return later("Use at most 200 characters")
    if len(set(plain)) < 4 or plain in _WORST or plain.replace(" ", "") in _WORST:
        return later("Choose another password: everybody tries this one first")
    called = name.casefold()
    if len(called) >= _A_NAME and len(plain.replace(called, "")) < _BESIDE_NAME:
        return later("Choose a password that is not your name")
    return None


def _give_memory_back() -> None:
    """Has the C library return large memory once it is free, whichever thread used it.

    Left to itself glibc learns from the first 19 MiB to keep the next, in each thread: 150 MB after eight sign-ins.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, 1024 * 1024)


def _plain(password: str) -> str:
    """The same signs, however the keyboard made them."""
    return unicodedata.normalize("NFKC", password)
