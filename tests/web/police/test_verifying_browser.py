"""The verifier of browsers and ours agree: on good tokens, on thousands that somebody changed, on lists."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from itsdangerous.encoding import base64_encode
from playwright.sync_api import Browser, Page

from codes.code import fold, read_code
from codes.regime import CodeShape
from codes.signed.signed_pass import Unreadable, read_token, sign_token, signer
from codes.signed.token_bytes import PassToken, pack
from store.signing_keys import PublicKey
from tests.codes.signing import key
from tests.proofs.tokens import KEY, NOON, PUBLIC, SIGNED, TOKEN, mutated
from tests.web.browsing import Site, open_page
from web.assets import Assets
from web.public_keys import key_document

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
READ = """async ([url, noble, tokens, keys]) => {
  const { readToken, useNoble } = await import(url);
  if (noble) await useNoble();
  const said = await Promise.all(tokens.map((token) => readToken(token, keys)));
  return said.map(({ kind, token }) => token ? [kind, String(token.serial), token.from / 1000, token.until / 1000,
    token.purpose, token.regime, String(token.zones), token.tail, token.initials, token.birthYear] : [kind]);
}"""
JUDGE = """async ([url, token, keys, now, list, doubtful, zone]) => {
  const { judge } = await import(url);
  const serials = list && { serials: BigUint64Array.from(list.serials, BigInt), freshAt: list.freshAt };
  const known = { keys, keysAt: now - 2 * 3600_000, list: serials, zone, orders: { 1: { zones: ["one", "two"] } } };
  const { kind, mark } = await judge(token, known, now, doubtful);
  return [kind, mark];
}"""


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of ours where modules may be tried."""
    with open_page(browser, bypass_csp=True) as opened:
        opened.goto(f"{site.url}/q")
        yield opened


def script(name: str) -> str:
    return Assets().url(name)


def documents(keys: Sequence[PublicKey]) -> list[dict[str, object]]:
    return [key_document(one) for one in keys]


def python_says(token: str) -> list[Any]:
    read = read_token(token, PUBLIC)
    if isinstance(read, Unreadable):
        return [str(read)]
    span = [int(read.valid_from.timestamp()), int(read.valid_until.timestamp())]
    numbers = [str(read.purpose), str(read.regime), str(read.zones)]
    return ["genuine", str(read.serial), *span, *numbers, read.document_tail, read.initials, read.birth_year]


def script_says(page: Page, tokens: Sequence[str], *, noble: bool = False) -> list[list[Any]]:
    told = page.evaluate(READ, [script("verifying.js"), noble, list(tokens), documents([KEY.public])])
    return [["forged"] if one == ["unknown_key"] else one for one in told]


def changed_bytes(random: Random, packed: bytes) -> bytes:
    """With some bits turned, cut, or with bytes more."""
    changed = bytearray(packed)
    for _ in range(random.choice((1, 1, 2, 3))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed[: random.randrange(14, 40)] + random.randbytes(random.choice((0, 0, 1, 12))))


def signed_bytes(packed: bytes) -> str:
    """As only we could sign it."""
    return signer([KEY.secret]).sign(base64_encode(packed)).decode("ascii")


def varied(random: Random) -> PassToken:
    """A token of ours, like no other."""
    start = NOON + timedelta(seconds=random.randrange(10**6))
    names = "".join(random.choice("АБВГЁЯӘӨҮҖABCZÄΣΩƏ𝒜") for _ in range(random.randrange(4)))
    tail = "".join(random.choice("0123456789AZӘЖ") for _ in range(random.randrange(5)))
    until, born = (
        start + timedelta(seconds=random.randrange(1, 10**7)),
        random.choice((None, random.randrange(1900, 2020))),
    )
    numbers = random.randrange(99), random.randrange(900), random.randrange(300)
    return PassToken(1, True, random.getrandbits(64), start, until, *numbers, tail, names, born)


@pytest.mark.parametrize("noble", [False, True])
def test_good_and_changed_tokens_are_read_alike(page: Page, noble: bool) -> None:
    random = Random(7)
    good = [sign_token(varied(random), [KEY]) for _ in range(300)]
    turned = [mutated(random, random.choice(good)) for _ in range(1500)]
    odd = [signed_bytes(changed_bytes(random, pack(varied(random)))) for _ in range(1500)]
    real = [
        sign_token(replace(TOKEN, test=False), [key(1, test=False)]),
        sign_token(replace(TOKEN, key_id=2), [key(2)]),
    ]
    tokens = [*good, *turned, *odd, *real, "", "x", "https://example.org/#"]

    told = script_says(page, tokens, noble=noble)

    assert told == [python_says(token) for token in tokens]
    kinds = {one[0] for one in told}
    assert kinds == {"genuine", "malformed", "forged"}
    assert sum(one[0] == "genuine" for one in told[1800:3300]) > 20  # some of the odd ones are tokens all the same


