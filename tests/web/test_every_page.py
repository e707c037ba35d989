"""The whole map of addresses: what each answer tells the browser, and what no form does without its token."""

import re
from collections.abc import Mapping
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from store import Store
from tests.web.hostile import address_of, pages, somebodies
from tests.web.people import AsRole
from tests.web.police.conftest import enrolled_officer, start

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

KEPT: Final[Mapping[str, str]] = {
    "assets.asset": "its name changes with its content",
    "pages.public.figures": "the same for everybody, counted once an hour",
    "pages.public.figures_json": "the same for everybody, counted once an hour",
    "pages.public.figures_csv": "the same for everybody, counted once an hour",
    "pages.public.figures_plot": "named by its content",
    "pages.admin.figures_plot": "named by its content, kept by this browser alone",
    "pages.police.worker": "the browser asks each time whether it is still the same",
    "pages.police.manifest": "the same for everybody",
    "pages.police.revocations": "the list, asked for by its ETag",
    "pages.supervision.sound": "a part of a recording, kept by this browser alone while it plays",
}
"""What a browser or a proxy may keep, and why."""
CAMERA: Final = {"pages.police.police", "pages.police.check", "pages.patient.check"}
OUTSIDE: Final = re.compile(r"^(/telephony/|/healthz|/api/|/q/keys\.json)")
"""Asked by machines, that send no cookies."""
COOKIES: Final = re.compile(
    r"__Host-passline(-forms|-home)?=[^;]*;( Expires=[^;]*;)?( Max-Age=0;)? Secure; HttpOnly; Path=/; SameSite=Strict"
)
ELSEWHERE: Final = re.compile(
    r"""(?:src|href|action|poster|formaction|srcset|data|hx-\w+)=["']?\s*(?:https?:|//|javascript:|data:(?!image/))""",
    re.I,
)


@pytest.fixture
def clients(app: Flask, as_role: AsRole, client: FlaskClient) -> dict[str, FlaskClient]:
    """A client for each role."""
    return {role: as_role(role) if role else client for role in somebodies(app)}


@pytest.fixture
def walk(app: Flask, clients: dict[str, FlaskClient]) -> list[tuple[str, str, TestResponse]]:
    """Every page asked for by somebody who may and by nobody: endpoint, address, answer."""
    stranger = app.test_client()
    return [
        (endpoint, address, whole(one.open(address, method=method)))
        for endpoint, rule, method, role in pages(app)
        if endpoint != "assets.asset"
        for one in (clients[role], stranger)
        for address in [address_of(rule)]
    ]


def whole(answer: TestResponse) -> TestResponse:
    """The answer once all of it came."""
    assert answer.data is not None
    answer.close()
    return answer


def test_the_map_has_nothing_that_no_test_knows(app: Flask) -> None:
    known = {endpoint for endpoint, *_ in pages(app)}
    others = {str(rule) for rule in app.url_map.iter_rules() if rule.endpoint not in known}

    assert [path for path in others if not OUTSIDE.match(path)] == []


def test_every_answer_binds_the_browser(walk: list[tuple[str, str, TestResponse]]) -> None:
    for endpoint, address, answer in walk:
        told, where = answer.headers, f"{endpoint} {address} {answer.status_code}"
        policy = told["Content-Security-Policy"]
        assert "default-src 'none'" in policy or "sandbox" in policy, where
        assert "frame-ancestors 'none'" in policy, where
        assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy and "http:" not in policy, where
        assert told["X-Content-Type-Options"] == "nosniff", where
        assert told["Referrer-Policy"] in ("same-origin", "no-referrer"), where
        assert told["Cross-Origin-Opener-Policy"] == "same-origin", where
        assert told["Cross-Origin-Resource-Policy"] == "same-origin", where
        assert told["Strict-Transport-Security"].startswith("max-age="), where
        assert "Access-Control-Allow-Origin" not in told, where
        assert ("camera=()" in told["Permissions-Policy"]) or endpoint in CAMERA, where
        assert "wasm-unsafe-eval" not in policy or endpoint.startswith("pages.police."), where


