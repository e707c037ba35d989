"""A real browser on the real application."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from settings import Settings
from store import Store
from tests.web.people import Person, session_cookie
from wsgi import create_app

_EXPECTED = (
    "status of 422",
    "status of 401",
    "status of 403",
    "status of 404",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
)
"""Answers that a page is meant to give, and a network that a test cut; the browser calls each an error."""


def find_chromium() -> str:
    """Where Chromium lies; without one the test fails, and says how to get it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or pytest.fail("the browser test needs Chromium: apt-get install chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=find_chromium(), args=options)
        yield opened
        opened.close()


@dataclass(frozen=True, slots=True)
class Site:
    """The application, served on this machine."""

    url: str
    app: Flask
    store: Store

    def sign_in(self, page: Page, person: Person) -> None:
        """Signs a browser in as this person, without the pages for it."""
        name, token = session_cookie(self.app, self.store, person)
        page.context.add_cookies([{"name": name, "value": token, "url": self.url, "sameSite": "Strict"}])


@contextmanager
def served(settings: Settings, store: Store) -> Iterator[Site]:
    """The application on a free port of this machine, at http://localhost:PORT."""
    holder: list[Flask] = []
    server = make_server("127.0.0.1", 0, lambda environ, start: holder[0](environ, start), threaded=True)
    url = f"http://localhost:{server.server_port}"
    holder.append(create_app(settings.model_copy(update={"public_url": url}), store))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield Site(url, holder[0], store)
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def open_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a context of its own; fails where a script failed or the policy for content was broken."""
    context = browser.new_context(**{"viewport": {"width": 1000, "height": 900}, "locale": "en-GB", **options})
    page = context.new_page()
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in _EXPECTED):
            troubles.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert not troubles


def overflows(page: Page) -> bool:
    """Whether a page must be moved sideways to be read, once all of it is there: without its styles it is wide."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
