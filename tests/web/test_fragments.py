"""Live parts: sent where something changed, and 304 where not."""

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader

from web.fragments import fragment, live, tag_of


def test_a_part_is_sent_once_and_again_when_it_changed() -> None:
    app, waiting = Flask("parts"), [1]
    app.jinja_loader = DictLoader({"part.html": "<p>{{ waiting }}</p>"})
    app.add_url_rule("/part", "part", lambda: fragment("part.html", tag_of(waiting), waiting=waiting))
    client = app.test_client()

    first = client.get("/part")
    again = client.get("/part", headers={"If-None-Match": first.headers["ETag"]})
    waiting.append(2)
    changed = client.get("/part", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.text, again.status_code, again.data) == ("<p>[1]</p>", 304, b"")
    assert (changed.status_code, changed.text) == (200, "<p>[1, 2]</p>")


def test_a_part_differs_by_language(client: FlaskClient, app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "ru"}):
        russian = tag_of("same")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert tag_of("same") != russian


def test_the_element_carries_its_tag() -> None:
    attributes = live("/desk/queue?a=1&b=2", '"abc"', seconds=3)

    assert 'hx-get="/desk/queue?a=1&amp;b=2"' in attributes
    assert 'hx-trigger="every 3s"' in attributes
    assert "&#34;If-None-Match&#34;: &#34;\\&#34;abc\\&#34;&#34;" in attributes
