"""Long things sealed in parts: the same comes out, and whatever was changed is noticed."""

import hashlib
from collections.abc import Iterator

import pytest

from store import DataKey, Keyring
from store.keyring import SEALED_BYTES, Tampered
from store.sealing import PART, Sealing, opened, plain_size

PLACE = "recording.sound.RE1"
STEP = PART + SEALED_BYTES
SIZES = (0, 1, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 7)


@pytest.fixture
def key(keyring: Keyring) -> DataKey:
    return keyring.new_key().key


def content(size: int) -> bytes:
    return bytes(number % 251 for number in range(size))


def sealed(key: DataKey, plain: bytes, piece: int = 10_000) -> bytes:
    written: list[bytes] = []
    sealing = Sealing(key, PLACE, written.append)
    for start in range(0, len(plain), piece):
        sealing.write(plain[start : start + piece])
    assert sealing.finish() == hashlib.sha256(plain).digest()
    return b"".join(written)


def pieces(whole: bytes, size: int = 7777) -> Iterator[bytes]:
    return (whole[start : start + size] for start in range(0, len(whole), size))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_out_whatever_the_pieces(key: DataKey, size: int) -> None:
    whole = sealed(key, content(size))

    assert b"".join(opened(key, PLACE, pieces(whole))) == content(size)
    assert b"".join(opened(key, PLACE, [whole])) == content(size)
    assert content(size)[:1000] not in whole or size < 10


@pytest.mark.parametrize("size", SIZES)
def test_its_size_is_known_and_it_opens_from_a_part_on(key: DataKey, size: int) -> None:
    whole, last = sealed(key, content(size)), max(size - 1, 0) // PART

    assert plain_size(len(whole)) == size
    assert b"".join(opened(key, PLACE, [whole[last * STEP :]], last)) == content(size)[last * PART :]
    with pytest.raises(Tampered):
        list(opened(key, PLACE, [whole[last * STEP :]], last + 1))


def test_pieces_of_any_size_seal_to_parts_of_one_size(key: DataKey) -> None:
    plain = content(2 * PART + 5)

    assert {len(sealed(key, plain, piece)) for piece in (1000, PART, 10 * PART)} == {len(plain) + 3 * SEALED_BYTES}


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: b"",
        lambda whole: whole[:10],
        lambda whole: whole[:STEP],
        lambda whole: whole[: 2 * STEP],
        lambda whole: whole[:-1],
        lambda whole: whole + b"x",
        lambda whole: whole + whole[-30:],
        lambda whole: whole[STEP : 2 * STEP] + whole[:STEP] + whole[2 * STEP :],
        lambda whole: whole[:STEP] + whole[2 * STEP :],
        lambda whole: whole[:STEP] + whole,
        lambda whole: whole[:5] + bytes([whole[5] ^ 1]) + whole[6:],
        lambda whole: whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:],
    ],
)
def test_whatever_was_changed_is_noticed(key: DataKey, change: object) -> None:
    assert callable(change)
    whole = sealed(key, content(2 * PART + 100))

    with pytest.raises(Tampered):
        list(opened(key, PLACE, pieces(change(whole))))


def test_it_opens_at_its_own_place_and_under_its_own_key_only(key: DataKey, keyring: Keyring) -> None:
    whole = sealed(key, content(10))

    with pytest.raises(Tampered):
        list(opened(key, "recording.sound.RE2", [whole]))
    with pytest.raises(Tampered):
        list(opened(keyring.new_key().key, PLACE, [whole]))
