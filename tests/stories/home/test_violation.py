"""A violation, and that it was wrong: two facts, a second person, time to answer; appeal, closing, destruction."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from settings import Settings
from store.checks import PresenceCheck
from store.duty import Alert
from telephony.simulator.carrier import Handset
from tests.stories.home import desks
from tests.stories.home.desks import ANN, NAME
from tests.stories.home.town import Town, link_in
from tests.stories.reading import has_code

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SILENT = "A check without an answer"
VIOLATION = "A violation, for the other authority"


def test_a_violation_needs_two_facts_time_and_a_second_person_and_an_appeal_undoes_all_of_it(
    town: Town, phone: Page, settings: Settings
) -> None:
    ann, case_id = town.handset(ANN), desks.opens_a_case(town)
    is_let_in(town, ann, phone)

    is_silent(town, ann, times=1)
    may_not_be_decided(
        town, "Dora", "It does not rest on two independent facts", "The patient has time to answer still."
    )
    is_silent(town, ann, times=2)
    assert "Checks are paused. A person answers you by" in ann.text("I am in hospital")
    town.goes_on_until(lambda: time_to_answer_is_over(town))
    may_not_be_decided(town, "Clara", "You opened the case. Somebody else decides.")
    files_url, filed = is_decided_and_filed(town)

    assert filed["person"]["name"] == NAME and len(filed["facts"]) == 2
    assert ann.inbox[-1].startswith("Recorded as a violation. You did not answer twice. To appeal by")

    assert "Appeal" in ann.text("APPEAL I was in hospital both days, I have the letter")
    desks.upholds_the_appeal(
        town, "The hospital confirms it.", "I was in hospital both days", "a violation", "Nobody answered", "no word"
    )

    told = "\n".join(ann.inbox[-2:])
    assert "you were right. The hospital confirms it." in told and "is withdrawn: it does not count." in told
    with town.at_desk("Dora", files_url) as page:
        expect(page.locator("main")).to_contain_text("Withdrawn by us: an appeal was upheld")
        expect(page.get_by_role("button", name="Make a case file")).to_have_count(0)

    assert photos(settings)
    ends(town, case_id, ann, phone)
    assert not photos(settings)
    is_destroyed(town, case_id)


def is_let_in(town: Town, ann: Handset, phone: Page) -> None:
    """By the link in the first text; and there are no passes for who stays at home."""
    phone.goto(link_in(ann.inbox[-1]))
    phone.get_by_role("button", name="Open").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("How it works")
    phone.goto(f"{town.site.url}/at-home")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("You stay at home until 16.06 24:00")
    assert not has_code(ann.text("цель 8"))


def is_silent(town: Town, ann: Handset, times: int) -> None:
    """Until so many checks were missed, and Ann knows that somebody will look into it."""
    town.goes_on_until(lambda: sum(one.state == "missed" for one in town.rows(PresenceCheck)) == times)
    town.passes(minutes=5)
    assert "Tell us why by" in ann.inbox[-1]


def time_to_answer_is_over(town: Town) -> bool:
    return all(one.answer_by < town.clock.now for one in town.rows(Alert) if one.kind == "missed")


def may_not_be_decided(town: Town, officer: str, *reasons: str) -> None:
    """The page says so, before anybody tries."""
    town.comes_to_day()
    with town.at_desk(officer, "/duty") as page:
        desks.takes_the_alert(page, SILENT)
        for reason in reasons:
            expect(page.locator("main")).to_contain_text(reason)
        expect(page.get_by_label(VIOLATION)).to_have_count(0)
        page.get_by_role("button", name="Give it back undecided").click()
        expect(page.get_by_role("status")).to_contain_text("Given back")


def is_decided_and_filed(town: Town) -> tuple[str, Mapping[str, Any]]:
    """Where the case file is, and what it says."""
    with town.at_desk("Dora", "/duty") as page:
        desks.takes_the_alert(page, SILENT)
        desks.decides(page, VIOLATION, "Two checks, two days, no word", "You did not answer twice.")
        page.get_by_role("link", name="Case file for the other authority").click()
        page.get_by_role("button", name="Make a case file").click()
        with page.expect_download() as taken:
            page.get_by_role("link", name="JSON").click()
        filed = json.loads(taken.value.path().read_text("utf-8"))
        town.passes(minutes=5)
        page.reload()
        with page.expect_download() as drawn:
            page.get_by_role("link", name="PDF").click()
        assert drawn.value.path().read_bytes().startswith(b"%PDF")
        return page.url.removeprefix(town.site.url).partition("?")[0], filed


def ends(town: Town, case_id: str, ann: Handset, phone: Page) -> None:
    """The case is closed: Ann is told, her page shows nothing more, and she may go out."""
    desks.closes_the_case(town, case_id, "Recovered")

    assert ann.inbox[-1] == "You need not stay at home any more. Passes are possible again."
    assert has_code(ann.text("цель 8"))
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your time at home is over")


def photos(settings: Settings) -> list[Path]:
    """What lies where photos lie."""
    return [file for file in settings.blobs_dir.rglob("*") if file.is_file()]


def is_destroyed(town: Town, case_id: str) -> None:
    """Ten days to appeal, thirty more, and the worker destroys it."""
    before = json.loads(town.command("cases", "show", case_id, "--json"))
    town.clock.pass_by(days=41)
    town.passes(minutes=10)
    after = json.loads(town.command("cases", "show", case_id, "--json"))

    assert before["anything_personal"] and before["rows"]["checks"] >= 2
    assert not after["anything_personal"] and after["sealed_values"] == 0 and not any(after["keys"].values())
    with town.at_desk("Clara", f"/clinic/cases/{case_id}") as page:
        expect(page.locator("body")).not_to_contain_text(NAME)
