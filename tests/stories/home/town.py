"""A town in which somebody stays at home: the real pages in browsers, the carrier, the worker's loops, time as told."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page
from sqlalchemy import Row, select
from sqlmodel import SQLModel

import at_home
import worker
from store.columns import table
from telephony.simulator.carrier import Carrier, Handset
from tests.clock import Clock
from tests.web.browsing import Site, open_page
from tests.web.people import Person, enrolled

ROUND = timedelta(minutes=2, seconds=55)
"""Between two rounds of the worker: it is away after three minutes, and says so."""
LINK = re.compile(r"http://localhost:\d+/i/\S+")
KAZAN = ZoneInfo("Europe/Moscow")
HANDSET = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@dataclass
class Town:
    """Everybody sees one application at one time."""

    site: Site
    carrier: Carrier
    clock: Clock
    browser: Browser
    people: dict[str, Person] = field(default_factory=dict)

    def works(self) -> None:
        """All that the worker does without being rung for, once; what it owes goes out, and the carrier says so."""
        for _, step in at_home.EVERY:
            step()
        worker.sweep()
        self.carrier.settle()

    def passes(self, *, until: datetime | None = None, **time: float) -> None:
        """Time goes by, and the worker goes on."""
        until = until or self.clock.now + timedelta(**time)
        while self.clock.now < until:
            self.clock.now = min(until, self.clock.now + ROUND)
            if self.is_night():
                at_home.notice_outages()  # it is there, and nothing is due
            else:
                self.works()

    def goes_on_until(self, true: Callable[[], bool], hours: float = 72) -> None:
        """Time goes by until something is so; fails where it never is."""
        late = self.clock.now + timedelta(hours=hours)
        while not true():
            assert self.clock.now < late, "it did not come about"
            self.passes(minutes=10)

    def comes_to_day(self) -> None:
        """Time goes by until nobody's night is disturbed."""
        self.goes_on_until(lambda: 9 <= self.clock.now.astimezone(KAZAN).hour < 20)

    def is_night(self) -> bool:
        """Well within quiet hours."""
        return not 7 <= self.clock.now.astimezone(KAZAN).hour < 23

    def command(self, *words: str) -> str:
        """What an operator is told at the command line."""
        ran = self.site.app.test_cli_runner().invoke(args=words)
        assert ran.exit_code == 0, ran.output
        return ran.output

    def rows(self, model: type[SQLModel]) -> list[Row[Any]]:
        """What the store has, the oldest first."""
        with self.site.store.reading() as work:
            return list(work.rows(select(table(model)).order_by(*table(model).primary_key)))

    def handset(self, number: str) -> Handset:
        """Somebody's telephone."""
        return self.carrier.handset(number)

    def works_here(self, name: str, *roles: str) -> None:
        """Somebody has an account from now on."""
        self.people[name] = enrolled(self.site.store, name, *roles)

    @contextmanager
    def at_desk(self, name: str, path: str) -> Iterator[Page]:
        """Somebody who works here signs in anew, and looks at a page."""
        with open_page(self.browser, viewport={"width": 1100, "height": 900}) as page:
            self.site.sign_in(page, self.people[name])
            page.goto(self.site.url + path)
            yield page

    def shows(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Keeps a picture of what is in view, or of all of the page, if asked to."""
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder, f"{name}.png"), full_page=whole)


def link_in(text: str) -> str:
    """The address in a text; fails where there is none."""
    found = LINK.search(text)
    assert found, text
    return found.group()
