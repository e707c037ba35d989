"""At home before a camera: let in, asked, accepted, a quiet week; away, asked at once, and a person looks at it all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from store.checks import PresenceCheck
from store.duty import Alert
from store.patients import Departure
from telephony.simulator.carrier import Handset
from tests.stories.home import desks
from tests.stories.home.actor import Actor, sits
from tests.stories.home.desks import ANN
from tests.stories.home.town import HANDSET, Town, link_in
from tests.stories.home.week import stays_for_a_week
from tests.web.browsing import find_chromium, open_page
from tests.web.patient.answering import camera_options

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ann(browser: Browser, town: Town, tmp_path: Path) -> Iterator[Actor]:
    """Ann, at home."""
    camera = tmp_path / "camera.y4m"
    sits(camera, 0)
    filming = browser.browser_type.launch(executable_path=find_chromium(), args=camera_options(camera))
    with open_page(filming, permissions=["geolocation", "camera"], **HANDSET) as page:
        actor = Actor(page, town, camera)
        actor.is_away(0)
        yield actor
    filming.close()


WHY = "I fetched my medicine from the chemist."


def asked(town: Town) -> bool:
    return any(one.state == "asked" for one in town.rows(PresenceCheck))


def test_who_stays_is_left_in_peace_and_who_leaves_is_asked_at_once_and_seen_by_a_person(
    town: Town, ann: Actor
) -> None:
    texts = town.handset(ANN)
    desks.opens_a_case(town)
    ann.opens(link_in(texts.inbox[-1]))
    ann.reports(minutes=12)
    town.shows(ann.page, "patient")
    town.goes_on_until(lambda: asked(town))
    town.passes(minutes=5)
    ann.opens(link_in(texts.inbox[-1]))
    ann.answers()
    comes(town, texts, "accepted. Thank you.")

    expect(ann.page.get_by_role("heading", level=1)).to_contain_text("accepted", timeout=15_000)
    stays_for_a_week(town, ann)
    assert not town.rows(Alert) and not town.rows(Departure)

    leaves_and_answers_from_there(town, ann, texts)
    comes_back_and_says_why(town, ann, texts)

    with town.at_desk("Dora", "/duty") as page:
        desks.takes_the_alert(page, "A check that failed")
        for seen in ("200–500 m from the house", "The position was not at home", "looks like the same person", WHY):
            expect(page.locator("main")).to_contain_text(seen)
        desks.looks_at_photos(page, 10)
        town.shows(page, "duty-alert", whole=True)
        desks.decides(page, "A warning", "Said why, and it was short", "Please have it brought.")
    town.passes(minutes=5)
    assert texts.inbox[-1].startswith("A warning: please stay at home. Please have it brought.")


def comes(town: Town, texts: Handset, words: str) -> str:
    """The text with these words, as soon as it is there: others of the same moment may come before or after."""
    town.goes_on_until(lambda: any(words in text for text in texts.inbox), hours=1)
    return next(text for text in texts.inbox if words in text)


def leaves_and_answers_from_there(town: Town, ann: Actor, texts: Handset) -> None:
    """Noticed as a fact, by the open page; then a challenge, which says that the place is not home."""
    ann.is_away(400)
    ann.reports(minutes=32)
    town.passes(minutes=3)
    (left,) = town.rows(Departure)
    assert (left.distance_band, left.back_at) == ("200-500", None) and "Check: open" in texts.inbox[-1]

    ann.opens(link_in(texts.inbox[-1]))
    ann.answers()
    comes(town, texts, "The place was not your home. A person looks at it")


def comes_back_and_says_why(town: Town, ann: Actor, texts: Handset) -> None:
    """By the link of the text that told of the doubt."""
    ann.opens(link_in(comes(town, texts, "There is a doubt about your answer")))
    ann.page.get_by_role("textbox").fill(WHY)
    ann.page.get_by_role("button", name="Send").click()
    ann.is_away(0)
    ann.reports(minutes=12)
    assert town.rows(Departure)[0].back_at
