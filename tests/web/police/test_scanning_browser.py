"""The camera: a film of real QR codes, read continuously, while nobody touches the screen."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from codes.signed.signing import Signing
from store import Store
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.web.browsing import Site, find_chromium, open_page
from tests.web.police.conftest import Patrol, enrolled_officer, token_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WIDTH, HEIGHT, RATE = 640, 480, 10


def frame(address: str | None) -> bytes:
    """A picture of a QR held into the camera, as Y'CbCr 4:2:0; None: nothing is held there."""
    picture = Image.new("L", (WIDTH, HEIGHT), 90)
    if address:
        drawn = BytesIO()
        segno.make(address, error="m").save(drawn, kind="png", scale=6, border=4)
        picture.paste(Image.open(drawn).convert("L").rotate(7, expand=True, fillcolor=255), (120, 40))
    return picture.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)


def film(file: Path, scenes: list[tuple[str | None, int]]) -> None:
    """A Y4M file: each scene so many frames."""
    with file.open("wb") as opened:
        opened.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420mpeg2\n".encode())
        for address, frames in scenes:
            opened.write((b"FRAME\n" + frame(address)) * frames)


@pytest.fixture
def counter(site: Site, store: Store, clock: Clock) -> Counter:
    """Anna and Boris have passes; Boris's was withdrawn."""
    found = Counter(store, clock).introduce_two()
    found.grant(ANN, 8)
    found.grant(BOB, 8)
    return found


@pytest.fixture
def camera(counter: Counter, signing: Signing, tmp_path: Path) -> Path:
    """A film: Anna's QR, nothing, Boris's."""
    addresses = [signing.address(token_for(counter, signing, number)) for number in (ANN, BOB)]
    film(tmp_path / "camera.y4m", [(addresses[0], 40), (None, 10), (addresses[1], 40), (None, 10)])
    return tmp_path / "camera.y4m"


@pytest.fixture
def page(browser: Browser, camera: Path) -> Iterator[Page]:
    """A telephone with this camera, which may be used."""
    options = [
        "--no-sandbox",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
    filming = browser.browser_type.launch(executable_path=find_chromium(), args=options)
    with open_page(filming, viewport={"width": 360, "height": 740}) as opened:
        yield opened
    filming.close()


@pytest.fixture
def patrol(page: Page, site: Site, counter: Counter, signing: Signing) -> Patrol:
    page.clock.install(time=counter.clock.now)
    return Patrol(page, site, enrolled_officer(counter.store), counter, signing)


def test_codes_are_read_one_after_the_other_without_touching_the_screen(
    patrol: Patrol, assert_accessible: Callable[[Page], None]
) -> None:
    patrol.counter.cancel(BOB)
    patrol.start()

    patrol.page.get_by_role("button", name="Scan QR codes").click()

    verdict = patrol.page.locator("#verdict")
    expect(verdict).to_contain_text("…2506", timeout=20_000)
    expect(verdict).to_contain_text("Valid")
    expect(verdict).to_contain_text("Withdrawn", timeout=20_000)
    expect(verdict).to_contain_text("…2507")
    kinds = [look.verdict for look in patrol.looks()]
    assert {"valid", "revoked"} == set(kinds) and len(kinds) <= 4  # each once while it is in sight
    assert_accessible(patrol.page)
    patrol.page.get_by_role("button", name="Stop the camera").click()
    expect(patrol.page.get_by_role("button", name="Scan QR codes")).to_be_visible()


def test_the_camera_and_its_decoder_work_without_network(patrol: Patrol) -> None:
    patrol.start()
    patrol.page.context.set_offline(True)
    patrol.page.reload()

    patrol.page.get_by_role("button", name="Scan QR codes").click()

    verdict = patrol.page.locator("#verdict")
    expect(verdict).to_contain_text("Checked on this telephone, without network", timeout=20_000)
    expect(verdict).to_contain_text("Valid")
