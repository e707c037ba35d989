"""What a citizen's telephone fetches to see a page for the first time, over a slow and dear network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.web.browsing import Site, open_page
from tests.web.people import citizen_cookie

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MOST_BYTES = 120_000


def fetched(page: Page, url: str) -> tuple[int, list[str]]:
    """Bytes over the wire, with headers, and the addresses they came from."""
    wire, sizes, asked = page.context.new_cdp_session(page), list[float](), list[str]()
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda told: asked.append(told["request"]["url"]))
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    return int(sum(sizes)), asked


@pytest.fixture
def load(browser: Browser, site: Site) -> Callable[[str], tuple[int, list[str]]]:
    """``load("/passes")``: in a browser that has never been here, as Ann, who is signed in."""
    name, token = citizen_cookie(site.app, site.store, ANN)

    def once(path: str) -> tuple[int, list[str]]:
        with open_page(browser, viewport={"width": 390, "height": 800}) as page:
            if path not in ("/", "/enter"):
                page.context.add_cookies([{"name": name, "value": token, "url": site.url, "sameSite": "Strict"}])
            return fetched(page, site.url + path)

    return once


def test_a_citizens_first_page_is_light_and_comes_from_us_alone(
    load: Callable[[str], tuple[int, list[str]]], site: Site, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    counter = Counter(site.store, clock)
    counter.introduce(ANN, name="Иванова Анна Ивановна", document="9219632506")
    mine = f"/passes/{counter.grant(ANN, 8).pass_id}"

    for path in ("/", "/enter", "/passes", mine, "/apply", "/q"):
        size, asked = load(path)
        with capsys.disabled():
            print(f"\n{path.replace(mine, '/passes/ID')}: {size / 1000:.1f} kB, {len(asked)} requests")
        assert size <= MOST_BYTES, path
        assert not [url for url in asked if not url.startswith((site.url, "data:"))]
