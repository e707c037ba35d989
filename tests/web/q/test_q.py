"""What anybody may ask: valid or not, until when, and nothing else; from one address not without end."""

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from codes.code import draw_code
from codes.police.public_checks import MOST_CHECKS, MOST_UNKNOWN
from codes.signed.signing import Signing
from store import Store
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.web.auditing import entries
from tests.web.police.conftest import token_for
from tests.web.reading import csrf, send
from web.assets import Assets

MOST_FIRST_LOAD = 40_000


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    """A counter where Anna and Boris are known."""
    return Counter(store, clock).introduce_two()


def ask(client: FlaskClient, token: object, address: str = "192.0.2.7") -> TestResponse:
    headers = {"X-CSRFToken": csrf(client, "/q"), "X-Forwarded-For": address}
    return client.post("/q/check", json={"token": token}, headers=headers)


def shown(answer: TestResponse) -> str:
    """The outcome that the page shows."""
    return " ".join(re.findall(r'data-outcome="(\w+)">', answer.text))


def test_a_token_says_until_when_and_nothing_of_the_person(
    client: FlaskClient, counter: Counter, signing: Signing, store: Store
) -> None:
    counter.grant(ANN, 8)

    answer = ask(client, token_for(counter, signing))

    assert answer.get_json() == {"outcome": "valid", "until": "13:00"}
    ((actor, _, details),) = entries(store, "pass.checked")
    assert (actor, details) == ("public", {"outcome": "valid"})


def test_a_typed_code_works_without_a_script(client: FlaskClient, counter: Counter) -> None:
    code = counter.grant(ANN, 8).code

    answer = send(client, "/q", shown="/q", code=code.lower())

    assert shown(answer) == "valid"
    assert "Valid until 13:00" in answer.text
    assert "2506" not in answer.text and "И.А.И." not in answer.text


def test_whatever_is_not_good_is_not_valid_and_does_not_say_why(
    client: FlaskClient, counter: Counter, signing: Signing, clock: Clock
) -> None:
    counter.grant(ANN, 8)
    code = counter.grant(BOB, 8).code
    withdrawn, expired = token_for(counter, signing, ANN), token_for(counter, signing, BOB)
    counter.cancel(ANN)

    said = [ask(client, withdrawn), ask(client, withdrawn[:-2] + "AA")]
    clock.pass_by(hours=2)
    said += [ask(client, expired)]

    assert [answer.get_json() for answer in said] == [{"outcome": "not_valid", "until": ""}] * 3
    assert shown(send(client, "/q", shown="/q", code=code)) == "not_valid"
    assert shown(send(client, "/q", shown="/q", code=code[:-1] + "1")) in ("mistyped", "not_valid")
    assert ask(client, "https://example.org").get_json()["outcome"] == "mistyped"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("token", [None, 7, "x" * 501, ["a"]])
def test_what_is_no_question_is_refused(client: FlaskClient, token: object) -> None:
    assert ask(client, token).status_code == 400


def test_an_address_may_not_try_codes_out(client: FlaskClient, counter: Counter, store: Store, clock: Clock) -> None:
    code, shape = counter.grant(ANN, 1).code, counter.who(ANN).terms.regime.code
    tried = [draw_code(shape, clock.now.date(), store.random) for _ in range(MOST_UNKNOWN)]

    def answer(typed: str, address: str) -> str:
        fields = {"code": typed, "csrf_token": csrf(client, "/q")}
        return shown(client.post("/q", data=fields, headers={"X-Forwarded-For": address}))

    assert {answer(one, "192.0.2.7") for one in tried} == {"not_valid"}
    assert answer(code, "192.0.2.7") == "too_many"
    assert answer(code, "192.0.2.8") == "valid"
    assert answer(code, "spoofed, 192.0.2.7") == "too_many"
    clock.pass_by(days=1)
    assert answer(tried[0], "192.0.2.7") == "not_valid"


def test_a_household_of_ipv6_counts_as_one(client: FlaskClient, counter: Counter, signing: Signing) -> None:
    counter.grant(ANN, 8)
    token = token_for(counter, signing)
    with counter.store.work() as work:
        index = work.keys.blind("address", "2001:db8:1:2::/64")
        row = {"day": "2026-06-03", "index": index, "checks": MOST_CHECKS}
        work.connection.exec_driver_sql(
            "INSERT INTO public_checks (day, address_index, checks, unknown) VALUES "
            f"('{row['day']}', {_bytes(index, work.connection.dialect.name)}, {row['checks']}, 0)"
        )

    assert ask(client, token, "2001:db8:1:2::99").get_json()["outcome"] == "too_many"
    assert ask(client, token, "2001:db8:1:3::99").get_json()["outcome"] == "valid"


def _bytes(value: bytes, database: str) -> str:
    return f"x'{value.hex()}'" if database == "sqlite" else f"'\\x{value.hex()}'::bytea"


def test_the_page_is_light_and_keeps_nothing(client: FlaskClient) -> None:
    assets, page = Assets(), client.get("/q")
    names = [*re.findall(r"/static/\w+/([\w.-]+)", page.text), "govuk-frontend.min.js"]

    sizes = [len(client.get(assets.url(name), headers={"Accept-Encoding": "gzip"}).data) for name in names]

    assert sum(sizes) + len(gzip.compress(page.data)) < MOST_FIRST_LOAD
    assert page.headers["Cache-Control"] == "no-store"
