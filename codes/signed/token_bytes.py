"""What a token says, in as few bytes as it goes; docs/api.md shows each byte.

One byte of version and flags, one of the key's number, eight of the serial, four of the start; then length, purpose,
order and zones as varints; the year of birth; initials; and to the end the document's tail. Times are whole seconds:
the start rounded down, the end up, so that nobody is refused for a fraction.
"""

import math
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

VERSION = 1
_TEST, _WIDE, _COUNT = 0b1000, 0b0100, 0b0011
_HEAD = struct.Struct(">BBQI")
_FIRST_YEAR = 1880
MOST_INITIALS = 3
_TAIL = 4
_PLAIN, _CYRILLIC, _MORE = 0x80, 0x400, 0x48A
_MORE_FROM = 0xB0


@dataclass(frozen=True, slots=True)
class PassToken:
    """What stands in the QR code of a pass, for whoever has no network."""

    key_id: int
    """Of the key that signs it, 1 to 255."""
    test: bool
    """Signed by a development key."""
    serial: int
    """64 bits that name the pass, and say nothing of it."""
    valid_from: datetime
    """UTC, whole seconds, as the end."""
    valid_until: datetime
    purpose: int
    """Its number in the order."""
    regime: int
    """The version of the order it was issued under."""
    zones: int
    """Bit n: the order's zone n, counted from 0. Nothing: everywhere."""
    document_tail: str
    """Last four signs of the document, or fewer."""
    initials: str
    """Up to three letters, without dots."""
    birth_year: int | None


def pack(token: PassToken) -> bytes:
    """`token` as bytes; raises ValueError where something in it is out of bounds."""
    initials, tail = token.initials[:MOST_INITIALS], token.document_tail[-_TAIL:]
    wide = not all(_narrow(sign) for sign in initials + tail)
    flags = VERSION << 4 | (_TEST if token.test else 0) | (_WIDE if wide else 0) | len(initials)
    start = int(token.valid_from.timestamp())
    numbers = (math.ceil(token.valid_until.timestamp()) - start, token.purpose, token.regime, token.zones)
    year = token.birth_year - _FIRST_YEAR if token.birth_year else 0
    try:
        head = _HEAD.pack(flags, token.key_id, token.serial, start)
        return head + b"".join(map(varint, numbers)) + bytes([year]) + _signs(initials + tail, wide=wide)
    except (struct.error, ValueError):
        raise ValueError("a token can't say this") from None


def unpack(packed: bytes) -> PassToken | None:
    """What `pack` wrote; None for anything that it would not have written."""
    try:
        token = _unpacked(packed)
        return token if pack(token) == packed else None
    except (ValueError, IndexError, OverflowError, struct.error):
        return None


def _unpacked(packed: bytes) -> PassToken:
    flags, key_id, serial, start = _HEAD.unpack_from(packed)
    place, numbers = _HEAD.size, []
    for _ in range(4):
        number, place = read_varint(packed, place)
        numbers.append(number)
    length, purpose, regime, zones = numbers
    year, signs = packed[place], packed[place + 1 :]
    if flags >> 4 != VERSION:
        raise ValueError("of another version")
    text = signs.decode("utf-16-be") if flags & _WIDE else "".join(map(_sign, signs))
    count = flags & _COUNT
    return PassToken(
        key_id,
        bool(flags & _TEST),
        serial,
        datetime.fromtimestamp(start, UTC),
        datetime.fromtimestamp(start, UTC) + timedelta(seconds=length),
        purpose,
        regime,
        zones,
        text[count:],
        text[:count],
        year + _FIRST_YEAR if year else None,
    )


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first, the top bit says that more follow; raises ValueError below zero."""
    if number < 0:
        raise ValueError("no varint below zero")
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def read_varint(packed: bytes, place: int) -> tuple[int, int]:
    """The number at `place` and where the next one begins; raises IndexError at the end, ValueError past 64 bits."""
    number = shift = 0
    while True:
        byte = packed[place]
        place += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
    if number >= 1 << 64:
        raise ValueError("longer than 64 bits")
    return number, place


def _narrow(sign: str) -> bool:
    """Whether a sign has a byte of its own: ASCII, Russian capitals, and the even ones behind, the Tatar ones too."""
    point = ord(sign)
    return point < _PLAIN or _CYRILLIC <= point < _CYRILLIC + 0x30 or (_MORE <= point <= 0x528 and point % 2 == 0)


def _byte(sign: str) -> int:
    point = ord(sign)
    if point < _PLAIN:
        return point
    return point - _CYRILLIC + _PLAIN if point < _MORE else (point - _MORE) // 2 + _MORE_FROM


def _sign(byte: int) -> str:
    if byte < _PLAIN:
        return chr(byte)
    return chr(byte - _PLAIN + _CYRILLIC) if byte < _MORE_FROM else chr((byte - _MORE_FROM) * 2 + _MORE)


def _signs(text: str, *, wide: bool) -> bytes:
    return text.encode("utf-16-be") if wide else bytes(_byte(sign) for sign in text)
