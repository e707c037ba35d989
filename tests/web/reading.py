"""What a page says and what its forms send, read as a browser would."""

import re
from html import unescape
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.split()


def words(response: TestResponse) -> str:
    """The text of a page."""
    parser = _Text()
    parser.feed(response.text)
    return " ".join(parser.words)


def csrf(client: FlaskClient, url: str = "/sign-in") -> str:
    """A token for this client's forms, from a page that shows one."""
    found = _CSRF.search(client.get(url, follow_redirects=True).text)
    assert found, f"{url} has no form"
    return unescape(found[1])


def send(client: FlaskClient, url: str, *, shown: str = "/sign-in", **fields: str) -> TestResponse:
    """Sends a form with the token of the page `shown`."""
    return client.post(url, data={**fields, "csrf_token": csrf(client, shown)})
