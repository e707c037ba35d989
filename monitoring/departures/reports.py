"""What a telephone reports, and the one last fix of it: sealed under the case's key, half an hour, and nowhere else."""

import struct
from dataclasses import dataclass
from typing import Final

from monitoring.cases.watched import Watched
from monitoring.fence.fixes import Fix
from store.keyring import Tampered
from store.last_fixes import LastFixes

_PACKED: Final = struct.Struct("<4d?")


@dataclass(frozen=True, slots=True)
class Reported:
    """A position as it was sent; nothing of it is believed yet. `t` is Unix seconds, `accuracy` metres."""

    t: object
    lat: object
    lon: object
    accuracy: object
    provider: object = "unknown"
    mock: object = False


def recall(last_fixes: LastFixes, case: Watched, device_id: str) -> Fix | None:
    """The last fix of a device, if it is known still."""
    sealed = last_fixes.recall(_name(case.id, device_id))
    if sealed is None or case.key is None:
        return None
    try:
        return Fix(*_PACKED.unpack(case.key.open_bytes(_place(device_id), sealed)))
    except (Tampered, struct.error):
        return None


def remember(last_fixes: LastFixes, case: Watched, device_id: str, fix: Fix) -> None:
    """Keeps a fix in place of the one before."""
    if case.key is not None:
        packed = _PACKED.pack(fix.t, fix.lat, fix.lon, fix.radius_m, fix.gps)
        last_fixes.remember(_name(case.id, device_id), case.key.seal_bytes(_place(device_id), packed))


def _name(case_id: str, device_id: str) -> str:
    return f"{case_id}:{device_id}"


def _place(device_id: str) -> str:
    return f"last_fix.fix.{device_id}"
