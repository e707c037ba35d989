"""Moscow's order from end to end: a pass to work for a car, shown, checked, changed, mailed, given back."""

import re

import pytest
from playwright.sync_api import Page, expect

from codes.meeting import meet
from tests.mailing.test_delivery import Inbox
from tests.web.journeys.conftest import World, chooses, code_on, goes_on, says
from web.qr import qr_svg

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def applies(page: Page) -> None:
    """For a pass to work; a wrong tax number is told."""
    chooses(page, "Work")
    says(page, Document="4411 123456")
    says(page, Workplace="ООО Ромашка")
    says(page, Employer="7707083894")
    expect(page.get_by_role("alert")).to_contain_text("7707083894")
    says(page, Employer="7707083893", Plate="т111мо777", Transport_card="1111111111")
    goes_on(page, "Ask for the pass")


def scanned(page: Page, world: World, number: str) -> str:
    """What a camera reads in the QR code on the page: the drawing is the same as that of the address here."""
    with world.site.store.work() as work:
        (holder,) = meet(work, number).holders
        address = world.signing.address(world.signing.sign(work, holder.live[-1], holder))
    drawn = re.findall(r' d="([^"]+)"', str(qr_svg(address, "")))
    assert page.locator(".app-pass__qr svg path").first.get_attribute("d") in drawn
    return address


def test_a_worker_goes_by_car(world: World, inbox: tuple[Inbox, int]) -> None:
    world.puts_in_force("moscow-2020")
    telephone = world.carrier.handset("+79161234567")
    with world.citizen(telephone) as page, world.officer() as officer:
        applies(page)
        code, token = code_on(page), scanned(page, world, telephone.number)
        for what, kind in ((code, "Code"), (token, "Code"), ("Т111МО777", "Plate"), ("1111111111", "Transport card")):
            officer.checks(what, "Valid", kind)

        page.get_by_role("link", name="Change car or card").click()
        page.get_by_label("Plate").fill("е222ке777")
        goes_on(page, "Change")
        officer.checks("Е222КЕ777", "Valid", "Plate")
        officer.checks("Т111МО777", "Unknown", "Plate")

        page.get_by_role("link", name="Send by e-mail").click()
        page.get_by_label("E-mail address").fill("anna@mail.example")
        goes_on(page, "Send")
        world.delivers()
        (letter,) = inbox[0].letters
        assert code in str(letter.get_body(("plain",)))

        page.get_by_role("link", name="Give it back").click()
        goes_on(page, "Give it back")
        officer.checks(code, "Withdrawn", "Code")
        officer.checks("Е222КЕ777", "Withdrawn", "Plate")
