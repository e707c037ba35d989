"""Words that try to be something else, wherever people write: shown as they are to everybody who sees them.

Everything of the town is called so, whether a door would let such words in or not.
"""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from flask import Flask

from codes.sharing import mailed_pass
from mailing.composing import compose
from settings import Settings
from store import Store
from tests.clock import Clock
from tests.web.browsing import Site
from tests.web.people import Staff
from tests.web.walk.plan import FILES
from tests.web.walk.town import Town
from tests.web.walk.visitors import client_for, walked
from web.access import ACCESS
from web.sheets import cell

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TAG: Final = "<planted onload=alert(1)>"
PLANTED: Final = f"\"'></script>{TAG}{{{{6007*7}}}}{{purpose}}%(purpose)s%s\u202e{'ж' * 90}"
RUN: Final = "42049"
"""What the template of a page would make of it, did it run."""
LED: Final = "=1+1 "
SEEN: Final = frozenset(
    {
        *("pages.citizen.apply", "pages.citizen.passes", "pages.citizen.one_pass", "pages.citizen.appeals"),
        *("pages.citizen.mine", "pages.shared.shared", "pages.employers.employer", "pages.employers.list"),
        *("pages.employers.account", "pages.desk.call", "pages.desk.ask_register", "pages.desk.dictation"),
        *("pages.review.applications", "pages.review.application", "pages.review.appeal"),
        *("pages.organisations.queue", "pages.organisations.one", "pages.admin.staff", "pages.admin.staff_one"),
        *("pages.admin.officers", "pages.admin.officer", "pages.admin.regime_compare", "pages.admin.regime_list"),
        *("pages.admin.regime_version", "pages.admin.figures", "pages.supervision.team", "pages.enrolment.enrol"),
    }
)
"""Where the words are read, at least."""
SHEETS: Final = {
    "administrator": ("/admin/staff.csv", "/admin/officers.csv"),
    "auditor": ("/admin/audit.csv", "/admin/looks.csv"),
    "operator": ("/admin/texts.csv", "/admin/costs.csv"),
    "boss": ("/employer/{firm}/lists/{upload}/mistakes.csv",),
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With e-mail."""
    return settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"})


@pytest.fixture
def town(app: Flask, settings: Settings, store: Store, clock: Clock, staff: Staff) -> Town:
    """Everything in it has hostile words in its name."""
    site = Site("https://pass.example", app, store)
    return Town(site, Path(settings.blobs_dir), clock, staff, said=lambda text: f"{LED}{text}{PLANTED}").fill()


class _Page(HTMLParser):
    """What a browser makes of a page: its elements, their attributes, its text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.handlers: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on") or not name.isascii() or "'" in name}

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Page:
    """A page as a browser reads it."""
    page = _Page()
    page.feed(html)
    return page


def ran(html: str) -> list[str]:
    """What of the words became something else than words."""
    page = read(html)
    signs = {"an element": "planted" in page.elements, "a handler": bool(page.handlers), "a template": RUN in html}
    return [sign for sign, true in signs.items() if true]


def test_what_people_write_stays_words_wherever_it_is_shown(town: Town) -> None:
    troubles, seen = [], set[str]()
    for _, endpoint, _, html in walked(town):
        troubles += [f"{endpoint}: {sign}" for sign in ran(html)]
        seen |= {endpoint} if TAG in read(html).text else set()
    troubles += [f"{name}: {sign}" for name, sign in _other_answers(town)]

    assert troubles == []
    assert seen >= SEEN, SEEN - seen


def _other_answers(town: Town) -> list[tuple[str, str]]:
    """The files that hold such words, and the message that takes a pass away."""
    found = []
    for who, paths in SHEETS.items():
        for path in paths:
            answer = client_for(town, who).get(path.format(**town.ids))
            assert answer.status_code == 200, path
            lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
            assert len(lines) > 1, path
            cells = [text for line in lines for one in line for text in (one, *one.split(";"))]
            found += [(path, one) for one in cells if one.strip('"') != cell(one.strip('"'))]
    citizen = client_for(town, "citizen")
    assert citizen.get(f"/passes/{town.ids['pass']}/picture").data.startswith(b"\x89PNG")
    assert TAG in json.dumps(json.loads(citizen.get("/mine.json").data), ensure_ascii=False)
    return found + [("mail", sign) for sign in _mailed(town)]


def _mailed(town: Town) -> list[str]:
    with town.site.store.reading() as work:
        one = mailed_pass(work, town.ids["pass"])
        message = compose(one, "a@b.example", "https://pass.example/q#x", "ru", work.now)
    page = message.get_body(("html",))
    assert page is not None and TAG in read(page.get_content()).text
    assert {"Subject", "To", "From", "Date"} >= set(message.keys()) & {"Bcc", "Subject", "To"}
    return ran(page.get_content())


def test_every_sheet_is_tried(app: Flask) -> None:
    """A page that is a CSV file has to stand above, but for those of numbers, headings or our own layers' names."""
    numbers = {
        "pages.admin.figures_sheet",
        "pages.public.figures_csv",
        "pages.employers.template",
        "pages.clinic.bulk_sheet",
        "pages.duty.figures_sheet",
        "pages.duty.map_sheet",
    }
    sheets = {one for one in FILES if one.endswith(("_sheet", "_csv", "mistakes", "template"))}
    paths = [path for known in SHEETS.values() for path in known]

    assert len(sheets - numbers) == len(paths)
    assert sheets <= set(ACCESS)
