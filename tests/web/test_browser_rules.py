"""What every page tells the browser, what it may keep, and how much comes over the line."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from settings import Settings
from store import Store
from web.assets import Assets
from wsgi import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MOST_FIRST_LOAD = 40_000


def test_no_script_runs_without_this_answers_nonce(client: FlaskClient) -> None:
    first, second = client.get("/sign-in"), client.get("/sign-in")

    policy = first.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'nonce-([^']+)';", policy)
    assert nonce
    assert set(re.findall(r"<script[^>]*>", first.text)) == set(
        re.findall(rf'<script[^>]*nonce="{re.escape(nonce[1])}"[^>]*>', first.text)
    )
    assert nonce[1] not in second.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy


def test_no_page_has_a_style_or_a_handler_in_its_lines(client: FlaskClient, desk_client: FlaskClient) -> None:
    for page in (client.get("/sign-in").text, desk_client.get("/desk").text, desk_client.get("/account").text):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)


def test_pages_are_not_kept_and_ask_for_no_camera(desk_client: FlaskClient) -> None:
    headers = desk_client.get("/desk").headers

    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_without_tls_no_browser_is_told_to_insist_on_it(settings: Settings, store: Store) -> None:
    app = create_app(settings.model_copy(update={"public_url": "http://localhost:8000"}), store)

    answer = app.test_client().get("/sign-in")

    assert "Strict-Transport-Security" not in answer.headers
    assert answer.headers["Set-Cookie"].startswith("passline-forms=")


def test_styles_and_scripts_are_kept_for_ever_and_packed(client: FlaskClient) -> None:
    url = re.search(r'href="(/static/\w+/pages.css)"', client.get("/sign-in").text)
    assert url

    packed = client.get(url[1], headers={"Accept-Encoding": "gzip"})
    plain = client.get(url[1])

    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.mimetype == "text/css"
    assert gzip.decompress(packed.data) == plain.data
    assert "GDS Transport" not in plain.text


def test_the_first_page_is_light(client: FlaskClient) -> None:
    assets = Assets()
    page = client.get("/sign-in")
    names = [*re.findall(r"/static/\w+/([\w.-]+)", page.text), "govuk-frontend.min.js"]

    sizes = [len(client.get(assets.url(name), headers={"Accept-Encoding": "gzip"}).data) for name in names]

    assert sum(sizes) + len(gzip.compress(page.data)) < MOST_FIRST_LOAD
