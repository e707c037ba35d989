"""The reviewers' journeys in a real browser: papers added, read, looked at, decided; by two; without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from codes.regimes import activate, preset
from codes.review.appeals import file_appeal
from papers.keeping import PaperKeeper
from papers.reader import SubprocessReader
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.phones import ensure_phone
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.papers import files
from tests.web.browsing import Site, open_page, overflows
from tests.web.people import Staff, citizen_cookie
from tests.web.review.office import HOME, OTHER, WEDDING, Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(site: Site, settings: Settings, store: Store, clock: Clock) -> Office:
    """With the real reader."""
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    counter = Counter(store, clock)
    counter.introduce(ANN, name="Sharma Anita", document="234123412346")
    blobs = FolderBlobs(Path(settings.blobs_dir))
    return Office(counter, blobs, PaperKeeper(store, blobs, SubprocessReader()))


def as_applicant(page: Page, site: Site) -> None:
    name, token = citizen_cookie(site.app, site.store, ANN)
    page.context.add_cookies([{"name": name, "value": token, "url": site.url, "sameSite": "Strict"}])


def add(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Add a photo or PDF").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Add it").click()


def take(page: Page, site: Site, number: str, kind: str = "applications") -> None:
    page.goto(f"{site.url}/review/{kind}/{number}")
    page.get_by_role("button", name="Take it").click()


def opens_papers(page: Page, site: Site, office: Office) -> str:
    """The applicant asks to go to a wedding and opens the page for its papers; the application's number."""
    number = office.applies(WEDDING).number
    as_applicant(page, site)
    page.goto(f"{site.url}/applications/{number}/papers")
    return number


