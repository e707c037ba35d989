"""A patient before a browser's camera: a film plays in front of it, and the button is pressed when the pose is on."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from development.portraits import ASTRONAUT, portrait
from monitoring.answers.reading import AnswerReader
from monitoring.challenges import POSES
from monitoring.patients.links import new_link
from monitoring.photos.keeping import keep_reference
from monitoring.photos.reader import SubprocessPhotos
from monitoring.photos.showing import steps_received
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.cases import Fence
from store.checks import PresenceCheck
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward
from tests.monitoring.fence.shapes import HOUSE
from tests.web.browsing import Site

SHOWS = """() => {
    const video = document.querySelector("video"), one = document.createElement("canvas");
    one.width = one.height = 1;
    if (!video.videoWidth) return "";
    const pencil = one.getContext("2d");
    pencil.drawImage(video, 4, 4, 16, 16, 0, 0, 1, 1);
    const [red, green, blue] = pencil.getImageData(0, 0, 1, 1).data.map(level => level > 128);
    return red && green ? "centre" : red ? "left" : green ? "right" : blue ? "blink" : "";
}"""
"""Which pose is on, by the mark of the film."""


@dataclass
class Answering:
    """Somebody at home with a fence and a reference photo, and what the worker would do."""

    page: Page
    site: Site
    ward: Ward
    case_id: str
    answers: AnswerReader

    def is_asked(self, **changed: Any) -> str:
        """A check is asked now, whose poses are as the film's; its id."""
        check_id = self.ward.challenge(self.case_id)
        self.ward.work_on()
        with self.ward.store.work() as work:
            mine = update(PresenceCheck).where(col(PresenceCheck.id) == check_id)
            work.run(mine, challenge=json.dumps(POSES), **changed)
        return check_id

    def opens(self, check_id: str) -> None:
        """Opens the link of a check."""
        with self.ward.store.work() as work:
            case = self.ward.case(self.case_id)
            token = new_link(work, case, "check", work.now + timedelta(hours=1), check_id)
        self.page.goto(f"{self.site.url}/i/{token}")
        self.page.get_by_role("button", name="Open").click()

    def begins(self) -> None:
        self.page.get_by_role("button", name="Begin").click()

    def poses(self, *poses: str) -> None:
        """Does what the page asks for, in this order."""
        for pose in poses:
            expect(self.page.locator(f'#check[data-pose="{pose}"]')).to_be_attached(timeout=30_000)
            self.page.wait_for_function(f"() => ({SHOWS})() !== '{pose}'", timeout=60_000)
            self.page.wait_for_function(f"() => ({SHOWS})() === '{pose}'", timeout=60_000)
            self.page.get_by_role("button", name="Take the photo").click()

    def received(self, check_id: str, steps: set[int]) -> None:
        """Waits until these photos came, and no others."""
        for _ in range(100):
            with self.ward.store.reading() as work:
                came = steps_received(work, check_id)
            if came == steps:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"there are {sorted(came)}")


def answering(page: Page, site: Site, settings: Settings, store: Store, clock: Clock) -> Answering:
    """Ann at home, photographed at the clinic."""
    ward = Ward(store, clock)
    case_id, blobs = ward.admit(), FolderBlobs(settings.blobs_dir)
    case = ward.case(case_id)
    assert case.key is not None
    with store.work() as work:
        fence_id = work.new_id()
        sealed = case.key.seal_bytes(f"fence.shape.{fence_id}", HOUSE.wkb)
        given = {"case_id": case_id, "role": "home", "shape_sealed": sealed, "weak": False, "set_by": "tests"}
        work.insert(Fence, id=fence_id, **given, starts_at=work.now, set_at=work.now)
    [look] = SubprocessPhotos().read([portrait(ASTRONAUT)])
    keep_reference(store, blobs, case_id, look, "staff:clinician")
    return Answering(page, site, ward, case_id, AnswerReader(store, blobs, SubprocessPhotos()))


def camera_options(film: Path) -> list[str]:
    """What Chromium is started with to have this film for a camera, which it asks nobody for."""
    fake = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
    return ["--no-sandbox", *fake, f"--use-file-for-fake-video-capture={film}"]
