"""An officer's shift in a real browser: with network, without, and back again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from codes.code import draw_code
from tests.codes.counter import ANN, BOB
from tests.web.browsing import open_page, overflows
from tests.web.police.conftest import PIN, Patrol, offline, online, qr

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MOST_MS = 100
"""Of a verdict without network."""
Accessible = Callable[[Page], None]


def test_with_network_codes_and_qrs_are_checked_one_after_the_other(
    patrol: Patrol, assert_accessible: Accessible
) -> None:
    anna, boris = patrol.counter.grant(ANN, 8), patrol.counter.grant(BOB, 8)
    patrol.start()

    patrol.check(anna.code.lower())
    patrol.told("Valid")
    patrol.told("…2506")
    assert_accessible(patrol.page)
    patrol.check(qr(patrol, BOB))
    patrol.told(boris.code)
    patrol.check(anna.code[:-2])
    patrol.told("Mistyped")

    assert "Иванова" not in patrol.page.content() and "9219632506" not in patrol.page.content()
    assert sorted((one.verdict, one.channel) for one in patrol.looks()) == [
        ("mistyped", "page"),
        ("valid", "page"),
        ("valid", "page"),
    ]


def test_without_network_a_qr_is_judged_on_the_telephone_and_handed_in_once(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    address = qr(patrol)
    offline(patrol)

    patrol.check(address)
    patrol.told("Valid")
    patrol.told("Checked on this telephone, without network")
    assert float(patrol.page.locator("#police").get_attribute("data-took-ms") or "inf") < MOST_MS
    expect(patrol.page.get_by_text("Looks to hand in: 1")).to_be_visible()
    assert patrol.looks() == []
    seen = patrol.counter.clock.now
    patrol.counter.clock.pass_by(minutes=5)
    online(patrol)

    expect(patrol.page.get_by_text("Looks to hand in")).to_be_hidden()
    (look,) = patrol.looks()
    assert (look.verdict, look.told) == ("valid", "green")
    assert abs(look.seen_at - seen) < timedelta(minutes=2)
    assert look.stored_at == patrol.counter.clock.now
    patrol.page.reload()
    patrol.ready()
    assert len(patrol.looks()) == 1


def test_a_look_whose_answer_was_lost_is_stored_once(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    address = qr(patrol)
    patrol.page.route("**/police/look", lambda route: route.fetch() and route.abort(), times=1)
    patrol.page.route("**/police/looks", lambda route: route.fetch() and route.abort(), times=1)

    patrol.check(address)  # stored there, and the telephone does not know
    patrol.told("Checked on this telephone, without network")
    for _ in range(2):
        patrol.page.clock.fast_forward(61_000)
        patrol.page.wait_for_timeout(500)

    expect(patrol.page.get_by_text("Looks to hand in")).to_be_hidden()
    assert len(patrol.looks()) == 1


def test_a_full_queue_says_so_and_keeps_the_oldest(patrol: Patrol) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    offline(patrol)
    patrol.page.evaluate(FILL)

    patrol.check(qr(patrol))

    patrol.told("Valid")
    expect(patrol.page.get_by_text("2000 looks wait and no more can be kept: find a network")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "pin", "start", "check", "valid"),
    [
        ("ru-RU", "PIN-код смены", "Начать смену", "Проверить", "Действует"),
        ("tt-RU", "Смена PIN-коды", "Сменаны башларга", "Тикшерергә", "Гамәлдә"),
    ],
)
def test_a_shift_without_scripts_in_other_languages(
    browser: Browser, patrol: Patrol, language: str, pin: str, start: str, check: str, valid: str
) -> None:
    with open_page(browser, locale=language, java_script_enabled=False) as page:
        page.goto(f"{patrol.site.url}/police/sign-in")
        page.locator("[name=number]").fill(patrol.duty.number)
        page.get_by_label(pin, exact=True).fill(PIN)
        page.locator("[name=code]").fill(patrol.duty.code())
        page.get_by_role("button", name=start, exact=True).click()
        page.locator("[name=typed]").fill(patrol.counter.grant(ANN, 8).code)
        page.get_by_role("button", name=check, exact=True).click()

        expect(page.locator("#verdict")).to_contain_text(valid)


FILL = """async () => {
  const asked = indexedDB.open("passline-police");
  await new Promise((resolve) => (asked.onsuccess = resolve));
  const change = asked.result.transaction("looks", "readwrite");
  for (let turn = 0; turn < 2000; turn += 1) change.objectStore("looks").add({ iv: 0, sealed: 0 });
  await new Promise((resolve) => (change.oncomplete = resolve));
}"""


def test_the_page_opens_without_network(patrol: Patrol, assert_accessible: Accessible) -> None:
    patrol.counter.grant(ANN, 8)
    patrol.start()
    address = qr(patrol)
    patrol.page.context.set_offline(True)

    patrol.page.reload()

    expect(patrol.page.get_by_text("Network: no")).to_be_visible()
    patrol.check(address)
    patrol.told("Valid")
    assert_accessible(patrol.page)


def test_a_typed_code_without_network_is_checked_for_slips_and_asked_by_text(patrol: Patrol) -> None:
    code = patrol.counter.grant(ANN, 8).code
    patrol.start()
    offline(patrol)

    patrol.check(code[:-1] + ("A" if code[-1] != "A" else "E"))
    patrol.told("Mistyped")
    patrol.check(code)

    patrol.told("Can't be told without network")
    expect(patrol.page.get_by_text("By text: send the code to")).to_be_visible()


def test_the_keyboard_alone_is_enough(patrol: Patrol) -> None:
    code = patrol.counter.grant(ANN, 8).code
    patrol.start()

    patrol.page.get_by_label("Code of the pass").focus()
    patrol.page.keyboard.type(code)
    patrol.page.keyboard.press("Enter")
    patrol.told("Valid")
    patrol.page.keyboard.press("Tab")
    expect(patrol.page.get_by_role("button", name="Check")).to_be_focused()


@pytest.mark.parametrize("width", [320, 400])
def test_a_narrow_screen_needs_no_moving_sideways(patrol: Patrol, width: int) -> None:
    code = patrol.counter.grant(ANN, 8).code
    patrol.page.set_viewport_size({"width": width, "height": 640})
    patrol.page.goto(f"{patrol.site.url}/police/sign-in")
    assert not overflows(patrol.page)
    patrol.start()
    patrol.check(code)
    patrol.told("Valid")

    assert not overflows(patrol.page)


def test_guesses_lock_and_the_page_says_so(patrol: Patrol) -> None:
    patrol.start()
    shape = patrol.counter.who(ANN).terms.regime.code
    for _ in range(3):
        patrol.check(draw_code(shape, patrol.counter.clock.now.date(), patrol.counter.store.random))
        patrol.told("Unknown")
    patrol.told("you are locked")

    patrol.check(draw_code(shape, patrol.counter.clock.now.date(), patrol.counter.store.random))

    patrol.told("You are locked")
