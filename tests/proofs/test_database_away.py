"""The database is away, or held by somebody else: an apology within four seconds, and nothing half done."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from time import monotonic

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import make_url

from settings import Settings
from store import Keyring, Store
from store.migrations import upgrade
from tests.clock import Clock
from tests.proofs.conftest import poster_to, put_in_force
from tests.proofs.posting import Poster, at_once
from tests.proofs.races import passes, register, unsound
from tests.proofs.test_hostile_texts import said
from tests.servers import PostgreSQL
from tests.stories.reading import has_code
from wsgi import create_app

PHONE = "+79990000001"
LIMIT_S = 4.0
"""The carrier's sender waits no longer."""


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody else has begun to write and does not end."""
    if url.startswith("sqlite"):
        with closing(sqlite.connect(str(make_url(url).database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE pass, phone, inbound_message IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def test_while_somebody_else_holds_the_database_an_apology_comes_in_time_and_the_same_text_works_later(
    poster: Poster, store: Store, database_url: str
) -> None:
    register(poster, PHONE)
    form = poster.form(PHONE, "цель 8", poster.sid())

    with held(database_url):
        begun = monotonic()
        sorry = said(poster.post(form))
        taken = monotonic() - begun
    left = passes(store)
    answer = said(poster.post(form))

    assert taken < LIMIT_S and sorry.startswith("Ошибка у нас") and left == 0
    assert has_code(answer) and passes(store) == 1 and unsound(store) == []


@contextmanager
def own_cluster(settings: Settings, keyring: Keyring, clock: Clock) -> Iterator[tuple[PostgreSQL, Store, Poster]]:
    """A PostgreSQL that the test may stop, and a counter on it."""
    with PostgreSQL(durable=True) as cluster, closing(Store.open(cluster.url(), keyring, clock=clock)) as store:
        upgrade(store.engine)
        put_in_force(store, "tatarstan-2020")
        yield cluster, store, poster_to([store], settings)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_receipt_that_meets_a_held_database_is_an_outage_and_no_fault_of_ours(
    poster: Poster, database_url: str
) -> None:
    receipts = replace(poster, url=poster.url.replace("/sms", "/status"))
    receipt = {"MessageSid": f"SM{'2' * 32}", "MessageStatus": "delivered"}

    with held(database_url):
        answered = receipts.post(receipt).status
    again = receipts.post(receipt).status

    assert (answered, again) == (503, 204)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # settings want one
def test_a_stopped_postgresql_is_answered_for_and_used_again_once_it_is_back(
    settings: Settings, keyring: Keyring, clock: Clock
) -> None:
    with own_cluster(settings, keyring, clock) as (cluster, store, poster):
        register(poster, PHONE)

        cluster.kill()
        begun = monotonic()
        sorry = [said(poster.text(PHONE, "цель 8")) for _ in range(3)]
        taken = monotonic() - begun
        cluster.start()
        answer = said(poster.text(PHONE, "цель 8"))
        wrong = unsound(store)

    assert taken < 3 * LIMIT_S and all(one.startswith("Ошибка у нас") for one in sorry)
    assert has_code(answer) and wrong == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # settings want one
def test_after_a_restart_of_postgresql_the_first_text_is_answered_as_if_nothing_had_happened(
    settings: Settings, keyring: Keyring, clock: Clock
) -> None:
    with own_cluster(settings, keyring, clock) as (cluster, _, poster):
        phones = [f"+7999000000{digit}" for digit in range(4)]
        at_once(len(phones), lambda place: register(poster, phones[place], f"921963250{place}"))

        cluster.kill()
        cluster.start()
        answers = [said(poster.text(phone, "цель 8")) for phone in phones]

    assert all(map(has_code, answers))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whatever_else_is_asked_of_a_connection_texts_find_it_as_they_left_it(
    poster: Poster, store: Store, settings: Settings
) -> None:
    register(poster, PHONE)
    browser = create_app(settings, store).test_client()

    states = {dict(browser.get("/healthz").get_json())["database"] for _ in range(40)}
    answers = [said(poster.text(PHONE, "статус")) for _ in range(10)]

    assert states == {"ready"} and not any(answer.startswith("Ошибка") for answer in answers)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_forgot_what_was_prepared_costs_nobody_an_answer(poster: Poster, store: Store) -> None:
    register(poster, PHONE)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DEALLOCATE ALL")

    answer = said(poster.text(PHONE, "цель 8"))

    assert has_code(answer)
