"""The patient's page in a real browser, of the size of a small telephone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from monitoring.duty.telling import tell_doubts
from store.patients import Device, FenceState
from tests.monitoring.checks.ward import Ward
from tests.monitoring.fence.shapes import at
from tests.web.browsing import Site, open_page, overflows
from tests.web.patient.household import AtHome, a_household
from tests.web.people import enrolled

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ann(site: Site, ward: Ward) -> AtHome:
    """Ann, who opened her page, and whose home is known."""
    return a_household(site.app, ward, enrolled=False).has_a_home().arrives()


@pytest.fixture
def telephone(browser: Browser, site: Site, ann: AtHome) -> Iterator[Page]:
    """Her telephone, whose clock is wrong by months, and whose browser may not tell where it is."""
    with open_page(browser, viewport={"width": 320, "height": 640}) as page:
        cookie = ann.browser.get_cookie("passline-home")
        assert cookie is not None
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url, "sameSite": "Strict"}])
        page.clock.install()
        yield page


def stands(page: Page, east_m: float) -> None:
    """The telephone is so far east of home, and may say so."""
    lat, lon = at(east_m)
    page.context.set_geolocation({"latitude": lat, "longitude": lon, "accuracy": 15})
    page.context.grant_permissions(["geolocation"])


def test_the_open_page_tells_where_its_telephone_is(
    telephone: Page, site: Site, ann: AtHome, assert_accessible: Callable[..., None]
) -> None:
    page = telephone
    page.goto(f"{site.url}/at-home")
    page.get_by_role("button", name="Tell where this telephone is").click()
    expect(page.get_by_text("Your browser may not tell the position")).to_be_visible()
    assert_accessible(page)
    assert not overflows(page)
    assert [one.no_position for one in ann.ward.rows(Device)] == ["denied"]

    stands(page, 2.0)
    page.reload()
    expect(page.get_by_text("Told at 12:00. The page")).to_be_visible()
    assert [one.no_position for one in ann.ward.rows(Device)] == [None]
    assert len(ann.ward.rows(FenceState)) == 1

    page.context.set_offline(True)
    ann.ward.clock.pass_by(minutes=10)
    page.clock.fast_forward("10:00")
    expect(page.get_by_text("No network. What is to be told waits")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Told at 12:10. The page")).to_be_visible()

    kept = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert page.evaluate(kept) == [0, 0, 0]


def test_without_network_it_says_whom_to_call_and_keeps_nothing_of_the_patient(
    telephone: Page, site: Site, assert_accessible: Callable[..., None]
) -> None:
    page = telephone
    site.sign_in(page, enrolled(site.store, "Clara", "clinician"))
    page.goto(f"{site.url}/at-home")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    scope = page.evaluate("async () => (await navigator.serviceWorker.ready).scope")
    page.wait_for_function("async () => Boolean(await caches.match('/at-home/offline', {ignoreVary: true}))")
    page.context.set_offline(True)
    page.goto(f"{site.url}/at-home/held")

    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    expect(page.get_by_role("button", name="In danger: call 112")).to_have_attribute("href", "tel:112")
    assert_accessible(page)
    assert not overflows(page)
    assert scope == f"{site.url}/at-home"
    kept = page.evaluate(
        "async () => (await (await caches.open('patient')).keys()).map(one => new URL(one.url).pathname)"
    )
    assert sorted(path.rpartition("/")[2] for path in kept) == ["offline", "pages.css", "patient-192.png"]
    said = page.evaluate("async () => (await caches.match('/at-home/offline', {ignoreVary: true})).text()")
    assert not any(one in said for one in ("csrf", "И.А.И.", "Clara"))

    page.context.set_offline(False)
    page.goto(f"{site.url}/at-home")
    page.get_by_role("button", name="Close this page on this telephone").click()
    page.wait_for_url(f"{site.url}/i")
    page.wait_for_function("async () => !(await caches.has('patient'))")


def test_a_doubt_is_answered_and_appealed_from_on_a_small_telephone(
    telephone: Page, site: Site, ann: AtHome, assert_accessible: Callable[..., None]
) -> None:
    page, ward = telephone, ann.ward
    ward.challenge(ann.case_id)
    ward.work_on()
    ward.wait(minutes=90)
    tell_doubts(ward.store, site.url)

    page.goto(f"{site.url}/at-home")
    page.get_by_role("button", name="See it, and answer").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("link", name="Write your answer")).to_be_visible()
    page.get_by_label("Your answer").fill("Телефон лежал в другой комнате")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Whoever decides reads your answer first")).to_be_visible()
    expect(page.get_by_text("Телефон лежал в другой комнате")).to_be_visible()

    for path in ("", "/welcome", "/held", "/consent", "/consent/back", "/appeal"):
        page.goto(f"{site.url}/at-home{path}")
        assert_accessible(page)
        assert not overflows(page), path
        page.evaluate("document.documentElement.style.fontSize = '32px'")  # for poor sight, twice as large
        assert not overflows(page), path
    page.get_by_label("What was wrong?").fill("Я не болею")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_text("Your appeal has the number")).to_be_visible()
