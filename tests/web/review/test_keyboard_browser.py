"""A reviewer decides with the keyboard alone, while the queue goes on around them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from codes.regimes import activate, preset
from codes.review.appeals import file_appeal
from papers.keeping import PaperKeeper
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.phones import ensure_phone
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.papers.hand import FakeReader
from tests.web.browsing import Site, open_page
from tests.web.keyboard import go_to, press, write
from tests.web.people import Staff
from tests.web.review.office import OTHER, WEDDING, Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(site: Site, settings: Settings, store: Store, clock: Clock) -> Office:
    """Under the order of India; Anita and Ravi are known."""
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    counter = Counter(store, clock)
    counter.introduce(ANN, name="Sharma Anita", document="234123412346")
    counter.introduce(BOB, name="Rao Ravi", document="234123412347")
    blobs = FolderBlobs(Path(settings.blobs_dir))
    return Office(counter, blobs, PaperKeeper(store, blobs, FakeReader()))


def test_an_application_is_refused_and_its_paper_read(
    browser_page: Page, site: Site, office: Office, staff: Staff
) -> None:
    page, number = browser_page, office.applies_with_paper(WEDDING).number
    site.sign_in(page, staff("reviewer", name="Rosa"))
    page.goto(f"{site.url}/review")

    press(page, page.get_by_role("link", name=number))
    press(page, page.get_by_role("button", name="Take it"))
    press(page, page.get_by_role("link", name="Paper 1"))
    expect(page.get_by_role("img")).to_be_visible()
    press(page, page.get_by_role("link", name=f"Application {number}"))
    press(page, page.locator("summary").filter(has_text="Refuse it"))
    folded = page.get_by_role("group").filter(has_text="Refuse it")
    press(page, folded.get_by_role("button", name="Go on"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    press(page, page.locator(".govuk-error-summary").get_by_role("link"))
    expect(page.get_by_label("Why it is refused")).to_be_focused()
    page.keyboard.type("No seal on the letter")
    press(page, folded.get_by_role("button", name="Go on"))
    press(page, page.get_by_role("button", name="Refuse it"))

    expect(page.get_by_text("Refused. The reason goes out by text.")).to_be_visible()


def test_the_focus_stays_where_it_is_when_the_queue_changes(
    browser_page: Page, site: Site, office: Office, staff: Staff
) -> None:
    page, number = browser_page, office.applies(OTHER).number
    site.sign_in(page, staff("reviewer", name="Rosa"))
    page.goto(f"{site.url}/review")
    link = page.get_by_role("link", name=number)
    go_to(page, link)

    other = office.applies(OTHER, BOB).number

    expect(page.get_by_text(other)).to_be_visible(timeout=8000)
    expect(link).to_be_focused()


def test_an_appeal_is_answered_by_another(browser: Browser, site: Site, office: Office, staff: Staff) -> None:
    with office.counter.store.work() as work:
        appeal = file_appeal(work, ensure_phone(work, ANN), "It is all true.")
    with open_page(browser) as page:
        site.sign_in(page, staff("reviewer", name="Sven"))
        page.goto(f"{site.url}/review/appeals")

        press(page, page.get_by_role("link", name=appeal))
        press(page, page.get_by_role("button", name="Take it"))
        press(page, page.get_by_role("button", name="Go on"))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        go_to(page, page.get_by_label("Yes: we were wrong"))
        page.keyboard.press("Space")
        write(page, page.get_by_label("What you answer"), "You may go")
        press(page, page.get_by_role("button", name="Go on"))
        press(page, page.get_by_role("button", name="Answer it"))

        expect(page.get_by_text("Answered. The answer goes out by text.")).to_be_visible()
