"""What the process that reads selfies is given and writes, and how that is taken: believed in nothing.

In: photos, the length before each. Out: one line of JSON, a list with an object a photo; behind it the JPEGs that were
drawn anew, one after the other.
"""

import base64
import json
import math
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from monitoring.readings import Face, Finding, Look, features_of, template_of

MOST_DRAWN = 2 * 1024 * 1024
"""Bytes of one photo that was drawn anew."""
_LINE = 2048
"""Bytes that are written of one photo, at most."""
_JPEG = b"\xff\xd8\xff"
_HASH_BYTES, _LENGTH_BYTES = 32, 4
UNREADABLE = Look((Finding.UNREADABLE,))
"""Of whatever broke the process."""


def write_photos(photos: Sequence[bytes]) -> bytes:
    """Photos as they are handed over."""
    return b"".join(len(photo).to_bytes(_LENGTH_BYTES) + photo for photo in photos)


def photos_in(given: BinaryIO) -> Iterator[bytes]:
    """Each photo, as `write_photos` wrote it."""
    while length := given.read(_LENGTH_BYTES):
        yield given.read(int.from_bytes(length))


def most_bytes(photos: int) -> int:
    """So much is taken from a process that was given so many photos."""
    return photos * (_LINE + MOST_DRAWN)


def write_looks(looks: Sequence[Look]) -> bytes:
    """The looks as they are handed over."""
    told = [
        {
            "findings": list(one.findings),
            "face": _written(one.face) if one.face else None,
            "hash": one.hash.to_bytes(_HASH_BYTES).hex(),
            "drawn": len(one.drawn),
        }
        for one in looks
    ]
    return json.dumps(told).encode() + b"\n" + b"".join(one.drawn for one in looks)


def _written(face: Face) -> dict[str, Any]:
    numbers = {name: getattr(face, name) for name in _NUMBERS}
    features = base64.b64encode(template_of(face)).decode()
    return {**numbers, "openness": face.openness, "features": features}


_NUMBERS = ("score", "eye_px", "yaw", "roll", "sharpness")


def take_looks(written: bytes | None, photos: int) -> list[Look]:
    """What was written about so many photos; whoever broke off or wrote nonsense had photos that can't be read."""
    line, newline, rest = (written or b"").partition(b"\n")
    if not newline or len(line) > photos * _LINE:
        return [UNREADABLE] * photos
    try:
        return _looks(json.loads(line), rest, photos)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return [UNREADABLE] * photos


def _looks(told: Any, rest: bytes, photos: int) -> list[Look]:
    found, start = [], 0
    for one in told:
        length = one["drawn"]
        drawn = rest[start : start + length]
        if not 0 <= length == len(drawn) <= MOST_DRAWN or (drawn and not drawn.startswith(_JPEG)):
            raise ValueError
        findings = tuple(Finding(name) for name in one["findings"])
        face = _face(one["face"]) if one["face"] else None
        found.append(Look(findings, face, int.from_bytes(bytes.fromhex(one["hash"])[:_HASH_BYTES]), drawn))
        start += length
    if len(found) != photos or start != len(rest):
        raise ValueError
    return found


def _face(told: dict[str, Any]) -> Face:
    numbers = {name: _number(told[name]) for name in _NUMBERS}
    features = features_of(base64.b64decode(told["features"], validate=True))
    if not all(map(math.isfinite, features)) or not 0.99 < math.hypot(*features) < 1.01:
        raise ValueError
    return Face(**numbers, openness=None if told["openness"] is None else _number(told["openness"]), features=features)


def _number(told: Any) -> float:
    if not isinstance(told, int | float) or not math.isfinite(told):
        raise ValueError
    return float(told)
