"""After a journey through all pages nothing personal stands in clear: mails, links, papers, machines, police, firms."""

from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import text
from structlog.testing import capture_logs

from codes.regimes import activate, preset
from codes.signed.signing import Signing
from settings import Settings
from store import Keyring, Store
from tests.clock import Clock
from tests.proofs import canaries
from tests.proofs.canaries import Bell, found_in
from tests.proofs.page_journey import PLANTED, live_on_pages
from tests.web.police.conftest import PIN
from wsgi import create_app

USED = ("mail", "share_link", "paper", "inspection", "upload")
"""Tables that the journey must have filled."""


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def store(database_url: str, keyring: Keyring, clock: Clock, bell: Bell):  # type: ignore[no-untyped-def]
    opened = Store.open(database_url, keyring, clock=clock, random=Random(2590), doorbell=bell)
    yield opened
    opened.close()


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    with store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return create_app(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"}), store)


def test_a_day_on_the_pages_leaves_nothing_personal_in_clear(
    app: Flask,
    settings: Settings,
    store: Store,
    clock: Clock,
    signing: Signing,
    bell: Bell,
    tmp_path: Path,
    temporary: Path,
    database_url: str,
    request: pytest.FixtureRequest,
) -> None:
    with capture_logs() as logs:
        secrets = live_on_pages(app, settings, store, clock, signing)

    places = canaries.database(database_url, tmp_path) | canaries.files(tmp_path)
    places |= {"the logs": repr(logs).encode(), "jobs": repr(bell.rings).encode()}
    places |= canaries.cluster(request, database_url)

    assert b"page_failed" in places["the logs"] and bell.rings
    with store.reading() as work:
        counts = {name: len(work.rows(text(f"SELECT 1 FROM {name}"))) for name in USED}
    assert all(counts.values()), counts
    assert found_in(places, [*PLANTED, *secrets, PIN + PIN]) == []
