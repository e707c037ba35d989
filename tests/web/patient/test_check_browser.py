"""A presence check in a browser with a camera: all the way to "accepted", and over a network that breaks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlmodel import col

from development.acting import before_camera
from development.filming import film
from development.portraits import ASTRONAUT, portrait
from settings import Settings
from store import Store
from store.checks import PresenceCheck
from tests.clock import Clock
from tests.monitoring.fence.shapes import LAT, LON
from tests.web.browsing import Site, find_chromium, open_page, overflows
from tests.web.patient.answering import Answering, answering, camera_options

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_POSES = "centre", "left", "right", "blink"
_DENIED = """() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
}"""
Accessible = Callable[[Page], None]


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of somebody who does what is asked."""
    file = tmp_path_factory.mktemp("film") / "camera.y4m"
    return film(before_camera(portrait(ASTRONAUT), air=1.9), file, ("blink", "centre", "left", "right"))


@pytest.fixture
def page(browser: Browser, camera: Path) -> Iterator[Page]:
    """A small telephone with this camera, at home."""
    filming = browser.browser_type.launch(executable_path=find_chromium(), args=camera_options(camera))
    home = {"latitude": LAT, "longitude": LON, "accuracy": 20}
    options = {"viewport": {"width": 320, "height": 640}, "geolocation": home, "permissions": ["geolocation", "camera"]}
    with open_page(filming, **options) as opened:
        yield opened
    filming.close()


@pytest.fixture
def ann(page: Page, site: Site, settings: Settings, store: Store, clock: Clock) -> Answering:
    return answering(page, site, settings, store, clock)


def test_who_does_what_is_asked_is_accepted(ann: Answering) -> None:
    check_id = ann.is_asked()
    ann.opens(check_id)
    ann.begins()
    ann.poses(*_POSES)

    expect(ann.page.get_by_role("heading", name="Received at 12:00")).to_be_visible(timeout=60_000)
    ann.answers.read(check_id)

    expect(ann.page.get_by_role("heading", name="Received at 12:00, accepted")).to_be_visible(timeout=15_000)
    row = ann.ward.check(check_id)
    assert (row.state, row.position_kind, row.distance_band, row.radius_band) == ("passed", "inside", "0-50", "0-50")
    assert "check_passed" in ann.ward.templates()


def test_a_network_that_breaks_and_a_page_loaded_again_lose_nothing(ann: Answering) -> None:
    page, check_id = ann.page, ann.is_asked()
    page.context.clear_permissions()
    page.context.grant_permissions(["camera"])
    ann.opens(check_id)
    assert not overflows(page)
    ann.begins()
    ann.poses("centre")
    expect(page.locator("[data-line]")).to_contain_text("Sending")
    page.context.set_offline(True)
    ann.poses("left")
    expect(page.get_by_text("No network.")).to_be_visible(timeout=20_000)
    page.context.set_offline(False)
    ann.received(check_id, {0, 1})

    page.reload()
    ann.begins()
    expect(page.locator("[data-count]")).to_have_text("Photo 3 of 4")
    ann.poses("right", "blink")

    expect(page.get_by_role("heading", name="Received at 12:00")).to_be_visible(timeout=90_000)
    row = ann.ward.check(check_id)
    assert (row.state, row.position_kind in ("denied", "timeout")) == ("answered", True)


def test_without_camera_or_script_the_page_says_what_to_do(ann: Answering, assert_accessible: Accessible) -> None:
    page, check_id = ann.page, ann.is_asked()
    ann.opens(check_id)
    assert_accessible(page)
    page.evaluate(_DENIED)
    ann.begins()

    expect(page.get_by_role("heading", name="The camera is not allowed")).to_be_visible()
    assert ann.ward.check(check_id).begun_at is None and not overflows(page)
    page.get_by_label("In a few words").fill("Камера разбита")
    page.get_by_role("button", name="I can't").click()
    expect(page.get_by_role("heading", name="Nothing is asked of you now")).to_be_visible()


def test_each_state_reads_well_on_a_small_telephone(ann: Answering, assert_accessible: Accessible) -> None:
    page, check_id = ann.page, ann.is_asked()
    ann.opens(check_id)
    page.context.add_cookies([{"name": "language", "value": "ru", "url": ann.site.url}])

    for said, state, outcome in (
        ("Получено: 12:00", "answered", None),
        ("Получено: 12:00. Принято", "passed", "passed"),
        ("Получено: 12:00. Смотрит сотрудник", "unclear", "quality"),
        ("Эта проверка не считается", "excused", "outage"),
        ("Время для ответа закончилось", "missed", "no_answer"),
    ):
        with ann.ward.store.work() as work:
            mine = update(PresenceCheck).where(col(PresenceCheck.id) == check_id)
            work.run(mine, state=state, outcome=outcome, answered_at=work.now)
        page.goto(f"{ann.site.url}/at-home/checks/{check_id}")
        expect(page.get_by_role("heading", name=said, exact=True)).to_be_visible()
        assert_accessible(page)
        assert not overflows(page)
