"""The list of withdrawn passes in a browser: read as written, put together; nothing older or of others is taken."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from codes.signed.revocation_bytes import write_list
from codes.signed.signed_pass import sign_token
from store.signing_keys import SigningKey
from tests.codes.signing import key
from tests.proofs.tokens import KEY, NOON, TOKEN
from tests.web.browsing import Site, open_page
from web.assets import Assets
from web.public_keys import key_document

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MILLION = 1_000_000
READ = """async ([revocations, lists, keys]) => {
  const { readList } = await import(revocations);
  const told = [];
  let known = null;
  for (const list of lists) {
    const found = await readList(Uint8Array.from(atob(list), (sign) => sign.charCodeAt(0)), keys, known);
    known = found ?? known;
    told.push(found && [Array.from(found.serials, String), found.madeAt]);
  }
  return told;
}"""
MEASURE = """async ([revocations, verifying, list, token, keys, now]) => {
  const [{ readList }, { judge }] = await Promise.all([import(revocations), import(verifying)]);
  const bytes = await (await fetch(list)).arrayBuffer();
  const began = performance.now();
  const found = await readList(new Uint8Array(bytes), keys, null);
  const read = performance.now() - began;
  const known = { keys, keysAt: now, list: { ...found, freshAt: now }, zone: null, orders: {} };
  const took = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const start = performance.now();
    const { kind } = await judge(token, known, now, false);
    took.push(performance.now() - start);
    if (kind !== "valid") throw new Error(kind);
  }
  took.sort((one, other) => one - other);
  return { read, count: found.serials.length, median: took[100], worst: took[199] };
}"""


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of ours where modules may be tried."""
    with open_page(browser, bypass_csp=True) as opened:
        opened.goto(f"{site.url}/q")
        yield opened


def listed(serials: Sequence[int], at: datetime = NOON, since: datetime | None = None, by: SigningKey = KEY) -> bytes:
    return write_list(serials, at, since, by)


def told(page: Page, *lists: bytes) -> list[Any]:
    packed = [base64.b64encode(one).decode() for one in lists]
    return list(page.evaluate(READ, [Assets().url("revocations.js"), packed, [key_document(KEY.public)]]))


def expected(serials: Sequence[int], at: datetime = NOON) -> list[Any]:
    return [[str(one) for one in sorted(serials)], int(at.timestamp() * 1000)]


def test_lists_of_any_size_are_read_as_they_were_written(page: Page) -> None:
    random = Random(5)
    some = [
        *([], [0], [2**64 - 1], [0, 1, 2**32 - 1, 2**32, 2**63, 2**64 - 1]),
        *([random.getrandbits(random.choice((8, 33, 64))) for _ in range(many)] for many in (3, 200, 3000)),
    ]

    for serials in some:
        assert told(page, listed(sorted(set(serials)))) == [expected(sorted(set(serials)))]


def test_what_came_since_is_put_to_what_is_known(page: Page) -> None:
    later = NOON + timedelta(minutes=5)

    first, second = told(page, listed([5, 9, 2**40]), listed([7, 9, 2**63], later, NOON))

    assert first == expected([5, 9, 2**40])
    assert second == expected([5, 7, 9, 2**40, 2**63], later)


def test_nothing_older_incomplete_or_signed_by_others_is_taken(page: Page) -> None:
    good, other = listed([5]), listed([], NOON + timedelta(days=1), by=key(2))
    forged = replace(key(2), public=KEY.public)  # says it is ours, and is not
    later, gap = NOON + timedelta(hours=1), NOON + timedelta(minutes=1)

    answers = told(
        page,
        *(good, other, listed([], later, by=forged)),
        listed([], NOON - timedelta(seconds=1)),
        listed([8], later, gap),
        *(good[:-1], good[:40], b"", listed([5, 6], later)[:-1] + b"\0"),
        listed([5, 6], later),
    )

    assert answers == [expected([5]), *([None] * 8), expected([5, 6], later)]


def test_every_turned_bit_is_noticed(page: Page) -> None:
    packed = listed([5, 2**63, 77])
    turned = []
    for bit in range(len(packed) * 8):
        spoilt = bytearray(packed)
        spoilt[bit // 8] ^= 1 << bit % 8
        turned.append(bytes(spoilt))

    assert told(page, *turned) == [None] * len(turned)


def test_a_million_are_read_in_a_moment_and_a_verdict_takes_less_than_a_tenth_of_a_second(page: Page) -> None:
    random = Random(2590)
    packed = listed([random.getrandbits(64) for _ in range(MILLION)])
    page.route("**/million", lambda route: route.fulfill(body=packed))
    urls = [Assets().url("revocations.js"), Assets().url("verifying.js"), "/million"]
    now = int((NOON + timedelta(minutes=10)).timestamp() * 1000)

    took = page.evaluate(MEASURE, [*urls, sign_token(TOKEN, [KEY]), [key_document(KEY.public)], now])

    print(took)
    assert took["count"] == MILLION
    assert took["read"] < 5000
    assert took["worst"] < 100
