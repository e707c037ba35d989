"""A quiet week at home, played fast: asked by day, answered each time, left in peace by night."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import update
from sqlmodel import col

import at_home
from monitoring.checks.settling import check_row, settle
from store.checks import PresenceCheck
from tests.stories.home.actor import Actor
from tests.stories.home.town import KAZAN, ROUND, Town

A_WEEK = timedelta(days=7)
_PULSES = 7
"""Of the worker, between two rounds of all that it does: some twenty minutes."""


def stays_for_a_week(town: Town, ann: Actor) -> None:
    """Ends soon after a check, so that the next is hours away. She looks at her page in the first night, and then."""
    goes_on_until(town, lambda _: town.clock.now.astimezone(KAZAN).hour == 23)
    ann.is_away(3)  # a position that stays the same to the last digit for hours is asked about
    sees(ann, checks=len(asked_at(town)))

    over = town.clock.now + A_WEEK
    goes_on_until(town, lambda answered: answered and town.clock.now >= over)
    hours = asked_at(town)
    assert len(hours) >= 7 and all(8 <= hour < 22 for hour in hours), hours
    ann.is_away(-4)
    sees(ann, checks=len(hours))
    town.shows(ann.page, "patient-week", whole=True)
    town.passes(minutes=20)


def sees(ann: Actor, checks: int) -> None:
    """Her page: when nothing is asked, what she answered, and that nothing is wanted or held against her."""
    ann.page.goto(f"{ann.town.site.url}/at-home")
    main = ann.page.locator("main")
    expect(main).to_contain_text(re.compile(r"Next quiet hours: .*22:00 to .*08:00\. Nothing is asked then\."))
    expect(main.get_by_role("listitem").filter(has_text="Accepted")).to_have_count(checks)
    expect(main.locator(".home-card--now")).to_have_count(0)
    expect(main.get_by_role("heading", name="What was decided")).to_have_count(0)


def asked_at(town: Town) -> list[int]:
    """At which hours of the day she was asked."""
    return [one.asked_at.astimezone(KAZAN).hour for one in town.rows(PresenceCheck) if one.asked_at]


def goes_on_until(town: Town, true: Callable[[bool], bool]) -> None:
    """Time goes by until something is so, told whether a check was just answered."""
    answered = False
    while not true(answered):
        for _ in range(_PULSES):
            town.clock.now += ROUND
            at_home.notice_outages()
        if not town.is_night():
            town.works()
        answered = answers(town)


def answers(town: Town) -> bool:
    """What waits is accepted, if anything does: taking and reading photos was played before, and takes minutes."""
    waits = [one.id for one in town.rows(PresenceCheck) if one.state == "asked"]
    for one in waits:
        with town.site.store.work() as work:
            mine = update(PresenceCheck).where(col(PresenceCheck.id) == one)
            work.run(mine, answered_at=work.now, position_kind="inside")
            check = check_row(work, one)
            assert check is not None and settle(work, check, "passed", "passed")
    return bool(waits)
