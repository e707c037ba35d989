"""The database is held by somebody else at a step of a call: an apology in time, nothing half done, and on it goes."""

from collections.abc import Callable
from time import monotonic

import pytest
from sqlalchemy import select

from store import Store
from store.calls import Call
from store.columns import table
from tests.proofs.posting import Poster
from tests.proofs.races import passes, register, unsound
from tests.proofs.ringing import Ringing, call_of, spoken
from tests.proofs.test_database_away import LIMIT_S, held
from tests.proofs.test_hostile_texts import on_sqlite

PHONE = "+79990000001"
SORRY = "Ошибка у нас"
STEPS: dict[str, Callable[[Ringing], str]] = {
    "greeting": lambda call: call.step(0),
    "purpose": lambda call: call.step(1, "8"),
    "proof": lambda call: call.step(2, "2506"),
    "status": lambda call: call.step(3, speech="статус"),
    "back from an agent": lambda call: call.hears("/left", "step=4&language=ru", QueueResult="bridged"),
    "nine": lambda call: call.hears("/key", "step=5&language=ru", Digits="9"),
}
"""One call from its begin on; every one was tried, two are enough for every day."""


@pytest.mark.parametrize("at", ["proof", "nine"])
def test_an_apology_is_spoken_in_time_and_the_same_step_works_later(
    poster: Poster, store: Store, database_url: str, at: str
) -> None:
    register(poster, PHONE)
    call = call_of(poster, PHONE)
    for name in list(STEPS)[: list(STEPS).index(at)]:
        assert SORRY not in STEPS[name](call)
    before = passes(store)

    with held(database_url):
        began = monotonic()
        sorry = STEPS[at](call)
        taken = monotonic() - began
    assert SORRY in sorry and taken < LIMIT_S and passes(store) == before

    assert SORRY not in STEPS[at](call)
    assert passes(store) == (list(STEPS).index(at) >= 2) and unsound(store) == []


@on_sqlite
def test_who_is_joined_hears_that_they_are_recorded_whatever_can_be_noted(poster: Poster, database_url: str) -> None:
    call = call_of(poster, PHONE)
    call.step(0)

    with held(database_url):
        reply = call.post("/announce", "language=ru", DequeingCallSid="CA" + "7" * 32)

    assert "записывается" in spoken(reply) and b"Hangup" not in reply.body


@on_sqlite
def test_news_of_an_end_that_could_not_be_kept_is_refused_and_kept_when_it_comes_again(
    poster: Poster, store: Store, database_url: str
) -> None:
    call = call_of(poster, PHONE)
    call.step(0)

    with held(database_url):
        refused = call.ends()
    kept = call.ends()

    with store.reading() as work:
        states = [row.state for row in work.rows(select(table(Call).c.state))]
    assert kept == 204 and states == ["ended"] and refused in (204, 503)
