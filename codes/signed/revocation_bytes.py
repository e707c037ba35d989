"""The list of revoked passes as bytes, signed; docs/api.md shows each byte.

Magic, version, flags, the key's number, when it was made and since when it lists, how many; the serials, sorted; 64
bytes of Ed25519 over all before them. Serials are written as varints of the distances between them, or as eight bytes
each where that is shorter.
"""

import struct
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from codes.signed.signed_pass import Ed25519
from codes.signed.token_bytes import read_varint
from store.signing_keys import PublicKey, SigningKey

MAGIC = b"PLRV"
VERSION = 1
_TEST, _PLAIN = 0b01, 0b10
_HEAD = struct.Struct(">4sBBBQQI")
_SIGNATURE = 64
_SERIAL = 8
_ED25519 = Ed25519()


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Passes that were revoked before their end and are not past it."""

    key_id: int
    test: bool
    """Signed by a development key."""
    made_at: datetime
    """UTC, to the millisecond: what was revoked until then is in it."""
    since: datetime | None
    """It holds only what was revoked since then; None: it holds all."""
    serials: tuple[int, ...]
    """64 bits each, sorted."""


class BadList(ValueError):
    """These bytes are no list that one of the keys signed."""


def write_list(serials: Iterable[int], made_at: datetime, since: datetime | None, key: SigningKey) -> bytes:
    """The list of these `serials`, signed by `key`."""
    ordered = sorted(serials)
    body, plain = _body(ordered)
    flags = (_TEST if key.public.test else 0) | (_PLAIN if plain else 0)
    began = _milliseconds(since) if since else 0
    head = _HEAD.pack(MAGIC, VERSION, flags, key.public.id, _milliseconds(made_at), began, len(ordered))
    return head + body + _ED25519.get_signature(key.secret, head + body)


def read_list(packed: bytes, public_keys: Mapping[int, PublicKey]) -> RevocationList:
    """The list in `packed`; raises BadList unless it is whole and one of `public_keys` (by number) signed it."""
    signed, signature = packed[:-_SIGNATURE], packed[-_SIGNATURE:]
    if len(signed) < _HEAD.size:
        raise BadList("too short")
    magic, version, flags, key_id, made_at, since, many = _HEAD.unpack_from(signed)
    key = public_keys.get(key_id)
    if (magic, version) != (MAGIC, VERSION) or key is None or key.test != bool(flags & _TEST):
        raise BadList("of another kind, version or key")
    if not _ED25519.verify_signature(key.raw, signed, signature):
        raise BadList("not signed by us")
    serials = _serials(signed[_HEAD.size :], many, plain=bool(flags & _PLAIN))
    return RevocationList(key_id, key.test, _moment(made_at), _moment(since) if since else None, serials)


def _body(ordered: list[int]) -> tuple[bytes, bool]:
    """The sorted serials, and whether they are eight bytes each."""
    limit = len(ordered) * _SERIAL
    written = bytearray()
    before = 0
    for serial in ordered:
        step = serial - before
        before = serial
        while step > 0x7F:
            written.append(step & 0x7F | 0x80)
            step >>= 7
        written.append(step)
    if len(written) < limit or not ordered:
        return bytes(written), False
    plain = array("Q", ordered)
    if struct.pack("=H", 1) != struct.pack(">H", 1):
        plain.byteswap()
    return plain.tobytes(), True


def _serials(body: bytes, many: int, *, plain: bool) -> tuple[int, ...]:
    if plain:
        if len(body) != many * _SERIAL:
            raise BadList("of another length than it says")
        return struct.unpack(f">{many}Q", body)
    serials, place, last = [], 0, 0
    try:
        for _ in range(many):
            step, place = read_varint(body, place)
            last += step
            serials.append(last)
    except (IndexError, ValueError):
        raise BadList("of another length than it says") from None
    if place != len(body):
        raise BadList("of another length than it says")
    return tuple(serials)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
