"""Sending the forms of a page as a browser does."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"')
_FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.DOTALL)
_CSRF = re.compile(r'<input id="csrf_token" name="csrf_token" type="hidden" value="(?P<value>[^"]+)"')


def form_of(client: FlaskClient, page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form on `page` whose action ends in `action`."""
    html = client.get(page, follow_redirects=True).text
    for found in _FORM.finditer(html):
        if action in found["head"] or (not action and "action=" not in found["head"]):
            fields = {one["name"]: unescape(one["value"]) for one in _HIDDEN.finditer(found["body"])}
            token = _CSRF.search(found["body"])
            return {**fields, **({"csrf_token": unescape(token["value"])} if token else {})}
    raise AssertionError(f"{page} has no form to {action!r}")


def press(client: FlaskClient, page: str, action: str, **fields: object) -> TestResponse:
    """Sends that form with `fields` beside its own; goes where it leads."""
    return client.post(action or page, data={**form_of(client, page, action), **fields}, follow_redirects=True)


def upload(client: FlaskClient, page: str, content: bytes) -> TestResponse:
    """Sends a file with the form of the page."""
    told = [(f'name="{name}"', value.encode()) for name, value in form_of(client, page, "multipart").items()]
    parts = [*told, ('name="sheet"; filename="workers.csv"', content)]
    body = b"".join(
        b"--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (one.encode(), value) for one, value in parts
    )
    kind = "multipart/form-data; boundary=b"
    return client.post(page, data=body + b"--b--\r\n", content_type=kind, follow_redirects=True)
