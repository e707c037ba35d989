"""Signing QR codes and making the list of revoked passes, on one core."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from codes.signed.revocation_bytes import read_list, write_list
from codes.signed.signed_pass import read_token, sign_token
from codes.signed.token_bytes import PassToken
from store.signing_keys import first_signing_key, read_signing_keys

Result = TypeVar("Result")
TOKENS = 20_000
MILLION, DAY = 1_000_000, 3000


@dataclass(frozen=True, slots=True)
class QrFigures:
    """Rates of one core; sizes in bytes."""

    signed_a_second: float
    read_a_second: float
    million_bytes: int
    million_made_s: float
    million_read_s: float
    day_bytes: int
    hourly_day_bytes: int
    """The same day asked for each hour."""


def qr_figures() -> QrFigures:
    """Measures; a few seconds."""
    now, random = datetime.now(UTC), Random(2590)
    with TemporaryDirectory() as folder:
        first_signing_key(Path(folder), now, development=False)
        keys = read_signing_keys(Path(folder), production=True)
    public = {keys[-1].public.id: keys[-1].public}
    token = PassToken(1, False, 0, now, now + timedelta(hours=1), 8, 1, 0, "2506", "ИАИ", 1980)
    tokens = [replace(token, serial=random.getrandbits(64)) for _ in range(TOKENS)]
    signing_s, signed = _timed(lambda: [sign_token(one, keys) for one in tokens])
    reading_s, read = _timed(lambda: [read_token(text, public) for text in signed])
    assert all(isinstance(one, PassToken) for one in read)
    serials = [random.getrandbits(64) for _ in range(MILLION)]
    made_s, million = _timed(lambda: write_list(serials, now, None, keys[-1]))
    read_s, _ = _timed(lambda: read_list(million, public))
    hours = [serials[place : place + DAY // 24] for place in range(0, DAY, DAY // 24)]
    return QrFigures(
        TOKENS / signing_s,
        TOKENS / reading_s,
        len(million),
        made_s,
        read_s,
        len(write_list(serials[:DAY], now, now, keys[-1])),
        sum(len(write_list(hour, now, now, keys[-1])) for hour in hours),
    )


def _timed(measured: Callable[[], Result]) -> tuple[float, Result]:
    began = time.process_time()
    result = measured()
    return time.process_time() - began, result
