"""What must not help: a withdrawn or changed pass, a clock set back, an old list; what must not stay on a telephone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.codes.counter import ANN, BOB
from tests.web.police.conftest import Patrol, offline, online, qr

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Accessible = Callable[[Page], None]


def test_what_was_withdrawn_is_amber_without_network_and_red_with(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.counter.grant(BOB, 8)
    anna, boris = qr(patrol, ANN), qr(patrol, BOB)
    patrol.counter.cancel(ANN)
    patrol.counter.clock.pass_by(seconds=10)
    patrol.start()
    patrol.counter.cancel(BOB)
    offline(patrol)

    patrol.check(anna)
    patrol.told("May be withdrawn")
    patrol.check(boris)  # withdrawn since the list was made
    patrol.told("Valid")
    patrol.page.context.set_offline(False)
    expect(patrol.page.get_by_text("Network: yes")).to_be_visible()
    patrol.check(anna)

    patrol.told("Withdrawn")
    assert {(one.verdict, one.told) for one in patrol.looks()} >= {("revoked", "amber"), ("revoked", None)}


def test_a_changed_qr_is_red_without_network(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    offline(patrol)
    address = qr(patrol)

    patrol.check(address[:60] + ("A" if address[60] != "A" else "B") + address[61:])
    patrol.told("Not genuine")
    patrol.check("https://example.org/something/else#and-a-long-long-long-fragment-behind-it")

    patrol.told("No pass")


def test_a_clock_set_back_makes_no_old_pass_green(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    address = qr(patrol)
    offline(patrol)
    patrol.page.clock.set_system_time(patrol.counter.clock.now + timedelta(hours=3))
    patrol.check(address)
    patrol.told("Expired")
    expect(patrol.page.get_by_text("Looks to hand in: 1")).to_be_visible()

    patrol.page.clock.set_system_time(patrol.counter.clock.now + timedelta(minutes=1))
    patrol.page.reload()
    patrol.check(address)

    patrol.told("The clock of this telephone can't be right")


def test_an_old_list_says_its_age_and_makes_amber(patrol: Patrol) -> None:
    patrol.start()
    patrol.counter.clock.pass_by(hours=10)
    patrol.counter.grant(ANN, 3)
    address = qr(patrol)
    patrol.page.evaluate(KEEP_AN_OLD_LIST)
    offline(patrol)
    patrol.page.reload()

    patrol.check(address)

    expect(patrol.page.locator("[data-list-age]")).to_contain_text("days old")


def test_signing_out_leaves_nothing(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    offline(patrol)
    patrol.check(qr(patrol))
    patrol.told("Valid")
    online(patrol)

    patrol.page.get_by_role("button", name="Sign out").click()

    expect(patrol.page.get_by_role("heading", name="Your shift is over")).to_be_visible()
    expect(patrol.page.locator("html[data-forgotten=true]")).to_be_attached()
    assert patrol.page.evaluate(LEFT) == [0, 0, False]
    assert len(patrol.looks()) == 1


def test_when_the_shift_ends_nothing_is_left_even_without_network(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    offline(patrol)
    patrol.check(qr(patrol))
    patrol.told("Valid")

    patrol.page.clock.set_system_time(patrol.counter.clock.now + timedelta(hours=12, minutes=1))
    patrol.page.clock.run_for(6000)

    patrol.told("Your shift is over")
    assert patrol.page.evaluate(LEFT) == [0, 0, False]


def test_a_queue_that_somebody_copies_says_nothing(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    address = qr(patrol)
    offline(patrol)
    patrol.check(address)
    patrol.told("Valid")

    rows, exported = patrol.page.evaluate(COPY)

    assert len(rows) == 1 and address[-20:].encode() not in bytes(rows[0])
    assert b"nonce" not in bytes(rows[0])
    assert exported == "InvalidAccessError"


def test_another_officers_shift_begins_with_nothing(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    offline(patrol)
    patrol.check(qr(patrol))
    patrol.told("Valid")
    patrol.page.evaluate(ANOTHERS)
    online(patrol)

    expect(patrol.page.get_by_text("Looks to hand in")).to_be_hidden()
    assert patrol.looks() == []


_STORE = """const asked = indexedDB.open('passline-police');
  await new Promise((resolve) => (asked.onsuccess = resolve));
  const all = (name) => new Promise((resolve) => {
    const rows = asked.result.transaction(name).objectStore(name).getAll();
    rows.onsuccess = () => resolve(rows.result);
  });"""
LEFT = f"""async () => {{ {_STORE}
  return [(await all('kept')).length, (await all('looks')).length, await caches.has('police')]; }}"""
COPY = f"""async () => {{ {_STORE}
  const rows = (await all('looks')).map((row) => Array.from(new Uint8Array(row.sealed)));
  const key = (await all('kept')).find((one) => one instanceof CryptoKey);
  const exported = await crypto.subtle.exportKey('raw', key).then(() => 'taken', (error) => error.name);
  return [rows, exported]; }}"""
KEEP_AN_OLD_LIST = f"""async () => {{ {_STORE}
  const store = () => asked.result.transaction('kept', 'readwrite').objectStore('kept');
  const answered = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const list = await answered(store().get('list'));
  const old = {{ ...list, madeAt: list.madeAt - 3 * 86400e3, freshAt: list.madeAt - 3 * 86400e3 }};
  await answered(store().put(old, 'list'));
  await answered(store().delete('fresh')); }}"""
ANOTHERS = f"""async () => {{ {_STORE}
  const store = asked.result.transaction('kept', 'readwrite').objectStore('kept');
  const put = store.put({{ id: 'another', until: 9e15 }}, 'shift');
  await new Promise((resolve) => (put.onsuccess = resolve)); }}"""
