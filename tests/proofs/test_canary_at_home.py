"""After a case at home no place, name, number or word of it stands anywhere but sealed."""

import struct
from base64 import b64encode
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import text
from structlog.testing import capture_logs

from codes.regimes import activate, preset
from monitoring.answers.reading import AnswerReader
from settings import Settings
from store import Keyring, Store
from store.blobs import FolderBlobs
from telephony.simulator.carrier import SMS_PATH
from telephony.simulator.wires import WsgiWire
from tests.clock import Clock
from tests.monitoring.photos.patient import FakePhotos
from tests.proofs import canaries
from tests.proofs.canaries import Bell, found_in
from tests.proofs.home_journey import Journey
from tests.proofs.home_planted import ADDRESS, HOME, PLANTED, REASON
from tests.proofs.posting import Poster
from tests.proofs.spots import geohash, spellings, spots_in
from tests.servers import Valkey
from tests.web.clinic.ward import Ward
from tests.web.duty.office import Officer
from tests.web.people import enrolled, signed_in
from wsgi import create_app

FILLED = ("fence", "presence_check", "departure", "alert", "patient_word", "appeal", "lent_phone", "case_file", "photo")
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
def photos() -> FakePhotos:
    return FakePhotos()


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock, photos: FakePhotos, valkey: Valkey) -> Flask:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
    return create_app(settings.model_copy(update={"redis_url": valkey.url}), store, photos)


@pytest.fixture
def journey(app: Flask, settings: Settings, store: Store, clock: Clock, photos: FakePhotos) -> Journey:
    vera, dora = enrolled(store, "Vera", "clinician"), enrolled(store, "Dora", "duty_officer")
    ward = Ward(store, clock, vera, signed_in(app, store, vera)).works_at("Клиника 1")
    officer = Officer(lambda: signed_in(app, store, dora), dora)
    poster = Poster(
        [WsgiWire(app)], settings.public_url + SMS_PATH, settings.twilio_auth_tokens[0], settings.twilio_number
    )
    answers = AnswerReader(store, FolderBlobs(Path(settings.blobs_dir)), photos)
    return Journey(app, store, clock, ward, officer, poster, answers)


def test_a_case_at_home_leaves_no_place_and_nothing_personal_in_clear(
    journey: Journey,
    bell: Bell,
    valkey: Valkey,
    tmp_path: Path,
    temporary: Path,
    database_url: str,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with capture_logs() as logs:
        journey.goes()

    places = canaries.database(database_url, tmp_path) | canaries.files(tmp_path)
    queue = canaries.queue(valkey.url, valkey.folder)
    places |= queue | {"the logs": repr(logs).encode(), "jobs": repr(bell.rings).encode()}
    places |= {"output": "".join(capfd.readouterr()).encode()} | canaries.cluster(request, database_url)

    with journey.store.reading() as work:
        counts = {name: len(work.rows(text(f"SELECT 1 FROM {name}"))) for name in FILLED}
    assert all(counts.values()), counts
    assert (journey.case().details.address, journey.case().details.reason) == (ADDRESS, REASON)  # it is there, sealed
    assert any("fix" in name for name in queue) and b"page_failed" in places["the logs"]
    assert len(journey.spots) == 8 and spots_in(places, journey.spots) == []
    assert found_in(places, [*PLANTED, *journey.secrets]) == []


def test_a_place_is_found_however_it_is_written() -> None:
    lat, lon = HOME
    haystacks: dict[str, bytes] = {
        "JSON": f'{{"lat": {lat}}}'.encode(),
        "four decimals": f"near {lat:.4f}".encode(),
        "a comma": str(lon).replace(".", ",").encode(),
        "WKB": struct.pack("<BIdd", 1, 1, lon, lat),
        "a table of SQLite": struct.pack(">d", lat),
        "floats": struct.pack("<2f", lat, lon),
        "hex": struct.pack("<d", lon).hex().encode(),
        "geohash": f"cell {geohash(HOME)}".encode(),
        "UTF-16": str(lat).encode("utf-16-le"),
        "base64": b64encode(b"ab" + str(lat).encode() + b"cd"),
    }

    assert {line.rpartition(" in ")[2] for line in spots_in(haystacks, [HOME])} == set(haystacks)
    assert geohash((57.64911, 10.40744)) == "u4pruydq"
    assert min(map(len, spellings(HOME).values())) >= 7
