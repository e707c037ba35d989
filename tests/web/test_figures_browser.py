"""The pages of figures in a real browser: plots that are seen, by day and night, wide and narrow, in every language."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from playwright.sync_api import Page, expect

from codes.counts.figures import Span
from codes.counts.hours import count_hours
from codes.counts.layers import DISTRICTS, Shape, import_layer
from codes.counts.plots import draw_plots
from codes.counts.publishing import publish
from drawing import draw_wanted
from store import Store
from tests.clock import Clock
from tests.codes.days import lived
from tests.web.browsing import Site, overflows
from tests.web.people import Staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]
_SQUARE = bytes.fromhex(
    "0103000000010000000500000000000000000048400000000000804b4000000000008048400000000000804b400000000000804840"
    "0000000000c04b4000000000000048400000000000c04b4000000000000048400000000000804b40"
)


@pytest.fixture
def busy(site: Site, store: Store, clock: Clock) -> Store:
    """A store with two days in it, counted and published."""
    lived(store, Span(clock.now - timedelta(hours=40), clock.now), Random(1), many=150)
    count_hours(store)
    publish(store)
    return store


@pytest.fixture
def page(browser_page: Page, site: Site, staff: Staff) -> Page:
    """An administrator's browser."""
    site.sign_in(browser_page, staff("administrator", name="Ada"))
    return browser_page


def seen_plots(page: Page) -> list[bool]:
    """Whether each plot of the page has something to show."""
    script = "images => images.map(image => image.complete && image.naturalWidth > 0 && image.alt.length > 20)"
    found: list[bool] = page.locator(".figures-plot img").evaluate_all(script)
    return found


def test_the_page_loads_itself_again_once_its_plots_are_drawn(page: Page, site: Site, busy: Store) -> None:
    page.goto(f"{site.url}/admin/figures")
    expect(page.get_by_text("The plots are being drawn")).to_be_visible()
    assert seen_plots(page) == []

    assert draw_wanted(busy) > 10
    expect(page.get_by_text("The plots are being drawn")).to_have_count(0, timeout=20_000)
    page.wait_for_load_state("networkidle")

    plots = seen_plots(page)
    assert len(plots) >= 7
    assert all(plots)


def test_nothing_is_asked_of_others(page: Page, site: Site, busy: Store) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/admin/figures", "/figures"):
        page.goto(f"{site.url}{path}")
        draw_wanted(busy)
        page.goto(f"{site.url}{path}", wait_until="networkidle")

    assert asked
    assert not [url for url in asked if not url.startswith((site.url, "data:"))]


@pytest.mark.parametrize("width", [1000, 320])
def test_the_pages_are_for_everybody_and_fit(
    page: Page, site: Site, busy: Store, assert_accessible: Accessible, width: int
) -> None:
    with busy.work() as work:
        import_layer(work, DISTRICTS, [Shape("Northern District", {}, _SQUARE)], "tests")
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/admin/figures", "/admin/figures?length=week", "/figures"):
        page.goto(f"{site.url}{path}")
        draw_wanted(busy)
        page.goto(f"{site.url}{path}", wait_until="networkidle")

        assert_accessible(page)
        assert not overflows(page), path


def test_what_can_not_be_drawn_is_said(page: Page, site: Site, busy: Store) -> None:
    page.goto(f"{site.url}/admin/figures")
    for _ in range(3):
        draw_plots(busy, lambda maps, requests: [None] * len(requests))

    page.goto(f"{site.url}/admin/figures")

    expect(page.get_by_text("This plot could not be drawn").first).to_be_visible()
    expect(page.get_by_text("The plots are being drawn")).to_have_count(0)
