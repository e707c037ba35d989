"""Whoever stays at home, with a telephone that has a camera and knows its place; a portrait acts before the camera."""

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from development.acting import before_camera
from development.filming import film
from development.portraits import ASTRONAUT, portrait
from monitoring.challenges import POSES
from store.checks import PresenceCheck
from tests.stories.home.town import Town
from tests.web.patient.answering import SHOWS

HOME = 55.790075, 49.11515
"""In the middle of the house of the case: latitude and longitude."""
_A_DEGREE_M = 62_600.0
"""Of longitude, there."""


@dataclass
class Actor:
    """One browser; `camera` is the film that its camera shows."""

    page: Page
    town: Town
    camera: Path
    sittings: int = 0

    def is_away(self, east_m: float) -> None:
        """So far from home."""
        lat, lon = HOME
        place = {"latitude": lat, "longitude": lon + east_m / _A_DEGREE_M, "accuracy": 15.0}
        self.page.context.set_geolocation(place)  # type: ignore[arg-type]

    def opens(self, link: str) -> None:
        """By the button of the link's page."""
        self.page.goto(link)
        self.page.locator("main").get_by_role("button").click()

    def reports(self, minutes: int, every: int = 4) -> None:
        """The page is in front now and then, and says where the telephone is."""
        for _ in range(minutes // every):
            self.town.passes(minutes=every)
            with self.page.expect_response("**/at-home/fixes") as told:
                self.page.goto(f"{self.town.site.url}/at-home")
            assert told.value.ok

    def answers(self) -> None:
        """Does before the camera what the page asks for; another sitting each time."""
        sits(self.camera, self.sittings)
        self.sittings += 1
        self._is_asked_as_filmed()
        self.page.get_by_role("button", name="Begin").click()
        for _ in range(len(POSES)):
            asked = self.page.locator("#check[data-pose]:not([data-pose=''])")
            expect(asked).to_be_attached(timeout=30_000)
            pose = asked.get_attribute("data-pose")
            self.page.wait_for_function(f"() => ({SHOWS})() !== '{pose}'", timeout=60_000)
            self.page.wait_for_function(f"() => ({SHOWS})() === '{pose}'", timeout=60_000)
            self.town.shows(self.page, f"patient-{pose}")
            self.page.get_by_role("button", name="Take the photo").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Received at", timeout=60_000)

    def _is_asked_as_filmed(self) -> None:
        """By chance the order would be another, and the film would have to go round and round."""
        with self.town.site.store.work() as work:
            work.run(update(PresenceCheck).where(col(PresenceCheck.state) == "asked"), challenge=json.dumps(POSES))


def sits(camera: Path, sitting: int) -> None:
    """Writes the film of a sitting: nobody holds a telephone twice alike."""
    face = before_camera(portrait(ASTRONAUT), across=0.04 * sitting, air=1.9 + 0.15 * sitting)
    film(face, camera, POSES)
