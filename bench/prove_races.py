"""Races in the long run: one message a thousand times, many texts under a limit, a million grabs at places."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from codes.quotas import Limit, take_slots
from codes.regimes import activate, preset
from settings import Settings
from store import Store
from store.keyring import create_keys, read_keyring
from store.passes import QuotaSlot
from store.work import system_clock
from telephony.simulator.carrier import SMS_PATH
from telephony.simulator.wires import WsgiWire
from tests.proofs.posting import Poster
from tests.proofs.races import codes_in, many_texts, passes, register, same_message, share_document, told, unsound
from tests.store.tampering import seal, unnoticed, write
from wsgi import create_app

CROWD = 50
"""Texts in flight at one counter: below the number at which anybody may be told to come back."""
THREADS = 4
HANDS, PEOPLE, CAP = 16, 20, 2
AUDITED = 50
_MIDNIGHT = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """How often something was tried, what came out wrong, and how many were asked to text again."""

    tried: int
    wrong: list[str]
    sorry: int = 0
    found: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else is worth keeping."""


@contextmanager
def counters(url: str, folder: Path, number: int) -> Iterator[tuple[Poster, Store]]:
    """So many applications on one database, each with connections of its own."""
    create_keys(folder / "keys", system_clock(), development=True)
    keys = read_keyring(folder / "keys", production=False)
    settings = _settings(url, folder)
    stores = [Store.open(url, keys, pool_size=THREADS) for _ in range(number)]
    with stores[0].work() as work:
        activate(work, preset("tatarstan-2020"), work.now, "proofs")
    wires = [WsgiWire(create_app(settings, store)) for store in stores]
    yield (
        Poster(wires, settings.public_url + SMS_PATH, settings.twilio_auth_tokens[0], settings.twilio_number),
        stores[0],
    )
    for store in stores:
        store.close()


def _settings(url: str, folder: Path) -> Settings:
    given = {
        "_env_file": None,
        "environment": "development",
        "var": folder,
        "public_url": "https://pass.example",
        "twilio_account_sid": f"AC{'a' * 32}",
        "twilio_auth_token": "token-of-the-proofs",
        "twilio_api_base": "http://127.0.0.1:9",
        "twilio_number": "2590",
        "database_url": url,
        "redis_url": "redis://127.0.0.1:9",
        "log_level": "ERROR",
    }
    return Settings(**given)  # type: ignore[arg-type]


def one_message(url: str, folder: Path, times: int) -> Outcome:
    """One message delivered so often at once: one pass, equal bytes; who waited too long is asked to text again."""
    with counters(url, folder, -(-times // CROWD)) as (poster, store):
        register(poster, "+79990000001")
        answers = same_message(poster, "+79990000001", times)
        alike = told(answers)
        sorry = times - sum(answers[one] for one in alike)
        wrong = [f"{len(alike)} different answers"] if len(alike) != 1 else []
        wrong += [f"{passes(store)} passes"] if passes(store) != 1 else []
        return Outcome(times, wrong + unsound(store), sorry)


def limit_of_two(url: str, folder: Path, times: int) -> Outcome:
    """A hundred texts at once from one person, and from two telephones with one document: two passes each time."""
    wrong = []
    with counters(url, folder, 4) as (poster, store):
        for number in range(-(-times // 100)):
            phones = [f"+7999{number:05}{digit}0" for digit in (1, 2)]
            codes = codes_in(_hundred(poster, phones, 10**9 + number))
            issued = passes(store) - 2 * number
            wrong += [f"round {number}: {codes} told, {issued} issued"] if (codes, issued) != (2, 2) else []
        return Outcome(-(-times // 100) * 100, wrong + unsound(store))


def _hundred(poster: Poster, phones: list[str], document: int) -> list[str]:
    if document % 2:
        register(poster, phones[0], str(document))
        return many_texts(poster, phones[:1], 100)
    share_document(poster, phones[0], phones[1], str(document))
    return many_texts(poster, phones, 50)


def grabs(url: str, folder: Path, attempts: int, tell: Callable[[int], None]) -> Outcome:
    """So many tries to take a place, by many hands at few people's limits, with no lock but the key of the table."""
    create_keys(folder / "keys", system_clock(), development=True)
    store = Store.open(url, read_keyring(folder / "keys", production=False), pool_size=HANDS)
    done, batch, wrong = 0, HANDS * 50, list[str]()
    with ThreadPoolExecutor(HANDS) as hands:
        while done < attempts:
            day = f"day-{done}"
            limit = Limit("all/day", day, CAP, _MIDNIGHT)
            taken = sum(hands.map(partial(_grab, store, limit), range(batch)))
            done += batch
            tell(done)
            wrong += _over(store, day)
            wrong += [f"{day}: {taken} told of {PEOPLE * CAP}"] if taken != PEOPLE * CAP else []
    store.close()
    return Outcome(done, wrong)


def tampering(url: str, folder: Path, times: int, tell: Callable[[int], None]) -> Outcome:
    """So many random changes to the audit by somebody who may do anything: each is found."""
    create_keys(folder / "keys", system_clock(), development=True)
    store = Store.open(url, read_keyring(folder / "keys", production=False))
    write(store, AUDITED)
    seal(store)
    missed = unnoticed(store, AUDITED, times, tell)
    store.close()
    return Outcome(times, missed)


def _grab(store: Store, limit: Limit, index: int) -> bool:
    with store.work() as work:
        holder = f"holder {Random(index).randrange(PEOPLE):09}".encode()
        return take_slots(work, holder, work.new_id(), [limit]) is None


def _over(store: Store, day: str) -> list[str]:
    held = select(col(QuotaSlot.holder)).where(col(QuotaSlot.period) == day).group_by(col(QuotaSlot.holder))
    with store.reading() as work:
        return [f"{day}: {row.holder!r} holds too many" for row in work.rows(held.having(func.count() > CAP))]
