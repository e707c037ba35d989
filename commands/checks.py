"""The parts of an installation, looked at one by one: what was found, and what to do where it is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from requests import RequestException, Session
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from codes.desk.recording_ends import count_lost, undestroyed, unrecorded
from codes.regimes import NoRegime, in_force
from monitoring.invariants import broken
from monitoring.weights import WrongWeights, check_weights
from settings import Settings
from store import Store, Work
from store.backlog import lost, overdue, unsealed
from store.doorbell import listeners
from store.epochs import epochs
from store.migrations import newest, present
from telephony.reaching import Reached, reach

_PATIENCE_S = 5
_A_DAY = timedelta(days=1)
_INSTALL = "run `python -m commands.install`"
_WORKER = "start `python worker.py` (systemctl start passline-worker)"
_CARRIER = {
    Reached.AWAY: "look at TWILIO_API_BASE and at the network; texts out wait until it answers",
    Reached.WRONG_ACCOUNT: "TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN is not the carrier's: copy both from its console",
    Reached.STRANGE: "it answers with an error: look at the carrier's status page, or at what TWILIO_API_BASE names",
}


class State(StrEnum):
    """Of one part."""

    FINE = "ok"
    ODD = "warn"
    WRONG = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One part: what was found, and what to do where that is not as it should be."""

    name: str
    state: State
    found: str
    do: str = ""


def examine(store: Store, settings: Settings) -> list[Check]:
    """Every part, the ones that others rest on first."""
    return [
        _configuration(settings),
        *_database(store, settings),
        *_queue(settings),
        _faces(settings),
        _carrier(settings),
        _public_url(settings),
    ]


def _configuration(settings: Settings) -> Check:
    """Wrong settings stop every process before it comes here; what is left is what only people can tell."""
    found = f"{settings.environment}, {settings.public_url}, number {settings.twilio_number}"
    if settings.environment == "development":
        return Check("configuration", State.FINE, f"{found}; not for real use")
    return Check("configuration", State.FINE, found)


def _database(store: Store, settings: Settings) -> Iterator[Check]:
    kind = store.engine.dialect.name
    try:
        with store.reading() as work:
            work.row(select(1))
            version = ".".join(map(str, work.connection.dialect.server_version_info or ()))
        at, wanted = present(store.engine), newest()
    except DBAPIError as error:
        why = str(error.orig).partition("\n")[0]
        yield Check("database", State.WRONG, f"{kind}: {why}", "start it, or put DATABASE_URL right")
        return
    yield Check("database", State.FINE, f"{kind} {version}")
    if at != wanted:
        yield Check("migrations", State.WRONG, f"at {at or 'nothing'}, this program wants {wanted}", _INSTALL)
        return
    yield Check("migrations", State.FINE, f"at {at}, the newest")
    with store.reading() as work:
        yield from (
            _keys(work),
            _order(work, settings),
            _audit(work),
            _records(work),
            *_texts(work),
            *_recordings(work),
        )


def _records(work: Work) -> Check:
    """Passes, the places they took and what people were told, held against each other."""
    faults = broken(work)
    if faults:
        return Check(
            "records", State.WRONG, f"{faults[0]} (of {len(faults)})", "keep a copy, and ask who made the change"
        )
    return Check("records", State.FINE, "passes, limits and answers agree")


def _keys(work: Work) -> Check:
    found = epochs(work)
    gone = [one for one in found if not one.present]
    if gone:
        months, people = ", ".join(one.name for one in gone), sum(one.persons for one in gone)
        lost = f"no key for {months}: {people} people, {sum(one.others for one in gone)} cases, photos and the like"
        return Check("keys", State.WRONG, lost, "bring the epoch key files back")
    names = ", ".join(work.keys.epochs)
    if work.keys.newest < f"{work.now:%Y-%m}":
        advice = "run `keys create`, then restart web and worker"
        return Check("keys", State.ODD, f"{names}: none of this month", advice)
    return Check("keys", State.FINE, names)


