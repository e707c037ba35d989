"""Every route is guarded: the carrier's by its signature, pages by the table of roles; the rest is listed by hand."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from settings import Settings
from store import Store
from web.access import ACCESS, PUBLIC
from wsgi import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FOR_MACHINES = {"/healthz", "/q/keys.json"}
"""Open to everybody, in production too, and no page."""

PUBLIC_PAGES = {
    "/",
    "/s/<token>",
    "/enter",
    "/enter/code",
    "/sign-in",
    "/sign-in/passkey",
    "/sign-in/passkey/options",
    "/sign-out",
    "/language",
    "/figures",
    "/figures.csv",
    "/figures.json",
    "/figures/passes-<size>.svg",
    "/enrol/<token>",
    "/static/<version>/<name>",
    "/api/v1/docs",
    "/q",
    "/q/check",
    "/i",
    "/i/<token>",
    "/i/<token>/again",
    "/at-home/offline",
    "/at-home/worker.js",
    "/at-home/manifest.webmanifest",
    "/police/sign-in",
    "/police/sign-in/passkey",
    "/police/sign-in/passkey/options",
    "/police/enrol/<token>",
    "/police/worker.js",
    "/police/manifest.webmanifest",
}
"""Pages, and what they are made of, for whoever is not signed in."""

PUBLIC_API = {"/api/v1/openapi.json", "/api/", "/api/<path:rest>"}
"""What the API is like, and that there is nothing at an address."""

WITH_A_CODE = {("/api/v1/devices", "POST")}
"""Where an app that has no token yet comes with a code."""

DEVELOPMENT_ONLY = {"/telephony/examples.json", "/telephony/gloss"}
"""What the carrier simulator shows; production does not have them."""


@pytest.fixture
def app(settings: Settings, store: Store) -> Flask:
    return create_app(settings, store)


def _paths(app: Flask) -> set[str]:
    return {str(rule) for rule in app.url_map.iter_rules()}


def _twilio_rules(app: Flask) -> list[Rule]:
    inside = (rule for rule in app.url_map.iter_rules() if str(rule).startswith("/telephony/"))
    return [rule for rule in inside if str(rule) not in DEVELOPMENT_ONLY]


def test_every_route_is_the_carriers_or_a_machines_or_in_the_table_of_roles(app: Flask) -> None:
    others = [rule for rule in app.url_map.iter_rules() if not str(rule).startswith("/telephony/")]
    others = [rule for rule in others if not rule.endpoint.startswith("api.")]
    pages = {rule.endpoint for rule in others if str(rule) not in FOR_MACHINES}

    assert pages == set(ACCESS)


def test_what_the_table_opens_to_everybody_is_listed_by_hand_too(app: Flask) -> None:
    opened = {str(rule) for rule in app.url_map.iter_rules() if ACCESS.get(rule.endpoint) is PUBLIC}

    assert opened == PUBLIC_PAGES


def test_a_page_that_is_not_in_the_table_opens_to_nobody(app: Flask) -> None:
    app.add_url_rule("/forgotten", "pages.forgotten", lambda: "shown")

    assert app.test_client().get("/forgotten").status_code == 403


def test_production_has_no_development_routes(settings: Settings, store: Store, real_keys_dir: Path) -> None:
    real = {"environment": "production", "keys_dir": real_keys_dir}
    app = create_app(settings.model_copy(update=real), store)

    assert not _paths(app) & DEVELOPMENT_ONLY


def test_every_route_of_the_carrier_refuses_what_is_not_signed(app: Flask) -> None:
    client = app.test_client()

    for rule in _twilio_rules(app):
        path = re.sub("<[^>]+>", "1", str(rule))
        for method in rule.methods or ():
            for headers in ({}, {"X-Twilio-Signature": "forged"}, {"X-Twilio-Signature": "п\udcff"}):
                answer = client.open(path, method=method, data={"MessageSid": "SM1", "Body": "Цель 8"}, headers=headers)
                assert answer.status_code == 403, (method, path, headers)


def test_every_route_of_the_api_wants_a_key_or_is_listed(app: Flask) -> None:
    client = app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")]

    for rule in rules:
        for method in (rule.methods or set()) - {"OPTIONS"} if str(rule) not in PUBLIC_API else ():
            if (str(rule), method) in WITH_A_CODE:
                continue
            answer = client.open(str(rule), method=method, headers={"Authorization": "Bearer plk_forged"})
            assert answer.status_code in (401, 429), (method, str(rule))
    assert {str(rule) for rule in rules} >= PUBLIC_API and len(rules) > len(PUBLIC_API)


def test_there_are_routes_for_the_carrier(app: Flask) -> None:
    assert "/telephony/sms" in {str(rule) for rule in _twilio_rules(app)}
