"""Who may ask: keys, scopes, rates; and every error as problem+json."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from settings import Settings
from store import Store
from tests.servers import Valkey
from tests.web.api.conftest import KeyClient, Machine
from web.api.guard import FOR_DEVICES, OPENS, PUBLIC, WRONG_KEYS_A_MINUTE
from web.rates import AWAY_S, Rates
from wsgi import create_app

INSPECTIONS, REVOCATIONS, DOCUMENT = "/api/v1/inspections", "/api/v1/revocations", "/api/v1/openapi.json"
BODY = {"inspections": [{"code": "X"}]}


def is_problem(answer: TestResponse) -> bool:
    document = answer.get_json(force=True)
    return (
        answer.mimetype == "application/problem+json"
        and document["status"] == answer.status_code
        and document.keys() >= {"type", "title", "detail"}
        and document["type"].startswith("/api/v1/docs#")
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer plk_wrong", "Bearer \x7f", "plk_wrong", "Bearer п"]
)
def test_without_a_key_nothing_opens(client: FlaskClient, header: str | None) -> None:
    headers = {"Authorization": header.encode().decode("latin-1")} if header is not None else {}

    for answer in (client.post(INSPECTIONS, json=BODY, headers=headers), client.get(REVOCATIONS, headers=headers)):
        assert answer.status_code == 401 and is_problem(answer)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_scope_opens_what_it_names_alone(machine: Machine) -> None:
    opened = {
        scope: (
            machine(scope, name=scope).post(INSPECTIONS, json=BODY).status_code,
            machine(scope, name=f"{scope} 2").get(REVOCATIONS).status_code,
        )
        for scope in ("inspect", "taxi", "revocations")
    }

    assert opened == {"inspect": (200, 403), "taxi": (200, 403), "revocations": (403, 200)}


def test_cookies_let_nobody_in(app: Flask, client: FlaskClient) -> None:
    client.set_cookie("session", "anything", domain="pass.example")

    answer = client.post(INSPECTIONS, json=BODY)

    assert answer.status_code == 401 and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", "/api/v2/inspections", "/api/v1/inspections/1", "/api/v1/пропуск"]
)
def test_what_is_not_there_is_a_problem_too(client: FlaskClient, path: str) -> None:
    answers = [client.open(path, method=method) for method in ("GET", "POST", "DELETE")]

    assert [one.status_code for one in answers] == [404] * 3 and all(map(is_problem, answers))


def test_a_method_that_is_not_known_is_a_problem_that_says_which_are(client: FlaskClient) -> None:
    answers = [client.delete(INSPECTIONS), client.get(INSPECTIONS), client.post(REVOCATIONS), client.patch(DOCUMENT)]

    assert [one.status_code for one in answers] == [405] * 4 and all(map(is_problem, answers))
    assert [one.headers["Allow"] for one in answers] == ["POST", "POST", "GET, HEAD", "GET, HEAD"]


def test_answers_are_not_kept_and_not_guessed_at(machine: Machine) -> None:
    answer = machine("inspect").post(INSPECTIONS, json=BODY)

    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" in answer.headers and "Set-Cookie" not in answer.headers


def test_a_key_may_ask_so_often_a_minute(machine: Machine) -> None:
    gate, other = machine("inspect", name="Gate", rate=5), machine("inspect", name="Other", rate=5)

    answers = [gate.post(INSPECTIONS, json=BODY) for _ in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert is_problem(answers[5]) and answers[5].headers["Retry-After"] == "60"
    assert other.post(INSPECTIONS, json=BODY).status_code == 200


def test_wrong_keys_are_answered_only_so_often_and_right_ones_all_the_same(machine: Machine, app: Flask) -> None:
    wrong = KeyClient(app, app.response_class, use_cookies=False)
    wrong.key = "plk_wrong"

    answers = [wrong.get(REVOCATIONS).status_code for _ in range(WRONG_KEYS_A_MINUTE + 1)]

    assert answers == [401] * WRONG_KEYS_A_MINUTE + [429]
    assert machine("revocations").get(REVOCATIONS).status_code == 200


def test_before_an_order_is_in_force_nothing_is_judged(settings: Settings, store: Store, machine: Machine) -> None:
    gate = machine("inspect")
    with store.work() as work:
        work.connection.exec_driver_sql("DELETE FROM regime_version")
    fresh = KeyClient(create_app(settings, store), use_cookies=False)
    fresh.key = gate.key  # type: ignore[attr-defined]

    answer = fresh.post(INSPECTIONS, json=BODY)

    assert answer.status_code == 503 and is_problem(answer)


def test_what_nobody_expected_says_nothing_of_itself(app: Flask, machine: Machine) -> None:
    gate = machine("inspect")
    with app.extensions["passline.store"].work() as work:
        work.connection.exec_driver_sql("DROP TABLE inspection")

    answer = gate.post(INSPECTIONS, json=BODY)

    assert answer.status_code == 500 and is_problem(answer) and "inspection" not in answer.get_data(as_text=True)


def test_every_address_is_behind_a_scope_or_public(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if str(rule).startswith("/api/")}

    assert endpoints == {*OPENS, *FOR_DEVICES, *PUBLIC, "pages.api_docs.docs"}


class TestCounting:
    def test_processes_count_together(self, valkey: Valkey) -> None:
        one, other = (Rates(valkey.url, lambda: 0.0) for _ in range(2))

        found = [rates.hit("client", "together", 3) for rates in (one, other, one, other)]

        assert found == [None, None, None, 60]

    def test_each_counts_alone_while_redis_is_away(self, tmp_path: Path) -> None:
        now = [0.0]
        rates = Rates(f"unix://{tmp_path}/nobody.sock", lambda: now[0])

        alone = [rates.hit("client", "alone", 2) for _ in range(3)]
        now[0] = 60.0
        later = rates.hit("client", "alone", 2)

        assert (alone, later) == ([None, None, 60], None)

    def test_redis_is_asked_again_once_it_is_back(self) -> None:
        now = [0.0]
        with Valkey() as server:
            rates, other = Rates(server.url, lambda: now[0]), Rates(server.url, lambda: now[0])
            server.stop()
            away = [rates.hit("client", "back", 2) for _ in range(2)]
            server.start()
            early = rates.hit("client", "back", 2)
            now[0] = AWAY_S
            shared = [one.hit("client", "back", 2) for one in (rates, other, rates)]

        assert (away, early, shared) == ([None, None], 60, [None, None, 60])
