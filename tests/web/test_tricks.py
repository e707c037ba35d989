"""Tricks with paths, ways back, hosts, cookies and tags: nothing opens, nobody is led away, nothing fails."""

import re
from typing import Final
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.hostile import address_of, pages, somebodies
from tests.web.people import AsRole

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def clients(app: Flask, as_role: AsRole) -> dict[str, FlaskClient]:
    """A client for each role."""
    return {role: as_role(role) if role else app.test_client() for role in somebodies(app)}


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example/%2e%2e",
        "/%2e%2e/admin/staff",
        "/admin;/staff",
        "/admin/staff;.css",
        "/admin\\staff",
        "/static/x/../../settings.py",
        "/static/x/%2e%2e%2f%2e%2e%2fsettings.py",
        "/static/x/..%5c..%5csettings.py",
        "/ADMIN/STAFF",
        "/admin/staff/",
        "/admin//staff",
        "/./admin/staff",
        "/admin/staff%00",
        "/admin/staff%20",
    ],
)
def test_no_trick_with_a_path_opens_a_page_or_leads_away(app: Flask, path: str) -> None:
    answer = app.test_client().get("/", environ_overrides={"PATH_INFO": unquote(path), "RAW_URI": path})

    assert answer.status_code in (302, 308, 404), path
    onward = answer.headers.get("Location", "/")
    assert onward.startswith(("/", "http://localhost/", "https://pass.example/")), onward
    assert not onward.startswith("//")


BACKS: Final = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "\\\\e",
    "/%09/x",
    " //e",
)


@pytest.mark.parametrize("back", BACKS)
def test_nobody_is_led_elsewhere(app: Flask, back: str) -> None:
    client = app.test_client()
    token = re.search(
        r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in", query_string={"back": back}).text
    )
    assert token

    answer = client.post("/language", data={"csrf_token": token[1], "language": "ru", "back": back})

    assert re.fullmatch(r"/(?![/\\])[^\s\\]*", answer.headers["Location"]), back


def test_another_host_is_named_nowhere(app: Flask, clients: dict[str, FlaskClient]) -> None:
    """What stands in Host is not believed: links name the address that we were told is ours."""
    told = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    for endpoint, rule, method, role in pages(app):
        if method == "GET":
            answer = clients[role].get(address_of(rule), headers=told)
            assert b"evil.example" not in answer.data, endpoint
            assert "evil.example" not in str(answer.headers), endpoint


@pytest.mark.parametrize(
    "cookie", ["", "citizen.", "citizen." + "a" * 22, "é", "a" * 4000, "%00", '"', "citizen.%00", "staff.x"]
)
def test_a_bad_cookie_is_nobodys(app: Flask, cookie: str) -> None:
    client = app.test_client()
    client.set_cookie("__Host-passline", cookie)
    client.set_cookie("__Host-passline-forms", cookie)
    client.set_cookie("language", cookie)

    for path in ("/", "/passes", "/account", "/enter", "/enter/code", "/q", "/police", "/figures"):
        assert client.get(path).status_code in (200, 302, 503), path


@pytest.mark.parametrize("tag", ["", '"', 'W/"', "*", '"' + "a" * 4000, "é", '"a", "b"', "\x01"])
def test_a_bad_etag_is_none(app: Flask, tag: str, clients: dict[str, FlaskClient]) -> None:
    for path in ("/figures.json", "/figures.csv", "/police/worker.js", "/police/revocations", "/q/keys.json"):
        for name in ("If-None-Match", "If-Match", "If-Modified-Since", "If-Range", "Range", "Accept-Language"):
            assert clients["officer"].get(path, headers={name: tag}).status_code != 500, (path, name)
