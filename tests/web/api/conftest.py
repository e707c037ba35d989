"""Machines with keys, and what they post."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from codes.police.clients import Scope, add_client
from codes.regimes import preset
from store import Store
from tests.clock import Clock
from tests.codes.counter import Counter

Machine = Callable[..., FlaskClient]
Inspect = Callable[..., TestResponse]


class KeyClient(FlaskClient):
    """A machine: it sends its key with everything."""

    key = ""

    def open(self, *given: Any, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.key}", **dict(more.pop("headers", {}))}
        return super().open(*given, headers=headers, **more)


@pytest.fixture
def order() -> str:
    return preset("tatarstan-2020")


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    return Counter(store, clock).introduce_two()


@pytest.fixture
def machine(app: Flask, store: Store) -> Machine:
    """``machine("inspect", name="Gate", guesses=5)``: a client with a key of these scopes."""

    def hired(*scopes: str, name: str = "Turnstile", zone: str | None = None, **given: int) -> FlaskClient:
        with store.work() as work:
            wanted = frozenset(Scope(scope) for scope in scopes)
            rate, guesses = given.get("rate", 6000), given.get("guesses", 3)
            key = add_client(work, name, wanted, "tests", zone, rate, guesses)
        client = KeyClient(app, app.response_class, use_cookies=False)
        client.key = key
        return client

    return hired


@pytest.fixture
def turnstile(machine: Machine) -> FlaskClient:
    return machine("inspect", "revocations")


def inspected(client: FlaskClient, *asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of inspecting these."""
    answer = client.post("/api/v1/inspections", json={"inspections": asked})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    results: list[dict[str, Any]] = answer.get_json()["results"]
    return results