def test_what_is_no_page_is_what_it_says(client: FlaskClient) -> None:
    script = re.search(r'src="(/static/[^"]+)"', client.get("/sign-in").text)
    assert script

    for path in (script[1], "/q/keys.json", "/static/1/1"):
        told = client.get(path).headers
        assert (told["X-Content-Type-Options"], told["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")
        assert "Set-Cookie" not in told


def test_nothing_is_kept_but_what_is_listed_here(walk: list[tuple[str, str, TestResponse]]) -> None:
    for endpoint, address, answer in walk:
        if answer.headers["Cache-Control"] != "no-store":
            assert endpoint in KEPT, f"{address}: {answer.headers['Cache-Control']}"
            assert answer.status_code in (200, 206, 304), address


def test_every_cookie_is_ours_alone(walk: list[tuple[str, str, TestResponse]]) -> None:
    given = [(endpoint, one) for endpoint, _, answer in walk for one in answer.headers.getlist("Set-Cookie")]

    assert [pair for pair in given if not COOKIES.fullmatch(pair[1])] == []
    assert given
    assert not [endpoint for endpoint, _ in given if endpoint.startswith("pages.public.") or endpoint in KEPT]


def test_no_page_leads_elsewhere_or_has_a_handler_in_its_lines(walk: list[tuple[str, str, TestResponse]]) -> None:
    for endpoint, address, answer in walk:
        if answer.mimetype == "text/html":
            html = answer.text.replace("https://pass.example/", "/")
            assert not ELSEWHERE.search(html), f"{endpoint} {address} {ELSEWHERE.search(html)}"
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<base\b|<iframe|<object|<embed", html), endpoint
            bare = [tag for tag in re.findall(r"<script[^>]*>", html) if "nonce=" not in tag]
            assert [tag for tag in bare if 'type="application/' not in tag] == [], endpoint


def test_no_form_is_taken_without_its_token(app: Flask, clients: dict[str, FlaskClient]) -> None:
    """Neither as a form nor as JSON, nor with another browser's token."""
    strange = app.test_client()
    theirs = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', strange.get("/sign-in").text)
    assert theirs
    for endpoint, rule, method, role in pages(app):
        if method == "GET":
            continue
        asked = (
            clients[role].open(address_of(rule), method=method, data={"once": "a" * 22}),
            clients[role].open(address_of(rule), method=method, json={}),
            clients[role].open(address_of(rule), method=method, data={"csrf_token": theirs[1], "once": "a" * 22}),
            clients[role].open(address_of(rule), method=method, json={}, headers={"X-CSRFToken": theirs[1]}),
        )
        assert [answer.status_code for answer in asked] == [400] * 4, endpoint


def test_a_form_from_another_place_is_refused_though_it_has_a_token(app: Flask) -> None:
    """What a browser says of where a form came from is looked at, over TLS."""
    client = app.test_client()
    token = re.search(
        r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in", base_url="https://pass.example").text
    )
    assert token

    answer = client.post(
        "/sign-out",
        data={"csrf_token": token[1]},
        base_url="https://pass.example",
        headers={"Referer": "https://evil.example/"},
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "GET\tX"])
def test_other_methods_do_nothing(app: Flask, clients: dict[str, FlaskClient], method: str) -> None:
    for _, rule, _, role in pages(app):
        answer = clients[role].open(address_of(rule), method=method)
        assert answer.status_code in (400, 403, 404, 405), str(rule)
        answer.close()


def test_head_and_options_tell_no_more_than_the_page(app: Flask, clients: dict[str, FlaskClient]) -> None:
    stranger = app.test_client()
    for endpoint, rule, method, role in pages(app):
        head = stranger.head(address_of(rule))
        assert (head.data == b"" and head.status_code < 500) or head.status_code == 503, endpoint
        options = clients[role].options(address_of(rule))
        assert options.data == b"" and options.status_code < 500, endpoint
        assert method in options.headers.get("Allow", method)


def test_the_camera_is_allowed_to_officers_on_their_page(app: Flask, store: Store) -> None:
    client = app.test_client()
    start(client, enrolled_officer(store))

    answer = client.get("/police")

    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "microphone=()" in answer.headers["Permissions-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert re.search(
        r"SameSite=Strict", start(app.test_client(), enrolled_officer(store, "+79990000008")).headers["Set-Cookie"]
    )
