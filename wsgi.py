"""The web process: `create_app()` puts everything together."""

import time
from typing import Any

import structlog
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
from codes.regime import read_regime
from codes.regimes import preset
from codes.signed.revocations import Revocations
from codes.signed.signing import Signing
from codes.signing_in import TextLimits
from language.understanding import lexicon_of
from logs import frames, log_to_stderr
from monitoring.checks.noticing import WEB_EVERY, beat_web
from monitoring.photos.reader import OneAtATime, PhotoReader, SubprocessPhotos
from settings import Settings, exit_with, load_or_exit
from store import Store
from store.blobs import FolderBlobs
from store.doorbell import RedisDoorbell
from store.keyring import KeyMissing, read_keyring
from store.last_fixes import RedisLastFixes
from telephony.admission import Admission
from telephony.answering import Answering
from telephony.guard import Guard
from telephony.receipts import receipts_blueprint
from telephony.recordings.routes import recordings_blueprint
from telephony.routes import telephony_blueprint
from telephony.showcase import showcase_blueprint
from telephony.sms import Texts, sms_blueprint
from telephony.voice.calls import Calls
from telephony.voice.routes import voice_blueprint
from telephony.voice.voices import Voices
from web.api.routes import Machinery, api_blueprint
from web.assets import AssetsMissing
from web.given import Given, Tiles
from web.health import health_blueprint
from web.pages import add_pages
from web.rates import Rates
from web.tariff import Tariff

_log = structlog.get_logger("wsgi")


def open_store(settings: Settings) -> Store:
    """The store these settings name; raises KeyMissing."""
    keys = read_keyring(settings.keys_dir, production=settings.environment == "production")
    doorbell = RedisDoorbell(settings.redis_url)
    return Store.open(settings.database_url, keys, doorbell=doorbell, pool_size=settings.web_threads)


def open_signing(settings: Settings, store: Store) -> Signing:
    """What signs and reads QR codes, with the keys these settings name; raises KeyMissing."""
    production = settings.environment == "production"
    return Signing.from_folder(settings.keys_dir, settings.public_url, store.clock, production=production)


class Application(Flask):
    """Flask's own, whose last word on a fault tells no more than ours: an exception's text may hold personal data."""

    def log_exception(self, exc_info: Any) -> None:
        """Notes what even the page about troubles could not answer, by its kind and place alone."""
        _log.error("request_failed", error=type(exc_info[1]).__name__, cause=frames(exc_info[1]))


def create_app(
    settings: Settings | None = None, store: Store | None = None, photos: PhotoReader | None = None
) -> Flask:
    """The application, from the process's own settings, store and reader of photos unless others are given."""
    settings = settings or load_or_exit()
    store = store or _open_or_exit(settings)
    log_to_stderr(settings.log_level)
    app = Application(__name__, static_folder=None)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.extensions["passline.settings"] = settings
    app.extensions["passline.store"] = store
    development = settings.environment == "development"
    answering = Answering(store, time.perf_counter, settings.public_url, glossing=development)
    standby = read_regime(preset(settings.regime))
    lexicon_of(standby)  # half a second that the first text would wait for
    # SQLite has one writer: more places would only wait for its lock, and for each other.
    places = 1 if settings.database_url.startswith("sqlite") else settings.web_threads
    admission = Admission(places, time.perf_counter)
    texts = Texts(answering, admission, time.perf_counter, standby, settings.twilio_number)
    guard = Guard(settings.public_url, settings.twilio_auth_tokens)
    voices = Voices(settings.voices, settings.prompts_dir)
    calls = Calls(store, admission, time.perf_counter, standby, voices, settings.public_url)
    told = [receipts_blueprint(store), recordings_blueprint(store)]
    inner = [sms_blueprint(texts), voice_blueprint(calls, voices), *told]
    app.register_blueprint(telephony_blueprint(guard, inner))
    app.register_blueprint(health_blueprint(store, settings.twilio_api_base if development else None))
    try:
        given = _given(settings, store, photos or OneAtATime(SubprocessPhotos(settings.faces_dir)))
        add_pages(app, given)
    except (AssetsMissing, KeyMissing) as error:
        exit_with(str(error))
    app.register_blueprint(api_blueprint(_machinery(given)))
    if development:
        app.register_blueprint(showcase_blueprint(store))
    commands.register(app)
    return app


def say_alive(app: Flask) -> None:
    """Says that this process answers, as long as it does; never returns."""
    while True:
        try:
            with app.extensions["passline.store"].work() as work:
                beat_web(work)
        except Exception as error:
            # Without a database nobody gets an answer either; once it is there again, so is this.
            _log.error("pulse_failed", error=type(error).__name__)
        time.sleep(WEB_EVERY.total_seconds())


def _given(settings: Settings, store: Store, photos: PhotoReader) -> Given:
    """What the pages work with; raises KeyMissing."""
    signing, blobs = open_signing(settings, store), FolderBlobs(settings.blobs_dir)
    revocations = Revocations(store, signing, time.perf_counter)
    rates = Rates(settings.redis_url, time.perf_counter)
    limits = TextLimits(settings.sign_in_regions.split(","), settings.sign_in_codes_a_day)
    tariff, mails = Tariff(settings.segment_price, settings.segment_currency), settings.smtp_url is not None
    last_fixes = RedisLastFixes(settings.redis_url)
    shown = signing, revocations, limits, tariff, rates, mails, last_fixes
    tiles = Tiles(settings.map_tiles_url, settings.map_attribution)
    return Given(store, settings.public_url, blobs, *shown, photos, tiles)


def _machinery(given: Given) -> Machinery:
    """What the API works with: some of the same."""
    told = given.store, given.public_url, given.signing, given.revocations
    return Machinery(*told, given.rates, given.last_fixes)


def _open_or_exit(settings: Settings) -> Store:
    try:
        return open_store(settings)
    except KeyMissing as error:
        exit_with(str(error))