def _order(work: Work, settings: Settings) -> Check:
    try:
        regime = in_force(work).regime
    except NoRegime:
        return Check("order", State.WRONG, "none is in force", "run `regime list`, then `regime activate NAME`")
    if regime.number != settings.twilio_number:
        found = f"{regime.name} tells people to text {regime.number}, but the service has {settings.twilio_number}"
        return Check("order", State.ODD, found, "put the right number into the order, or into TWILIO_NUMBER")
    return Check("order", State.FINE, f"{regime.name}, number {regime.number}")


def _audit(work: Work) -> Check:
    waiting = unsealed(work)
    if waiting:
        return Check("audit", State.WRONG, f"{waiting} entries are not chained", _WORKER)
    return Check("audit", State.FINE, "every entry is chained")


def _texts(work: Work) -> Iterator[Check]:
    late, never = overdue(work), lost(work, _A_DAY)
    if late:
        yield Check("texts out", State.WRONG, f"{late} should have been sent long ago", _WORKER)
    if never:
        yield Check("texts lost", State.ODD, f"{never} in a day", "see `messages list --failed`; tell people otherwise")
    if not late and not never:
        yield Check("texts out", State.FINE, "none overdue, none lost in a day")


def _recordings(work: Work) -> Iterator[Check]:
    late, unheard, lost_today = len(list(undestroyed(work))), len(list(unrecorded(work))), count_lost(work, _A_DAY)
    if late:
        yield Check("recordings", State.WRONG, f"{late} can be heard after their time", _WORKER)
    if unheard:
        found = f"{unheard} passes by agents without one"
        yield Check("agents' calls", State.ODD, found, "see `calls recordings --lost`; ask the agents")
    if lost_today:
        yield Check("calls lost", State.ODD, f"{lost_today} recordings in a day", "see `calls recordings --lost`")
    if not late and not unheard and not lost_today:
        yield Check("recordings", State.FINE, "none past its time, none lost in a day")


def _queue(settings: Settings) -> Iterator[Check]:
    workers = listeners(settings.redis_url)
    if workers is None:
        yield Check("redis", State.WRONG, "does not answer", "start it, or put REDIS_URL right; texts in need it not")
        yield Check("worker", State.ODD, "can't be told without Redis")
        return
    yield Check("redis", State.FINE, "answers")
    if workers:
        yield Check("worker", State.FINE, f"{workers} at work")
    else:
        yield Check("worker", State.WRONG, "none waits for jobs", _WORKER)


def _faces(settings: Settings) -> Check:
    """What reads photos of people at home."""
    try:
        check_weights(settings.faces_dir)
    except WrongWeights as error:
        return Check("faces", State.WRONG, str(error).partition(":")[0], "run `python -m monitoring.weights`")
    return Check("faces", State.FINE, "the networks are the right ones")


def _carrier(settings: Settings) -> Check:
    reached = reach(settings.twilio_api_base, settings.twilio_account_sid, settings.twilio_auth_tokens[0])
    if reached is Reached.OK:
        return Check("carrier", State.FINE, f"{settings.twilio_api_base} knows our account")
    return Check("carrier", State.WRONG, f"{settings.twilio_api_base}: {reached.replace('_', ' ')}", _CARRIER[reached])


def _public_url(settings: Settings) -> Check:
    """From here only: an address that works from outside need not work from the inside."""
    url = f"{settings.public_url}/healthz"
    with Session() as session:
        session.trust_env = False
        try:
            status = session.get(url, timeout=_PATIENCE_S).status_code
        except RequestException:
            advice = "start the web process, or look at the proxy; seen from outside it may be well"
            return Check("web", State.ODD, f"{url} can't be reached from here", advice)
    if status == 200:
        return Check("web", State.FINE, f"{url} is ready")
    return Check("web", State.WRONG, f"{url} answers {status}", "open it: it names each part's state")
