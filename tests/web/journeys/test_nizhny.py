"""Nizhny Novgorod's order from end to end: three hours for a shop, longer once, for oneself and whom one cares for."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.journeys.conftest import World, chooses, code_on, goes_on, says

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_family_shops_with_one_telephone(world: World) -> None:
    world.puts_in_force("nizhny-2020")
    telephone = world.carrier.handset("+79101234567")
    with world.citizen(telephone) as page, world.officer() as officer:
        chooses(page, "Shop")
        says(page, Name="Иванова Анна Петровна")
        says(page, Document="2209 123456")
        goes_on(page, "Ask for the pass")
        expect(page.get_by_text(re.compile("until 15:00"))).to_be_visible()
        own = code_on(page)
        officer.checks(own, "Valid")

        goes_on(page, "Make it longer")
        expect(page.get_by_role("status")).to_contain_text("The pass is longer now.")
        expect(page.get_by_text(re.compile("until 18:00"))).to_be_visible()
        expect(page.get_by_role("button", name="Make it longer")).to_have_count(0)
        goes_on(page, "Text me the code")
        world.delivers()
        assert own in telephone.inbox[-1]

        codes = [own, another(page, world), child(page, world)]
        page.goto(f"{world.site.url}/passes")
        for code in codes:
            expect(page.get_by_text(code)).to_be_visible()
            officer.checks(code, "Valid")


def another(page: Page, world: World) -> str:
    """The code of a pass for somebody else on this telephone."""
    page.goto(f"{world.site.url}/apply")
    chooses(page, "Somebody else")
    chooses(page, "Doctor")
    says(page, Name="Иванов Пётр Ильич")
    says(page, Document="2209 123457")
    goes_on(page, "Ask for the pass")
    return code_on(page)


def child(page: Page, world: World) -> str:
    """The code of a pass for a child, who has no document."""
    page.goto(f"{world.site.url}/apply")
    chooses(page, "A child, or somebody in my care")
    chooses(page, "Pharmacy")
    says(page, Name="Иванова Мария")
    goes_on(page, "Ask for the pass")
    return code_on(page)
