"""Whatever is sent to the API, as its document says and otherwise: no 5xx, and answers are as the document says."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema

from tests.codes.counter import ANN, BOB, Counter
from tests.web.api.conftest import Machine
from web.api.openapi import openapi

EXAMPLES = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SCOPES = ("inspect", "taxi", "revocations")


@pytest.fixture
def api(app: Flask, counter: Counter) -> BaseSchema:
    """The API's own document but for the keys, which are given as they are; some passes are there, one revoked."""
    counter.grant(ANN, 8)
    counter.grant(BOB, 8)
    counter.cancel(BOB)
    document = dict(openapi("https://pass.example"))
    without = {
        path: {method: {**said, "security": []} for method, said in methods.items()}
        for path, methods in document["paths"].items()
    }
    found = schemathesis.openapi.from_dict({**document, "paths": without, "security": []})
    found.app = app
    return found


@pytest.fixture
def keys(machine: Machine) -> list[dict[str, str]]:
    """Headers with each kind of key, and with none."""
    clients: list[Any] = [machine(scope, name=scope, rate=100_000, guesses=1000) for scope in SCOPES]
    return [{}, *({"Authorization": f"Bearer {client.key}"} for client in clients)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(
    ("path", "method"),
    [("/api/v1/inspections", "POST"), ("/api/v1/revocations", "GET")],
)
def test_answers_are_as_the_document_says(
    api: BaseSchema, keys: list[dict[str, str]], path: str, method: str, mode: GenerationMode
) -> None:
    operation, met = api[path][method], set[int]()

    @EXAMPLES
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        for headers in keys:
            answer = case.call(headers=headers)
            assert answer.status_code < 500, answer.text
            met.add(answer.status_code)
            case.validate_response(answer, headers=headers)

    ask()

    assert met >= ({200, 401, 403} if mode is GenerationMode.POSITIVE else {401, 403, 422})
