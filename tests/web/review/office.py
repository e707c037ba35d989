"""Applicants, papers that are read at once, and reviewers who press what their pages show."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from codes.outcomes import Referral
from papers.keeping import PaperKeeper
from store.blobs import BlobStore
from tests.codes.counter import ANN, Counter
from tests.papers.hand import Applicant

WEDDING, HOME, OTHER = 3, 4, 6
"""Purposes of the Indian order: with a paper that must be, with two reviewers, with one and a paper that may be."""
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_FORM = re.compile(r'<form method="post" action="([^"]+)"(.*?)</form>', re.DOTALL)


@dataclass(frozen=True)
class Office:
    """Where applications come in."""

    counter: Counter
    blobs: BlobStore
    keeper: PaperKeeper

    def applies(self, purpose: int = OTHER, phone: str = ANN) -> Applicant:
        answer = self.counter.ask(phone, purpose, reason="exam", destination="Kochi")
        assert isinstance(answer, Referral)
        return Applicant(self.counter, self.blobs, self.counter.who(phone).phone.id, answer.application)

    def applies_with_paper(self, purpose: int = WEDDING, phone: str = ANN) -> Applicant:
        applicant = self.applies(purpose, phone)
        self.keeper.keep(str(applicant.adds()))
        return applicant


@dataclass(frozen=True)
class Reviewer:
    """Somebody at the reviewers' pages."""

    client: FlaskClient

    def opens(self, number: str) -> TestResponse:
        return self.client.get(f"/review/applications/{number}")

    def takes(self, number: str) -> TestResponse:
        return self.presses(f"/review/applications/{number}", "/take")

    def decides(self, number: str, act: str, words: str = "") -> TestResponse:
        """Through the page that shows what goes out, to the end."""
        url = f"/review/applications/{number}/decide"
        fields = {f"{act}-words": words} if words else {}
        page = self.presses(f"/review/applications/{number}", "/decide", act=act, **fields)
        if page.status_code != 200 or 'name="sure"' not in page.text:
            return page
        return self.client.post(url, data={**sent_by(page, "/decide"), "sure": "1"}, follow_redirects=True)

    def presses(self, page: str, ending: str, **fields: str) -> TestResponse:
        """Sends the form of a page whose address ends so, with these fields."""
        shown = self.client.get(page)
        action = next(action for action, _ in _FORM.findall(shown.text) if action.endswith(ending))
        return self.client.post(unescape(action), data={**sent_by(shown, ending), **fields}, follow_redirects=True)


def sent_by(page: TestResponse, ending: str) -> dict[str, Any]:
    """The hidden fields of the form whose address ends so."""
    body = next(body for action, body in _FORM.findall(page.text) if action.endswith(ending))
    return {name: unescape(value) for name, value in _HIDDEN.findall(body)}


def upload(client: FlaskClient, number: str, content: bytes, name: str = "card.jpg") -> TestResponse:
    """Adds a paper on the applicant's page, as a browser sends it."""
    fields = sent_by(client.get(f"/applications/{number}/papers"), "/papers")
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [f"{head.format(key)}\r\n\r\n{value}".encode() for key, value in fields.items()]
    parts.append(f'{head.format("paper")}; filename="{name}"\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + content)
    body = b"".join(b"--line\r\n" + part + b"\r\n" for part in parts) + b"--line--\r\n"
    kind = "multipart/form-data; boundary=line"
    return client.post(f"/applications/{number}/papers", data=body, content_type=kind)
