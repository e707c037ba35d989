"""Figures about people at home: the same numbers on the page and in files, and none of fewer than ten people."""

import csv
import io
import re

import pytest

from drawing import count_districts, draw_wanted
from store import Store
from tests.clock import Clock
from tests.monitoring.figures.town import Town
from tests.web.duty.office import Officer
from tests.web.people import AsRole


@pytest.fixture
def town(dora: Officer, store: Store, clock: Clock) -> Town:
    return Town(store, clock)


def sheet(officer: Officer, url: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(officer.client.get(url).data.decode("utf-8-sig"))))


@pytest.mark.parametrize("page", ["/duty/figures", "/duty/map", "/duty/map.csv", "/duty/figures/checks.csv"])
def test_figures_open_to_who_looks_after_it_and_to_nobody_else(as_role: AsRole, page: str) -> None:
    roles = ("duty_officer", "reviewer", "auditor", "administrator", "clinician", "agent", "citizen")

    seen = {role: as_role(role).get(page).status_code for role in roles}

    assert [role for role, status in seen.items() if status == 200] == list(roles[:4])


def test_page_and_file_tell_the_same_and_hide_what_is_of_few(town: Town, dora: Officer) -> None:
    cases = town.patients(12)
    town.all_checked(cases, "passed", "", times=2)
    town.all_checked(cases[:4], "missed", "no_answer", times=3)

    rows = dict(sheet(dora, "/duty/figures/checks.csv"))
    said = dora.sees("/duty/figures")

    assert (rows["passed"], rows["missed"], rows["asked_at_least"]) == ("24", "<10 or hidden", "24")
    assert re.search(r"Accepted 24 .*Missed hidden", said)


def test_another_month_has_its_own_numbers(town: Town, dora: Officer) -> None:
    town.all_checked(town.patients(11), "passed", "")
    now = f"{town.clock.now:%Y-%m}"
    before = f"{town.clock.now.year}-{town.clock.now.month - 1:02}"

    told = [dict(sheet(dora, f"/duty/figures/checks.csv?month={month}"))["passed"] for month in (now, before, "x")]

    assert told == ["11", "<10 or hidden", "11"]


def test_the_map_is_drawn_and_told_in_bands(town: Town, dora: Officer, store: Store) -> None:
    town.districts("Север", "Юг")
    cases = town.patients(30)
    town.all_live(cases[:12], 49.5)
    town.all_live(cases[12:], 50.5)
    before = dora.sees("/duty/map")
    count_districts(store)

    dora.sees("/duty/map")
    draw_wanted(store)
    page = dora.client.get("/duty/map").text

    assert "Nothing is counted yet" in before
    assert sheet(dora, "/duty/map.csv") == [["district", "people"], ["Север", "10–14"], ["Юг", "15–19"]]
    (picture,) = set(re.findall(r'img src="(/duty/figures/plots/[^"]+)"', page))
    assert "Север" in dora.client.get(picture).text
