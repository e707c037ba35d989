"""Clients for whoever walks through the town, and every form that its pages show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from types import MappingProxyType
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.employers.office import BOSS
from tests.web.hostile import filled, parts
from tests.web.others import WISH
from tests.web.people import citizen_signed_in, signed_in
from tests.web.police.conftest import enrolled_officer, start
from tests.web.walk.plan import PAGES
from tests.web.walk.town import CITIZEN, Town
from web.access import ACCESS, PATIENT, for_citizens
from web.roles import Role

Fields = tuple[tuple[str, str], ...]
_ENTRY = re.compile(r'href="/admin/audit/([^"/?.]+)"')


@dataclass(frozen=True)
class Form:
    """A form as a page shows it: what a browser would send of it untouched, and every value of its choices."""

    who: str
    page: str
    action: str
    fields: Fields

    @property
    def names(self) -> tuple[str, ...]:
        """What it asks, once each."""
        return tuple(dict.fromkeys(name for name, _ in self.fields))


def client_for(town: Town, who: str) -> FlaskClient:
    """Somebody's browser; an officer's shift begins once, and the browser is the same then."""
    site = town.site
    if who in ("citizen", "boss"):
        return citizen_signed_in(site.app, site.store, CITIZEN if who == "citizen" else BOSS)
    if who == "officer":
        return _on_shift(town)
    if who == "patient":
        client = site.app.test_client()
        client.set_cookie("__Host-passline-home", town.ids["at_home"])
        return client
    return site.app.test_client() if who == "nobody" else signed_in(site.app, site.store, town.people[who])


def _on_shift(town: Town) -> FlaskClient:
    client = town.site.app.test_client()
    if "duty" not in town.ids:
        assert start(client, enrolled_officer(town.site.store)).status_code == 302
        cookie = client.get_cookie("__Host-passline")
        assert cookie is not None
        town.ids["duty"] = cookie.value
    client.set_cookie("__Host-passline", town.ids["duty"])
    return client


def walked(town: Town) -> Iterator[tuple[str, str, str, str]]:
    """Every page of the town: who sees it, endpoint, address, HTML."""
    for who, pages in PAGES.items():
        client = client_for(town, who)
        if who == "auditor":
            found = _ENTRY.search(client.get("/admin/audit").text)
            assert found
            town.ids["entry"] = found[1]
        for endpoint, path in pages.items():
            address = path.format(**town.ids)
            answer = client.get(address)
            assert answer.status_code == 200, (endpoint, answer.status_code)
            yield who, endpoint, address, answer.text


_IDS = MappingProxyType(
    {
        "pages.citizen": {"pass_id": "pass", "number": "application"},
        "pages.desk": {"sid": "call", "pass_id": "spoken", "person_id": "person"},
        "pages.employers": {"organisation_id": "firm", "upload_id": "upload"},
        "pages.organisations": {"organisation_id": "waits"},
        "pages.review": {"number": "application"},
        "pages.supervision": {"officer_id": "officer", "sid": "picked"},
        "pages.admin": {"officer_id": "officer", "proposal_id": "proposal"},
    }
)
"""What stands in an address, by its name there and its name in the town."""


def unseen_form(town: Town, endpoint: str, rule: Rule) -> Form:
    """A form that the town's pages don't show just now, with all that any form may ask."""
    blueprint, opens = endpoint.rpartition(".")[0], ACCESS[endpoint]
    known = {name: town.ids[one] for name, one in _IDS.get(blueprint, {}).items()}
    action = filled(rule, {name: known.get(name, "1") for name in parts(rule)})
    if blueprint == "pages.employers":
        who = "boss"
    elif for_citizens(endpoint):
        who = "citizen"
    elif opens is PATIENT:
        who = "patient"
    else:
        who = next(role for role in town.people if not isinstance(opens, frozenset) or Role(role) in opens)
    return Form(who, action, action, tuple(WISH.items()))


class _Forms(HTMLParser):
    """Forms that are posted, with their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []
        self._page = page
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.found.append((urljoin(self._page, given.get("action", "")), []))
        elif self._inside and tag in ("input", "textarea", "select", "button") and given.get("name"):
            self.found[-1][1].append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def forms_of(who: str, page: str, html: str) -> list[Form]:
    """The forms of a page."""
    reader = _Forms(page)
    reader.feed(html)
    return [Form(who, page, action, tuple(fields)) for action, fields in reader.found]
