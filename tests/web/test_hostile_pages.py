"""Addresses, queries and forms as nobody should send them: a page that says so, never a fault, nothing in the logs."""

import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from store import Store
from store.tokens import new_token
from tests.web.hostile import (
    address_of,
    field_names,
    hostile_addresses,
    hostile_forms,
    hostile_queries,
    pages,
    somebodies,
)
from tests.web.people import AsRole
from tests.web.police.conftest import enrolled_officer, start
from tests.web.reading import csrf

pytestmark = pytest.mark.timeout(400)

FAULT = 500
Fields = Sequence[tuple[str, str]]


@pytest.fixture
def clients(app: Flask, as_role: AsRole, client: FlaskClient) -> dict[str, tuple[FlaskClient, str]]:
    """For each role a client with a token for its forms."""
    found = {role: as_role(role) if role else client for role in somebodies(app)}
    return {role: (one, csrf(one, "/enter" if role == "citizen" else "/sign-in")) for role, one in found.items()}


def test_no_address_makes_a_fault(app: Flask, clients: dict[str, tuple[FlaskClient, str]]) -> None:
    faults = [
        (method, address[:80])
        for _, rule, method, role in pages(app)
        for address in hostile_addresses(rule)
        if _sent(clients[role], method, address) == FAULT
    ]

    assert faults == []


WRONG: Final = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b"0",
    b'"a"',
    b"{" * 5000,
    b"[" * 100_000,
    b"\xff\xfe",
    b'{"token": "\\u0000"}',
    b'{"token": "\\ud83d"}',
    b"1e999",
    b'{"token": 1e999}',
    b"NaN",
    b"9" * 5000,
    b'{"token": [1]}',
)
"""Bodies that are no JSON, or JSON that nobody asked for."""
NAMES: Final = (
    *(
        "token",
        "code",
        "plate",
        "card",
        "nonce",
        "at",
        "seen_at",
        "told",
        "verdict",
        "looks",
        "id",
        "rawId",
        "response",
    ),
    *("typed", "text", "kind", "what", "until", "list", "said", "type", "clientDataJSON", "signature", "zone"),
)
LEAVES: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(
        ("\0", "\ud83d", "9" * 400, "", "THXA-9546-C61A", "2026-06-03T10:00:00+03:00", "9999-12-31T23:59:59Z")
    ),
    st.text(max_size=20),
)
TREES: Final = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)


@pytest.fixture
def officer(app: Flask, store: Store) -> tuple[FlaskClient, str]:
    """An officer on shift, with a token."""
    client = app.test_client()
    start(client, enrolled_officer(store))
    return client, csrf(client, "/police")


def read_as_json(app: Flask) -> list[str]:
    """The pages that a script asks."""
    return [
        "/q/check",
        "/police/look",
        "/police/looks",
        "/police/sign-in/passkey",
        "/sign-in/passkey",
        "/account/passkey",
    ]


def test_no_body_makes_a_fault(app: Flask, officer: tuple[FlaskClient, str]) -> None:
    client, token = officer
    for path in read_as_json(app):
        client.post(f"{path}/options", headers={"X-CSRFToken": token})
        for body in WRONG:
            for kind in (
                "application/json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "",
            ):
                answer = client.post(path, data=body, content_type=kind, headers={"X-CSRFToken": token})
                assert answer.status_code < FAULT, (path, body[:40], kind)


@given(tree=TREES, one=st.dictionaries(st.sampled_from(NAMES), LEAVES, max_size=8))
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
def test_no_json_makes_a_fault(app: Flask, officer: tuple[FlaskClient, str], tree: object, one: object) -> None:
    client, token = officer
    for path in read_as_json(app):
        for said in (tree, one, {"looks": [one, tree]}):
            answer = client.post(
                path, data=json.dumps(said), content_type="application/json", headers={"X-CSRFToken": token}
            )
            assert answer.status_code < FAULT, path


def test_what_is_too_much_is_refused(app: Flask, officer: tuple[FlaskClient, str]) -> None:
    client, token = officer
    kind = "multipart/form-data; boundary=x"
    for path in ("/police", "/police/looks", "/q", "/q/check", "/enter", "/sign-in", "/language", "/police/sign-in"):
        head = {"X-CSRFToken": token}
        much = client.post(
            path, data="a=" + "b" * 300_000, headers=head, content_type="application/x-www-form-urlencoded"
        )
        assert much.status_code in (400, 413), path
        told = client.post(path, data=b"{" + b" " * 300_000 + b"}", headers=head, content_type="application/json")
        assert told.status_code in (400, 413), path
        for body in (b"--x", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", b"\0" * 100):
            assert client.post(path, data=body, headers=head, content_type=kind).status_code < FAULT, path
        many = "&".join(f"a{place}=" for place in range(5000))
        kind_of_forms = "application/x-www-form-urlencoded"
        assert client.post(path, data=many, headers=head, content_type=kind_of_forms).status_code < FAULT, path


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_that_was_sent_stands_in_a_log(
    app: Flask, clients: dict[str, tuple[FlaskClient, str]], caplog: pytest.LogCaptureFixture
) -> None:
    """Also where a page fails with it in its hands."""
    planted = "kanareykin4411"
    app.view_functions["pages.q.q"] = _broken
    with capture_logs() as logs:
        for _, rule, method, role in pages(app):
            address = address_of(rule)
            _sent(clients[role], method, f"{address}?q={planted}", [(name, planted) for name in field_names()])

    assert "page_failed" in {one["event"] for one in logs}
    assert planted not in f"{logs}{caplog.text}"


def _broken() -> str:
    raise RuntimeError(request.values["q"])


def _sent(known: tuple[FlaskClient, str], method: str, address: str, fields: Fields = ()) -> int:
    client, token = known
    told = [("csrf_token", token), ("once", new_token()), *fields]
    body = "&".join(f"{name}={quote(value.encode(errors='surrogatepass'))}" for name, value in told)
    kind = "application/x-www-form-urlencoded"
    form = method == "POST"
    answer = client.open(address, method=method, data=body if form else None, content_type=kind if form else None)
    with answer:
        assert answer.data is not None  # all of it came
        return answer.status_code


def test_no_form_makes_a_fault(app: Flask, clients: dict[str, tuple[FlaskClient, str]]) -> None:
    """Each page gets every sixth form, another page others."""
    forms = list(hostile_forms(field_names()))
    posts = [(rule, role) for _, rule, method, role in pages(app) if method == "POST"]
    faults = [
        (str(rule), turn)
        for place, (rule, role) in enumerate(posts)
        for turn in (0, *range(1 + place % 6, len(forms), 6))
        if _sent(clients[role], "POST", address_of(rule), forms[turn]) == FAULT
    ]

    assert faults == []


def test_no_query_makes_a_fault(app: Flask, clients: dict[str, tuple[FlaskClient, str]]) -> None:
    names = field_names()
    faults = [
        (str(rule), query[:80])
        for _, rule, method, role in pages(app)
        if method == "GET" and "<" not in str(rule)
        for query in hostile_queries(names)
        if _sent(clients[role], method, f"{rule}?{query}") == FAULT
    ]

    assert faults == []
