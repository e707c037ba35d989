"""The token in a QR code: what it says comes back, one spelling, nothing else is believed."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.signed.signed_pass import MOST_SIGNS, Unreadable, read_token, sign_token, token_in
from codes.signed.token_bytes import PassToken, pack, unpack
from store.signing_keys import PublicKey, SigningKey
from tests.codes.signing import key
from tests.proofs.tokens import NOON, PUBLIC, SIGNED, TOKEN, URL_SAFE, accepted, mutated


def test_what_is_signed_is_read() -> None:
    assert read_token(SIGNED, PUBLIC) == TOKEN


def test_a_token_of_an_hour_is_91_bytes_and_its_address_a_code_of_version_8() -> None:
    short = "https://pass.example/q#" + SIGNED

    assert len(pack(TOKEN)) == 27 and len(SIGNED) == 36 + 1 + 86
    assert len(short) <= 152  # what version 8 holds at level M


names = st.text(st.sampled_from("АБВГЁЯӘӨҮҖҢҺABCZÄΣΩƏ𝒜"), max_size=3)
tails = st.text(st.sampled_from("0123456789AZӘЖΩ"), max_size=4)
moments = st.integers(0, 2**32 - 1).map(lambda at: datetime.fromtimestamp(at, UTC))
tokens = st.builds(
    lambda key, test, serial, start, length, numbers, tail, initials, year: PassToken(
        key,
        test,
        serial,
        start,
        start + timedelta(seconds=length),
        numbers[0],
        numbers[1],
        numbers[2],
        tail,
        initials,
        year,
    ),
    st.integers(1, 255),
    st.booleans(),
    st.integers(0, 2**64 - 1),
    moments,
    st.integers(0, 2**31),
    st.tuples(st.integers(0, 99), st.integers(0, 2**31), st.integers(0, 2**40)),
    tails,
    names,
    st.none() | st.integers(1881, 2135),
)


@given(tokens)
def test_whatever_a_token_says_comes_back(token: PassToken) -> None:
    assert unpack(pack(token)) == token


@given(st.binary(max_size=60))
def test_bytes_are_a_token_only_as_they_would_be_written(packed: bytes) -> None:
    token = unpack(packed)

    assert token is None or pack(token) == packed


def test_a_fraction_of_a_second_refuses_nobody() -> None:
    start, end = NOON + timedelta(microseconds=700_000), NOON + timedelta(minutes=30, microseconds=1)
    read = unpack(pack(replace(TOKEN, valid_from=start, valid_until=end)))

    assert read is not None
    assert (read.valid_from, read.valid_until) == (NOON, NOON + timedelta(minutes=30, seconds=1))


@pytest.mark.parametrize(
    "change", [{"serial": 2**64}, {"key_id": 256}, {"purpose": -1}, {"birth_year": 2300}, {"valid_until": NOON.min}]
)
def test_what_does_not_fit_is_said(change: dict[str, object]) -> None:
    aware = {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for name, value in change.items()
    }

    with pytest.raises(ValueError, match="can't say"):
        pack(replace(TOKEN, **aware))  # type: ignore[arg-type]


def test_every_single_flipped_bit_is_refused() -> None:
    packed, signature = SIGNED.split(".")
    raw = bytearray(base64.urlsafe_b64decode(packed) + base64.urlsafe_b64decode(signature + "=="))
    size = len(raw) - 64

    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        parts = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (flipped[:size], flipped[size:]))
        assert isinstance(read_token(".".join(parts), PUBLIC), Unreadable), bit

    for bit in range(len(SIGNED) * 8):
        spelled = bytearray(SIGNED.encode())
        spelled[bit // 8] ^= 1 << bit % 8
        assert isinstance(read_token(spelled.decode("latin-1"), PUBLIC), Unreadable), bit


def test_20000_mutations_are_refused() -> None:
    random = Random(2590)
    found = {read_token(mutated(random, SIGNED), PUBLIC) for _ in range(2000)}

    assert accepted(2590, 20_000) == []
    assert found == {Unreadable.FORGED, Unreadable.MALFORMED}


@pytest.mark.parametrize("place", [len(SIGNED.split(".")[0]) - 1, len(SIGNED) - 1])
def test_a_token_has_one_spelling(place: int) -> None:
    others = [SIGNED[:place] + sign + SIGNED[place + 1 :] for sign in URL_SAFE if sign != SIGNED[place]]

    assert not [one for one in others if isinstance(read_token(one, PUBLIC), PassToken)]


def test_another_key_of_the_same_number_is_forged() -> None:
    other = SigningKey(key(9).secret, replace(key(9).public, id=1))

    assert read_token(sign_token(TOKEN, [other]), PUBLIC) is Unreadable.FORGED


def test_production_says_that_a_pass_is_a_test() -> None:
    real = key(1, test=False)

    assert read_token(SIGNED, {1: real.public}) is Unreadable.TEST


def test_a_real_pass_is_not_taken_for_one_of_a_test_key() -> None:
    real = key(1, test=False)
    token = sign_token(replace(TOKEN, test=False), [real])

    assert read_token(token, PUBLIC) is Unreadable.FORGED
    assert read_token(token, {1: real.public}) == replace(TOKEN, test=False)


def test_a_token_names_the_key_that_signs_it() -> None:
    with pytest.raises(ValueError, match="another key"):
        sign_token(TOKEN, [key(2)])


@pytest.mark.parametrize("text", ["", ".", "https://example.com", "A" * 86, SIGNED * 2, "THXA-9546-C61A", "я" * 123])
def test_other_texts_are_no_tokens(text: str) -> None:
    assert read_token(text, PUBLIC) is Unreadable.MALFORMED


def test_a_token_is_found_in_its_address() -> None:
    assert token_in(f" https://pass.example/q#{SIGNED}\n") == token_in(SIGNED) == SIGNED
    assert len(SIGNED) < MOST_SIGNS


def test_each_of_several_keys_is_found_by_its_number() -> None:
    keys = [key(number) for number in (1, 2, 3)]
    public: dict[int, PublicKey] = {one.public.id: one.public for one in keys}

    read = [read_token(sign_token(replace(TOKEN, key_id=one.public.id), [one]), public) for one in keys]

    assert [token.key_id for token in read if isinstance(token, PassToken)] == [1, 2, 3]
