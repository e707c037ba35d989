"""What people who work with patients at home do on their pages, in a browser."""

from playwright.sync_api import Page, expect

from development.acting import before_camera
from development.portraits import ASTRONAUT, portrait
from tests.monitoring.selfie.cameras import jpeg
from tests.stories.home.town import Town

ANN, NAME = "+79990000001", "Ivanova Anna"


def opens_a_case(town: Town, number: str = ANN, language: str = "English") -> str:
    """Clara opens a case at the bedside, and takes the photo to compare with; the case's id."""
    with town.at_desk("Clara", "/clinic") as page:
        page.get_by_role("button", name="Open a case").click()
        page.get_by_label("Mobile telephone of the patient").fill(number)
        page.get_by_label("Name").fill(NAME)
        page.get_by_label("Document", exact=False).first.fill("9219632506")
        page.get_by_label(language).check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Confirmed infection").check()
        page.get_by_label("14 days").check()
        page.get_by_label("Which order or document says so").fill("Order 5")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Street and house").fill("Баумана 5")
        page.get_by_role("button", name="Find the house").click()
        page.get_by_role("button", name="улица Баумана, 5", exact=True).click()
        page.get_by_role("button", name="That is right").click()
        page.get_by_label("The patient has read this").check()
        page.get_by_label("The patient's full name").fill(NAME)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Open the case").click()
        expect(page.get_by_role("status")).to_contain_text("The case is open")
        case_id = page.url.partition("?")[0].rsplit("/", 1)[1]
        page.get_by_role("link", name="Take a photo").click()
        page.locator("input[type=file]").set_input_files(
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": ann_looks()}
        )
        page.get_by_role("button", name="Look at it and keep it").click()
        expect(page.get_by_role("status")).to_contain_text("kept")
    town.passes(minutes=5)
    return case_id


def ann_looks() -> bytes:
    """The photo that Clara takes."""
    return jpeg(before_camera(portrait(ASTRONAUT), air=1.7).picture)


def closes_the_case(town: Town, case_id: str, closing: str) -> None:
    """Clara closes it, with a reason."""
    with town.at_desk("Clara", f"/clinic/cases/{case_id}/close") as page:
        page.get_by_label(closing).check()
        page.get_by_label("Why, for the record").fill("Letter of the hospital")
        page.get_by_role("button", name="Close the case").click()
        expect(page.get_by_role("status")).to_contain_text("The case is closed")
    town.passes(minutes=5)


def takes_the_alert(page: Page, kind: str) -> None:
    """The first of this kind that waits."""
    page.get_by_role("link", name=kind).first.click()
    page.get_by_role("button", name="Take it").click()


def looks_at_photos(page: Page, many: int) -> None:
    """All of them, those of the answer beside the one to compare with, once they are there."""
    photos = page.locator(".duty-photo img")
    expect(photos).to_have_count(many)
    for photo in photos.all():
        photo.scroll_into_view_if_needed()
        expect(photo).to_have_js_property("complete", True)
        assert photo.evaluate("one => one.naturalWidth") > 0
    photos.first.scroll_into_view_if_needed()


def decides(page: Page, decision: str, reason: str, words: str = "") -> None:
    """About the alert in view: shown first, then done."""
    page.get_by_label(decision).check()
    page.get_by_label("Why, for the record").fill(reason)
    page.get_by_label("What you add for the patient").fill(words)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("blockquote")).to_contain_text(words)
    page.get_by_role("button", name="Decide it").click()
    expect(page.get_by_role("status")).to_contain_text("Decided")


def upholds_the_appeal(town: Town, words: str, *seen: str) -> None:
    """Rosa takes the appeal that waits, reads it and what it is about, and agrees."""
    with town.at_desk("Rosa", "/review/appeals") as page:
        page.locator("#review-appeals ol a").first.click()
        page.get_by_role("button", name="Take it").click()
        for text in seen:
            expect(page.locator("main")).to_contain_text(text)
        town.shows(page, "review-appeal")
        page.get_by_label("Yes: we were wrong").check()
        page.get_by_label("What you answer").fill(words)
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Answer it").click()
        expect(page.get_by_role("status")).to_contain_text("Answered")
    town.passes(minutes=5)
