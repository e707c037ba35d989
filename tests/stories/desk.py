"""An agent at the desk as stories see them: a telephone, a browser without scripts, and what is on the page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Self

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from telephony.simulator.carrier import Handset
from tests.web.people import Person
from tests.web.reading import words

_FORM = re.compile(r'<form method="post" action="([^"]+)".*?</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as the browser would send it."""

    url: str
    fields: Mapping[str, str]


@dataclass
class AgentAtDesk:
    """Who sits at the desk, with the page they see."""

    person: Person
    handset: Handset | None
    client: FlaskClient
    page: TestResponse | None = None

    def opens(self, url: str) -> Self:
        """Looks at a page, led on where it leads."""
        self.page = self.client.get(url, follow_redirects=True)
        return self

    def fills(self, action: str, place: int = 0, **typed: str) -> Filled:
        """The `place`-th form of the page whose address ends with `action`; ``tail_tail`` is the field tail-tail."""
        assert self.page is not None
        forms = [found for found in _FORM.finditer(self.page.text) if found[1].endswith(action)]
        assert len(forms) > place, f"no form {action} on the page: {self.reads}"
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(forms[place][0])}
        return Filled(
            unescape(forms[place][1]), hidden | {name.replace("_", "-"): text for name, text in typed.items()}
        )

    def sends(self, action: str, place: int = 0, **typed: str) -> Self:
        """Fills in such a form and sends it; what it leads to is the page from now on."""
        return self.submits(self.fills(action, place, **typed))

    def submits(self, filled: Filled) -> Self:
        """Sends a form, maybe once more."""
        self.page = self.client.post(filled.url, data=dict(filled.fields), follow_redirects=True)
        return self

    @property
    def telephone(self) -> Handset:
        """The one beside them."""
        assert self.handset is not None
        return self.handset

    @property
    def html(self) -> str:
        """The page as it came."""
        assert self.page is not None
        return self.page.text

    @property
    def status(self) -> int:
        """Of the page."""
        assert self.page is not None
        return self.page.status_code

    @property
    def reads(self) -> str:
        """The words of the page."""
        assert self.page is not None
        return words(self.page)