def test_every_turned_bit_is_noticed(page: Page) -> None:
    said, _, signature = SIGNED.partition(".")
    raw = base64.urlsafe_b64decode(said) + base64.urlsafe_b64decode(signature + "==")
    tokens = []
    for bit in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        head, tail = bytes(turned[:-64]), bytes(turned[-64:])
        tokens.append(f"{base64_encode(head).decode()}.{base64_encode(tail).decode()}")

    told = script_says(page, tokens)

    assert len(told) == len(raw) * 8
    assert all(one[0] != "genuine" for one in told)


MINUTE, HOUR = 60_000, 3_600_000
START = int(NOON.timestamp() * 1000)
LATER, FRESH = START + 10 * MINUTE, {"serials": ["5", "77"], "freshAt": START + 9 * MINUTE}


@pytest.mark.parametrize(
    ("now", "lists", "doubtful", "zone", "expected"),
    [
        (LATER, FRESH, False, None, ["valid", "green"]),
        (LATER, {**FRESH, "serials": ["5", str(TOKEN.serial), str(2**64 - 1)]}, False, None, ["listed", "amber"]),
        (LATER, {**FRESH, "freshAt": LATER - 24 * HOUR}, False, None, ["old_list", "amber"]),
        (LATER, {**FRESH, "freshAt": LATER + HOUR}, False, None, ["old_list", "amber"]),
        (LATER, None, False, None, ["old_list", "amber"]),
        (LATER, FRESH, True, None, ["doubtful_clock", "amber"]),
        (START + HOUR, FRESH, False, None, ["expired", "red"]),
        (START + HOUR, FRESH, True, None, ["doubtful_clock", "amber"]),
        (START - 1, {**FRESH, "freshAt": START - 2}, False, None, ["not_yet_valid", "amber"]),
        (LATER, FRESH, False, "one", ["wrong_zone", "amber"]),
        (LATER, FRESH, False, "two", ["valid", "green"]),
    ],
)
def test_a_verdict_without_network(
    page: Page, now: int, lists: dict[str, Any] | None, doubtful: bool, zone: str | None, expected: list[str]
) -> None:
    token = sign_token(replace(TOKEN, zones=0b10 if zone else 0), [KEY])

    told = page.evaluate(JUDGE, [script("verifying.js"), token, documents([KEY.public]), now, lists, doubtful, zone])

    assert told == expected


def test_a_development_key_is_refused_where_there_is_none_and_an_unknown_key_is_not_green(page: Page) -> None:
    real = key(1, test=False).public

    test = page.evaluate(JUDGE, [script("verifying.js"), SIGNED, documents([real]), LATER, FRESH, False, None])
    other = sign_token(replace(TOKEN, key_id=2), [key(2)])
    unknown = page.evaluate(JUDGE, [script("verifying.js"), other, documents([KEY.public]), LATER, FRESH, False, None])

    assert test == ["test", "red"]
    assert unknown == ["unknown_key", "amber"]  # the keys were fetched two hours ago


def test_codes_are_folded_and_checked_alike(page: Page) -> None:
    random, shapes = Random(3), (CodeShape(), CodeShape(signs=11, prefix="end-date"))
    signs = "123456789AEKMHPCTYXабвекмнорстухзчВБ0OIlSZ|ßÅ-. ,"
    typed = ["".join(random.choice(signs) for _ in range(random.randrange(1, 20))) for _ in range(500)]
    typed += ["THXA-9546-C61A", "тнха 9546 с61а", "thxa9546c61b", "0103THXA9546C61A", "ＴＨＸＡ９５４６Ｃ６１Ａ"]
    asked = [{"signs": shape.signs, "prefix": bool(shape.prefix)} for shape in shapes]
    ask = """async ([url, typed, shapes]) => {
      const { fold, isSound } = await import(url);
      return typed.map((one) => [fold(one), isSound(one, shapes)]);
    }"""

    told = page.evaluate(ask, [script("codes.js"), typed, asked])

    assert told == [[fold(one), read_code(one, *shapes).sound] for one in typed]
    assert any(sound for _, sound in told)
