"""India's order from end to end: papers are added and read, two reviewers decide, an appeal is upheld."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papers.keeping import PaperKeeper
from papers.reader import SubprocessReader
from store.blobs import FolderBlobs
from telephony.simulator.carrier import Handset
from tests.papers import files
from tests.web.browsing import open_page
from tests.web.journeys.conftest import World, chooses, goes_on, says
from tests.web.people import Staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def applicant(world: World) -> Handset:
    world.puts_in_force("india-epass")
    return world.carrier.handset("+919812345678")


def applies(page: Page, purpose: str, **more: str) -> str:
    """Asks for a pass that a person decides about; the application's number."""
    page.goto(page.url.partition("/passes")[0].partition("/apply")[0] + "/apply")
    if page.get_by_label("Sharma Anita").count():
        chooses(page, page.locator("label", has_text="Sharma Anita").inner_text())
    chooses(page, purpose)
    if page.get_by_label("Name").count():
        says(page, Name="Sharma Anita")
        says(page, Document="2341 2341 2346")
    for label, text in more.items():
        says(page, **{label: text})
    while page.get_by_role("button", name="Continue").count():
        goes_on(page)
    goes_on(page, "Ask for the pass")
    return str(re.findall(r"\b\d{8}\b", page.locator("main").inner_text())[0])


def adds(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Add a photo or PDF").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("is being read").first).to_be_visible()


def read(world: World) -> None:
    """The worker reads papers, in the process that reads them in earnest."""
    world.clock.pass_by(seconds=5)
    blobs = FolderBlobs(Path(world.settings.blobs_dir))
    PaperKeeper(world.site.store, blobs, SubprocessReader()).sweep()


@contextmanager
def reviewer(world: World, staff: Staff, name: str, thing: str) -> Iterator[Page]:
    """A reviewer who took an application or an appeal from the queue."""
    with open_page(world.browser) as page:
        world.site.sign_in(page, staff("reviewer", name=name))
        page.goto(f"{world.site.url}/review" + ("/appeals" if thing.startswith("appeal ") else ""))
        page.get_by_role("link", name=re.compile(thing.removeprefix("appeal "))).first.click()
        page.get_by_role("button", name="Take it").click()
        yield page


def looks_at_papers(page: Page, number: str) -> None:
    """Every page of every paper is a picture that is seen."""
    counted = []
    for paper in ("Paper 1", "Paper 2"):
        page.get_by_role("link", name=paper).click()
        expect(page.get_by_role("img").first).to_be_visible()
        page.wait_for_load_state("load")
        counted.append(page.get_by_role("img").count())
        assert page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 300)")
        page.get_by_role("link", name=f"Application {number}").click()
    assert sorted(counted) == [1, 2]


def test_two_reviewers_see_the_papers_and_the_code_comes_by_text(
    world: World, applicant: Handset, staff: Staff
) -> None:
    with world.citizen(applicant) as page:
        number = applies(page, "Stranded, go home", Destination="Kochi")
        page.goto(f"{world.site.url}/applications/{number}/papers")
        adds(page, "address.jpg", files.photo(1600, 1200))
        adds(page, "letter.pdf", files.pdf(2))
        read(world)
        expect(page.get_by_text("1 page, can be read")).to_be_visible()
        expect(page.get_by_text("2 pages, can be read")).to_be_visible()

    with reviewer(world, staff, "Rosa", number) as rosa:
        looks_at_papers(rosa, number)
        rosa.get_by_role("button", name="Grant it").click()
        rosa.get_by_role("button", name="Propose it").click()
        expect(rosa.get_by_text("Proposed. Another reviewer confirms it.")).to_be_visible()
    with reviewer(world, staff, "Sven", number) as sven:
        sven.get_by_role("button", name="Confirm it").click()
        sven.get_by_role("button", name="Confirm it").click()
        expect(sven.get_by_text("Granted. The code goes out by text.")).to_be_visible()

    world.delivers()
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", applicant.inbox[-1])[0]
    with open_page(world.browser) as anybody:
        anybody.goto(f"{world.site.url}/q")
        anybody.get_by_label("Code of the pass").fill(code)
        anybody.get_by_role("button", name="Check").click()
        expect(anybody.get_by_text(re.compile("Valid until"))).to_be_visible()


def test_a_refusal_with_its_reason_is_appealed_against_and_upheld(
    world: World, applicant: Handset, staff: Staff
) -> None:
    with world.citizen(applicant) as page:
        number = applies(page, "Death in family", Destination="Kochi")
        with reviewer(world, staff, "Rosa", number) as rosa:
            rosa.get_by_text("Refuse it").click()
            rosa.get_by_label("Why it is refused").fill("No certificate")
            rosa.get_by_role("group").filter(has_text="Refuse it").get_by_role("button", name="Go on").click()
            rosa.get_by_role("button", name="Refuse it").click()
            expect(rosa.get_by_text("Refused. The reason goes out by text.")).to_be_visible()
        world.delivers()
        assert "No certificate" in applicant.inbox[-1]

        page.goto(f"{world.site.url}/passes")
        page.get_by_role("link", name=re.compile("^Appeal Death in family")).click()
        page.get_by_label("What was wrong?").fill("My father died on Monday.")
        goes_on(page, "Send the appeal")
        appeal = re.findall(r"\b\d{8}\b", page.get_by_role("status").inner_text())[0]
        with reviewer(world, staff, "Sven", f"appeal {appeal}") as sven:
            sven.get_by_label("Yes: we were wrong").check()
            sven.get_by_label("What you answer").fill("You may go.")
            sven.get_by_role("button", name="Go on").click()
            sven.get_by_role("button", name="Answer it").click()
            expect(sven.get_by_text("Answered. The answer goes out by text.")).to_be_visible()
        world.delivers()
        assert any("You may go." in text for text in applicant.inbox[-2:])
        page.goto(f"{world.site.url}/appeals")
        expect(page.get_by_text("you were right")).to_be_visible()
