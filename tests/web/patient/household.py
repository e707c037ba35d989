"""A patient with a browser: links as they are texted, and a client that opens them."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from monitoring.cases.watched import watched_case
from monitoring.patients.links import new_link
from store.cases import Fence
from tests.monitoring.checks.ward import ANN, Ward
from tests.monitoring.fence.shapes import HOUSE
from tests.web.reading import csrf

ANDROID = "Mozilla/5.0 (Linux; Android 6.0.1; SM-G900F) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36"


@dataclass
class AtHome:
    """One patient and one browser."""

    app: Flask
    ward: Ward
    case_id: str
    browser: FlaskClient

    def link(self, scope: str = "page", check_id: str | None = None, **lasts: float) -> str:
        """A new link; its token."""
        with self.ward.store.work() as work:
            case = watched_case(work, self.case_id)
            assert case is not None
            until = work.now + timedelta(**(lasts or {"hours": 1}))
            return new_link(work, case, scope, until, check_id)

    def opens(self, token: str, browser: FlaskClient | None = None) -> TestResponse:
        """Opens a link and presses its button."""
        client = browser or self.browser
        page = client.get(f"/i/{token}")
        if '<form method="post">' not in page.text:
            return page
        return client.post(
            f"/i/{token}", data={"csrf_token": csrf(client, f"/i/{token}")}, headers={"User-Agent": ANDROID}
        )

    def has_a_home(self) -> "AtHome":
        """From now on it is known where home is."""
        case, key = self.ward.case(self.case_id), self.ward.case(self.case_id).key
        assert key is not None
        with self.ward.store.work() as work:
            fence_id = work.new_id()
            sealed = key.seal_bytes(f"fence.shape.{fence_id}", HOUSE.wkb)
            given = {"id": fence_id, "case_id": case.id, "role": "home", "shape_sealed": sealed, "weak": False}
            work.insert(Fence, **given, starts_at=work.now, set_by="tests", set_at=work.now)
        return self

    def arrives(self) -> "AtHome":
        """Opens a new link to the page."""
        assert self.opens(self.link()).status_code == 303
        return self

    def sends(self, path: str, shown: str = "/at-home", **fields: str) -> TestResponse:
        """Sends a form that the page `shown` has."""
        page = self.browser.get(shown).text
        once = page.partition('name="once" value="')[2].partition('"')[0]
        return self.browser.post(path, data={"csrf_token": csrf(self.browser, shown), "once": once, **fields})


def a_household(app: Flask, ward: Ward, number: str = ANN, **more: object) -> AtHome:
    """Somebody whose case was just opened, and who has not opened their page."""
    return AtHome(app, ward, ward.admit(number, **more), app.test_client())  # type: ignore[arg-type]
