"""A browser without scripts: pages, cookies, forms as they stand on the page."""

import re
import urllib.error
import urllib.request
from html import unescape
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin

_FORM = re.compile(r'<form method="post"(?: action="([^"]*)")?.*?</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input\b(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>')
_LIVE = {"HX-Request": "true"}
_PATIENCE_S = 20


class NoForm(Exception):
    """The page has no such form: something else happened meanwhile."""


class Browser:
    """One browser on the pages at `address`, and the page it shows."""

    def __init__(self, address: str) -> None:
        self.url = address
        self.page = ""
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        # No proxy is asked: it is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def opens(self, path: str) -> str:
        """Shows a page, led on where it leads; empty where nobody answers."""
        return self._shows(self._request(path))

    def asks(self, path: str) -> tuple[str, str]:
        """Asks for the live part of a page: where it wants the browser to go, and what it shows; empty is neither."""
        request = self._request(path)
        for name, value in _LIVE.items():
            request.add_header(name, value)
        try:
            with self._opener.open(request, timeout=_PATIENCE_S) as answer:
                return str(answer.headers.get("HX-Redirect", "")), answer.read().decode()
        except (urllib.error.URLError, OSError):  # signed out, too
            return "", ""

    def has(self, action: str) -> bool:
        """Whether the page has a form whose address ends so."""
        return bool(self._forms(action))

    def sends(self, action: str, place: int = 0, **typed: str) -> str:
        """Fills in the `place`-th form whose address ends so; ``tail_tail`` is the field tail-tail. Raises NoForm."""
        forms = self._forms(action)
        if len(forms) <= place:
            raise NoForm(action)
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(forms[place][0])}
        fields = hidden | {name.replace("_", "-"): value for name, value in typed.items()}
        return self._shows(self._request(unescape(forms[place][1] or self.url), urlencode(fields).encode()))

    def _forms(self, action: str) -> list[re.Match[str]]:
        return [form for form in _FORM.finditer(self.page) if (form[1] or self.url.partition("?")[0]).endswith(action)]

    def _request(self, path: str, body: bytes | None = None) -> urllib.request.Request:
        # The settings let http and https in, nothing else.
        return urllib.request.Request(urljoin(self.url, path), body)  # noqa: S310

    def _shows(self, request: urllib.request.Request) -> str:
        try:
            self._keep(self._opener.open(request, timeout=_PATIENCE_S))
        except urllib.error.HTTPError as answer:  # a page too: what was typed wrong, say
            self._keep(answer)
        except OSError:
            self.page = ""
        return self.page

    def _keep(self, answer: Any) -> None:
        with answer:
            self.url, self.page = answer.geturl(), answer.read().decode()
