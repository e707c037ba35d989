"""What the worker's jobs work with, put together once a process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Final

import structlog

from codes.signed.signing import Signing
from employers.keeping import UploadKeeper
from mailing.post import Post, post_of
from monitoring.answers.reading import AnswerReader
from monitoring.photos.reader import SubprocessPhotos
from papers.keeping import PaperKeeper
from papers.reader import SubprocessReader
from settings import Settings
from store import Keyring, Store
from store.blobs import FolderBlobs
from store.keyring import read_keyring
from store.last_fixes import LastFixes, RedisLastFixes
from telephony.gateway import Account, Gateway, TwilioGateway
from telephony.recordings.keeping import Keeper
from telephony.recordings.recorder import TwilioRecorder

_CONNECTIONS = 8
"""So many of what goes on all the time may be at the database at once, and as many again in a rush."""
_log = structlog.get_logger("worker")
_GIVEN: Final[list["Tools"]] = []


@dataclass(frozen=True)
class Tools:
    """What jobs work with."""

    store: Store
    gateway: Gateway
    keeper: Keeper
    papers: PaperKeeper
    answers: AnswerReader
    uploads: UploadKeeper
    post: Post | None
    """None: no e-mail is sent from here."""
    signing: Signing
    public_url: str
    """Where links in texts lead."""
    last_fixes: LastFixes


@cache
def tools() -> Tools:
    """Made once a process, after forking: connections must not be shared."""
    if _GIVEN:
        return _GIVEN[-1]
    settings = Settings.load()
    return tools_on(settings, Store.open(settings.database_url, keys_of(settings), pool_size=_CONNECTIONS))


@contextmanager
def working_with(given: Tools) -> Iterator[None]:
    """Jobs of this process work with these, whatever its environment says."""
    _GIVEN.append(given)
    tools.cache_clear()
    yield
    _GIVEN.pop()
    tools.cache_clear()


def tools_on(settings: Settings, store: Store) -> Tools:
    """What these settings name, on a store."""
    recorder = TwilioRecorder(_account(settings), settings.twilio_api_base)
    blobs = FolderBlobs(settings.blobs_dir)
    papers = PaperKeeper(store, blobs, SubprocessReader())
    answers = AnswerReader(store, blobs, SubprocessPhotos(settings.faces_dir))
    production = settings.environment == "production"
    signing = Signing.from_folder(settings.keys_dir, settings.public_url, store.clock, production=production)
    last_fixes = RedisLastFixes(settings.redis_url)
    keeper, uploads = Keeper(store, recorder, blobs), UploadKeeper(store)
    way = way_out(settings), keeper, papers, answers, uploads, _post(settings), signing
    return Tools(store, *way, settings.public_url, last_fixes)


def _post(settings: Settings) -> Post | None:
    return post_of(settings.smtp_url.get_secret_value(), settings.mail_from) if settings.smtp_url else None


def carefully(part: str, step: Callable[[], object]) -> None:
    """Logs a failure by its kind alone: its words, which RQ would keep in Redis, may hold what nobody should read."""
    try:
        step()
    except Exception as error:
        _log.error("part_failed", part=part, error=type(error).__name__)


def way_out(settings: Settings) -> Gateway:
    """The carrier that these settings name."""
    return TwilioGateway(_account(settings), settings.twilio_api_base, settings.public_url)


def _account(settings: Settings) -> Account:
    token, sid = settings.twilio_auth_tokens[0], settings.twilio_account_sid
    numbers = settings.twilio_number, settings.twilio_messaging_service_sid, settings.twilio_voice_number
    return Account(sid, token, *numbers)


def keys_of(settings: Settings) -> Keyring:
    """The keys of the case store; raises KeyMissing."""
    return read_keyring(settings.keys_dir, production=settings.environment == "production")