def test_papers_are_added_looked_at_and_the_pass_is_granted(
    browser_page: Page,
    browser: Browser,
    site: Site,
    office: Office,
    staff: Staff,
    assert_accessible: Callable[[Page], None],
) -> None:
    number = opens_papers(browser_page, site, office)
    add(browser_page, "card.jpg", files.photo(4000, 3000))
    office.counter.clock.pass_by(seconds=1)  # of two papers of one moment either is the first
    add(browser_page, "letter.pdf", files.pdf(2))
    expect(browser_page.get_by_text("is being read").first).to_be_visible()
    assert_accessible(browser_page)

    office.counter.clock.pass_by(seconds=5)
    office.keeper.sweep()

    expect(browser_page.get_by_text("1 page, can be read")).to_be_visible()  # by itself
    expect(browser_page.get_by_text("2 pages, can be read")).to_be_visible()
    with open_page(browser) as page:
        site.sign_in(page, staff("reviewer", name="Rosa"))
        page.goto(f"{site.url}/review")
        assert_accessible(page)
        page.get_by_role("link", name=number).click()
        assert_accessible(page)
        page.get_by_role("button", name="Take it").click()
        assert_accessible(page)
        page.get_by_role("link", name="Paper 2").click()
        expect(page.get_by_role("img")).to_have_count(2)
        page.wait_for_function("[...document.images].every(one => one.complete && one.naturalWidth > 500)")
        assert_accessible(page)
        page.get_by_role("link", name=f"Application {number}").click()
        page.get_by_role("button", name="Grant it").click()
        expect(page.get_by_text("This text goes out:")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Grant it").click()
        expect(page.get_by_text("Granted. The code goes out by text.")).to_be_visible()
    assert [template for _, template, _ in office.counter.owed()] == ["application_granted"]


def test_a_file_that_is_no_paper_is_told_in_the_form(browser_page: Page, site: Site, office: Office) -> None:
    opens_papers(browser_page, site, office)

    add(browser_page, "card.jpg", files.SVG)
    expect(browser_page.get_by_role("alert").get_by_text("This file is something else")).to_be_visible()
    add(browser_page, "card.jpg", b"\xff\xd8\xff" + bytes(11 << 20))

    expect(browser_page.get_by_role("alert").get_by_text("The file has more than 10 MB")).to_be_visible()


def test_two_decide_and_the_refusal_goes_out(browser: Browser, site: Site, office: Office, staff: Staff) -> None:
    number = office.applies(HOME).number
    with open_page(browser) as rosa:
        site.sign_in(rosa, staff("reviewer", name="Rosa"))
        take(rosa, site, number)
        rosa.get_by_text("Refuse it").click()
        rosa.get_by_label("Why it is refused").fill("No address at home")
        rosa.get_by_role("group").filter(has_text="Refuse it").get_by_role("button", name="Go on").click()
        rosa.get_by_role("button", name="Propose it").click()
        expect(rosa.get_by_text("Proposed. Another reviewer confirms it.")).to_be_visible()
    with open_page(browser) as sven:
        site.sign_in(sven, staff("reviewer", name="Sven"))
        take(sven, site, number)
        sven.get_by_role("button", name="Confirm it").click()
        expect(sven.get_by_text(f"Application {number} refused: No address at home.")).to_be_visible()
        sven.get_by_role("button", name="Confirm it").click()
        expect(sven.get_by_text("Refused. The reason goes out by text.")).to_be_visible()
    assert [template for _, template, _ in office.counter.owed()] == ["application_refused"]


def test_the_queue_follows_by_itself(browser_page: Page, site: Site, office: Office, staff: Staff) -> None:
    site.sign_in(browser_page, staff("reviewer", name="Rosa"))
    browser_page.goto(f"{site.url}/review")

    number = office.applies(OTHER).number

    expect(browser_page.get_by_text(number)).to_be_visible(timeout=8000)


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """A small telephone, without scripts."""
    with open_page(browser, viewport={"width": 320, "height": 640}, java_script_enabled=False) as page:
        yield page


def test_all_of_it_works_without_scripts(narrow: Page, site: Site, office: Office, staff: Staff) -> None:
    applicant = office.applies_with_paper(WEDDING)
    with office.counter.store.work() as work:
        appeal = file_appeal(work, ensure_phone(work, ANN), "It is all true.")
    site.sign_in(narrow, staff("reviewer", name="Rosa"))
    take(narrow, site, applicant.number)
    narrow.get_by_text("Ask for another paper").click()
    narrow.get_by_label("Which paper you need").fill("The other side")
    narrow.get_by_role("group").filter(has_text="Ask for another paper").get_by_role("button", name="Go on").click()
    narrow.get_by_role("button", name="Ask for it").click()
    expect(narrow.get_by_text("Asked for.")).to_be_visible()
    take(narrow, site, appeal, "appeals")
    narrow.get_by_label("Yes: we were wrong").check()
    narrow.get_by_label("What you answer").fill("You may go")
    narrow.get_by_role("button", name="Go on").click()
    narrow.get_by_role("button", name="Answer it").click()
    expect(narrow.get_by_text("Answered. The answer goes out by text.")).to_be_visible()
    assert sorted(template for _, template, _ in office.counter.owed()) == ["appeal_upheld", "paper_wanted"]


@pytest.mark.parametrize("language", ["en", "ru", "tt"])
def test_nothing_is_wider_than_a_small_telephone(
    browser: Browser, site: Site, office: Office, staff: Staff, language: str
) -> None:
    applicant = office.applies_with_paper(WEDDING)
    other = office.applies(HOME).number
    with office.counter.store.work() as work:
        appeal = file_appeal(work, ensure_phone(work, ANN), "It is all true." * 20)
    with open_page(browser, viewport={"width": 320, "height": 640}) as page:
        site.sign_in(page, staff("reviewer", name="Rosa"))
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        for kind, number in (("applications", applicant.number), ("appeals", appeal)):
            page.goto(f"{site.url}/review/{kind}/{number}")
            with page.expect_navigation():
                page.locator("main form button").first.click()
            assert not overflows(page), page.url
        (paper,) = applicant.papers()
        pages = ("", "/appeals", f"/applications/{other}", f"/applications/{applicant.number}/papers/{paper.id}")
        for path in pages:
            page.goto(f"{site.url}/review{path}")
            assert not overflows(page), path
        as_applicant(page, site)
        page.goto(f"{site.url}/applications/{applicant.number}/papers")
        assert not overflows(page)
