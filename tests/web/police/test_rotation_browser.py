"""Keys that follow one another while the page is open; and what another origin gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from codes.signed.signing import LOOKED_AFTER, Signing
from store.signing_keys import PUBLISHED_BEFORE, next_signing_key
from tests.codes.counter import ANN, BOB
from tests.web.police.conftest import Patrol, offline, qr, token_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def another_key(keys_dir: Path, patrol: Patrol) -> Iterator[None]:
    """`keys rotate`, taken back at the end: the folder serves other tests."""
    there = set(keys_dir.iterdir())
    next_signing_key(keys_dir, patrol.counter.clock.now, development=True)
    yield
    for path in set(keys_dir.iterdir()) - there:
        path.unlink()


def test_passes_of_the_old_key_and_of_the_new_one_are_green_without_network(
    patrol: Patrol, another_key: None, keys_dir: Path
) -> None:
    patrol.counter.clock.pass_by(minutes=2)
    patrol.start()
    clock = patrol.counter.clock
    patrol.counter.grant(ANN, 8)
    old = qr(patrol, ANN)
    clock.pass_by(minutes=int(PUBLISHED_BEFORE.total_seconds() // 60) - 2)
    patrol.counter.grant(BOB, 8)
    signing = Signing.from_folder(keys_dir, "https://pass.example", clock, production=False)
    clock.pass_by(seconds=LOOKED_AFTER.total_seconds())
    new = signing.address(token_for(patrol.counter, signing, BOB))
    assert old[-120:-110] != new[-120:-110]
    patrol.page.clock.set_system_time(clock.now)
    offline(patrol)

    patrol.check(new)
    patrol.told("…2507")
    patrol.told("Valid")
    patrol.check(old)
    patrol.told("Expired")


def test_an_open_page_learns_a_new_key(patrol: Patrol, keys_dir: Path) -> None:
    patrol.start()
    keys = "document.getElementById('police').dataset.keys"
    assert patrol.page.evaluate(keys) == "1"
    there = set(keys_dir.iterdir())
    next_signing_key(keys_dir, patrol.counter.clock.now, development=True)
    try:
        patrol.counter.clock.pass_by(minutes=2)

        patrol.page.clock.fast_forward(61_000)

        expect(patrol.page.locator("#police[data-keys='2']")).to_be_attached()
    finally:
        for path in set(keys_dir.iterdir()) - there:
            path.unlink()


def test_another_origin_gets_nothing_and_sends_nothing(patrol: Patrol, browser: Browser) -> None:
    patrol.start()
    elsewhere = patrol.site.url.replace("localhost", "127.0.0.1")
    state, look = f"{patrol.site.url}/police/state", f"{patrol.site.url}/police/look"
    cookies = patrol.page.context.cookies()

    with browser.new_context(bypass_csp=True) as context:  # its console complains, as it should
        context.add_cookies(cookies)  # type: ignore[arg-type]
        other = context.new_page()
        other.goto(f"{elsewhere}/q")
        asked = "(url) => fetch(url, { credentials: 'include' }).then((a) => a.text(), () => 'refused')"
        sent = """(url) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include',
          headers: { 'Content-Type': 'text/plain' }, body: '{"kind":"code","typed":"x","nonce":"12345678"}' })
          .then((a) => a.type, () => 'refused')"""

        assert other.evaluate(asked, state) == "refused"
        other.evaluate(sent, look)

    assert patrol.looks() == []
