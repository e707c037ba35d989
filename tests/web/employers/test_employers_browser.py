"""An employer's way in a real browser: three languages, the narrowest screen, no scripts, the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from codes.regimes import activate, preset
from tests.clock import Clock
from tests.employers.office import BOSS, TAX_NUMBER, Office, line, number
from tests.web.browsing import Site, open_page, overflows
from tests.web.people import citizen_cookie, enrolled, session_cookie
from web.words import LANGUAGES, SOURCE_LANGUAGE, read_catalogues

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Accessible = Callable[[Page], None]
NARROW = {"width": 320, "height": 640}


class Words:
    """What is pressed, in a language of the pages."""

    def __init__(self, language: str) -> None:
        messages = (
            [message for one in read_catalogues(language).values() for message in one]
            if language != SOURCE_LANGUAGE
            else []
        )
        self._known = {str(message.id): str(message.string) for message in messages if isinstance(message.id, str)}

    def __call__(self, text: str) -> str:
        return self._known.get(text, text)


@pytest.fixture
def moscow(site: Site, clock: Clock) -> Site:
    clock.pass_by(seconds=1)
    with site.store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return site


def sign_in(page: Page, site: Site, cookie: tuple[str, str]) -> None:
    name, token = cookie
    page.context.add_cookies([{"name": name, "value": token, "url": site.url, "sameSite": "Strict"}])


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()


def confirm(browser: Browser, site: Site, look: Callable[[Page], None], said: Words, **options: object) -> None:
    """A reviewer finds the organisation in the list and confirms it."""
    with open_page(browser, **options) as page:
        sign_in(
            page,
            site,
            session_cookie(site.app, site.store, enrolled(site.store, f"R {said('Confirm it')}", "reviewer")),
        )
        page.goto(f"{site.url}/review/organisations")
        look(page)
        follow(page, "ООО Ромашка")
        look(page)
        press(page, said("Confirm the organisation"))
        look(page)


def walk(
    browser: Browser,
    site: Site,
    clock: Clock,
    folder: Path,
    language: str,
    look: Callable[[Page], None],
    **options: object,
) -> None:
    """From opening the account to a pass that is ended; `look` sees each page."""
    said, firm = Words(language), Office(site.store, clock)
    with open_page(browser, **options) as page:
        sign_in(page, site, citizen_cookie(site.app, site.store, BOSS))
        page.goto(f"{site.url}/passes")
        ask_for_account(page, said, look)
        confirm(browser, site, look, said, **options)
        follow(page, "ООО Ромашка")
        look(page)
        firm.organisation_id = page.url.rsplit("/", 1)[1]
        follow(page, said("Who acts for it"))
        look(page)
        page.go_back()
        send_list(page, folder, said, look)
        issue(page, firm, look)
        end_one(page, said, look)
        follow(page, "ООО Ромашка")
        follow(page, said("Close the account"))
        look(page)
    assert sorted(str(one.revoked_reason) for one in firm.passes()) == ["None", "left"]
    texts = [*firm.texts(number(1)), *firm.texts(number(3))]
    assert {template for template, _ in texts} == {"work_granted", "work_ended"}


def ask_for_account(page: Page, said: Words, look: Callable[[Page], None]) -> None:
    follow(page, said("For employers"))
    look(page)
    press(page, said("Open an account"))
    look(page)
    for name, value in (("name", "ООО Ромашка"), ("tax_number", "123"), ("contact", "Анна, 111-00-00")):
        page.locator(f"[name={name}]").fill(value)
    press(page, said("Ask for the account"))
    look(page)
    page.locator("[name=tax_number]").fill(TAX_NUMBER)
    press(page, said("Ask for the account"))
    look(page)


def send_list(page: Page, folder: Path, said: Words, look: Callable[[Page], None]) -> None:
    press(page, said("Upload a list of workers"))
    look(page)
    press(page, said("Upload and look through"))
    look(page)
    file = folder / "workers.csv"
    lines = ["ФИО;Телефон;Документ;Номер машины", line(1, plate="Т111МО777"), line(2, phone="12"), line(3)]
    file.write_text("\n".join(lines), "cp1251")
    page.locator("input[type=file]").set_input_files(file)
    press(page, said("Upload and look through"))


def issue(page: Page, firm: Office, look: Callable[[Page], None]) -> None:
    upload_id = page.url.rsplit("/", 1)[1]
    firm.keeper.keep(upload_id)
    page.reload()
    look(page)
    page.locator("#list-state form button").click()
    page.wait_for_load_state()
    firm.go_on(upload_id)
    page.reload()
    look(page)


def end_one(page: Page, said: Words, look: Callable[[Page], None]) -> None:
    follow(page, said("Workers"))
    look(page)
    page.get_by_role("checkbox").first.check()
    press(page, said("They left: end their passes"))
    look(page)
    press(page, said("End them"))
    look(page)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_an_employers_way_in_every_language_on_the_narrowest_screen(
    browser: Browser, moscow: Site, clock: Clock, tmp_path: Path, assert_accessible: Accessible, language: str
) -> None:
    def look(page: Page) -> None:
        assert page.locator("html").get_attribute("lang") == language
        assert not overflows(page)
        assert_accessible(page)

    walk(browser, moscow, clock, tmp_path, language, look, locale=language, viewport=NARROW)


def test_everything_works_without_scripts(browser: Browser, moscow: Site, clock: Clock, tmp_path: Path) -> None:
    walk(browser, moscow, clock, tmp_path, "en", lambda _page: None, java_script_enabled=False)


def test_progress_goes_on_by_itself(browser: Browser, moscow: Site, clock: Clock) -> None:
    firm = Office(moscow.store, clock).confirmed()
    upload_id = firm.read("\n".join(line(place) for place in range(1, 26)))
    with open_page(browser) as page:
        sign_in(page, moscow, citizen_cookie(moscow.app, moscow.store, BOSS))
        page.goto(f"{moscow.url}/employer/{firm.organisation_id}/lists/{upload_id}")
        press(page, "Issue 25 passes")

        firm.keeper.keep(upload_id)
        expect(page.get_by_text("20 of 25")).to_be_visible(timeout=10_000)
        firm.go_on(upload_id)

        expect(page.get_by_text("25 of 25")).to_be_visible(timeout=10_000)
        expect(page.get_by_role("button", name="Stop: issue no more of it")).to_have_count(0)


def test_workers_are_ended_by_keyboard_alone(browser: Browser, moscow: Site, clock: Clock) -> None:
    firm = Office(moscow.store, clock).confirmed()
    firm.issue(line(1))
    with open_page(browser) as page:
        sign_in(page, moscow, citizen_cookie(moscow.app, moscow.store, BOSS))
        page.goto(f"{moscow.url}/employer/{firm.organisation_id}/workers")
        for _ in range(40):
            if page.evaluate("document.activeElement.name") == "worker":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_role("button", name="End them").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        expect(page.get_by_text("1 worker was ended")).to_be_visible()
