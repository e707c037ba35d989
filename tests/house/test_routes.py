"""Every route is guarded; the public ones are listed by hand."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from settings import Settings
from store import Store
from wsgi import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PUBLIC = {"/healthz", "/static/<path:filename>"}
"""Open to everybody, in production too."""

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


def test_every_route_is_public_by_hand_or_behind_a_guard(app: Flask) -> None:
    unguarded = {path for path in _paths(app) if not path.startswith("/telephony/")}

    assert unguarded <= PUBLIC | DEVELOPMENT_ONLY


def test_production_has_no_development_routes(settings: Settings, store: Store) -> None:
    app = create_app(settings.model_copy(update={"environment": "production"}), store)

    assert not _paths(app) & DEVELOPMENT_ONLY


def test_every_route_of_the_carrier_refuses_what_is_not_signed(app: Flask) -> None:
    client = app.test_client()

    for rule in _twilio_rules(app):
        path = re.sub("<[^>]+>", "1", str(rule))
        for method in rule.methods or ():
            for headers in ({}, {"X-Twilio-Signature": "forged"}, {"X-Twilio-Signature": "п\udcff"}):
                answer = client.open(path, method=method, data={"MessageSid": "SM1", "Body": "Цель 8"}, headers=headers)
                assert answer.status_code == 403, (method, path, headers)


def test_there_are_routes_for_the_carrier(app: Flask) -> None:
    assert "/telephony/sms" in {str(rule) for rule in _twilio_rules(app)}
