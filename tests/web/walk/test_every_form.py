"""Every form that a page of the town shows, sent as nobody should: fields left out, twice, hostile, huge.

Real ids stand behind. No fault comes of it, what is written is in the audit, and what must hold of the store holds.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from codes.invariants import broken
from settings import Settings
from store import Store
from store.audit import AuditEntry
from store.tokens import new_token
from tests.clock import Clock
from tests.web.browsing import Site
from tests.web.hostile import VALUES, pages
from tests.web.others import snapshot
from tests.web.people import Staff
from tests.web.reading import csrf
from tests.web.walk.town import Town
from tests.web.walk.visitors import Form, client_for, forms_of, unseen_form, walked

pytestmark = [pytest.mark.parametrize("database_url", ["sqlite"], indirect=True), pytest.mark.timeout(400)]

FAULT: Final = 500
ROUNDS: Final = 3
TOKENS: Final = frozenset({"csrf_token", "once"})
LAST: Final = ("sign-out", "/close", "/delete", "/reset", "/leave")
"""What ends something for those who come after is sent after all others."""
QUIET: Final = frozenset(
    {"staff_session", "citizen_session", "taking", "application_draft", "case_draft", "public_checks"}
)
"""Tables in which something comes and goes without an entry in the audit."""
HUGE: Final = "я" * 60_000
FORM: Final = "application/x-www-form-urlencoded"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With e-mail."""
    return settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"})


@pytest.fixture
def town(app: Flask, settings: Settings, store: Store, clock: Clock, staff: Staff) -> Town:
    return Town(Site("https://pass.example", app, store), Path(settings.blobs_dir), clock, staff).fill()


class Forms:
    """Each form once, those that end something last; said in few words where a test fails."""

    def __init__(self, forms: list[Form]) -> None:
        self.all = forms


SCRIPTS: Final = frozenset(
    {
        *("pages.passkeys.add", "pages.passkeys.ask", "pages.passkeys.enter", "pages.passkeys.offer"),
        *("pages.police.ask", "pages.police.enter", "pages.police.hand_in", "pages.police.look", "pages.q.check"),
        *(
            "pages.patient.fixes",
            "pages.patient.begin_check",
            "pages.patient.send_photo",
            "pages.patient.hand_in_check",
        ),
    }
)
"""Sent JSON by scripts, tried with the hostile pages."""


@pytest.fixture
def forms(app: Flask, town: Town) -> Forms:
    """Those that a page shows, and for what none shows just now, one with all that may be asked."""
    found = {
        (form.who, form.action, form.names): form
        for who, _, address, html in walked(town)
        for form in forms_of(who, address, html)
    }
    adapter = app.url_map.bind("pass.example")
    shown = {adapter.match(form.action.partition("?")[0], method="POST")[0] for form in found.values()}
    unseen = [
        unseen_form(town, endpoint, rule)
        for endpoint, rule, method, _ in pages(app)
        if method == "POST" and endpoint not in shown | SCRIPTS
    ]
    assert len(found) > 80 and len(unseen) < len(found) / 2
    return Forms(sorted((*found.values(), *unseen), key=lambda one: (_ends(one), not set(one.names) - TOKENS)))


def _ends(form: Form) -> bool:
    return form.action.partition("?")[0].endswith(LAST)


class Sender:
    """Sends forms as those who were shown them."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._known: dict[str, tuple[FlaskClient, str]] = {}

    def send(self, form: Form, fields: list[tuple[str, str]]) -> int:
        """The status that is answered."""
        client, token = self._client(form.who)
        told = [("csrf_token", token), ("once", new_token()), *fields]
        body = "&".join(f"{quote(name)}={quote(value.encode(errors='surrogatepass'))}" for name, value in told)
        with client.post(form.action, data=body, content_type=FORM) as answer:
            assert answer.data is not None
            if "/sign-in" in answer.headers.get("Location", "") or "/enter" in answer.headers.get("Location", ""):
                self._known.pop(form.who)  # the session ended: the next form comes from a new one
            return answer.status_code

    def _client(self, who: str) -> tuple[FlaskClient, str]:
        if who not in self._known:
            client = client_for(self._town, who)
            self._known[who] = client, csrf(client, "/police" if who == "officer" else "/")
        return self._known[who]


def spoilt(random: Random, form: Form) -> Iterator[tuple[str, str]]:
    """The fields of a form, some left out, some twice, most with other values."""
    values = list(VALUES.values())
    own = [pair for pair in form.fields if pair[0] not in TOKENS]
    huge = random.randrange(40) == 0
    for name, value in own:
        turn = random.randrange(8)
        if turn == 0:
            continue
        if turn in (1, 2):
            yield name, value
        if turn > 1:
            bad = HUGE if huge else random.choice(values)[:4000]
            yield name, bad if random.randrange(50) == 0 else bad.replace("\0", "")
            huge = False
    if random.randrange(10) == 0:
        yield (
            random.choice(["__proto__", "x" * 3000, "act", "sure", "[]"]),
            random.choice(values)[:500].replace("\0", ""),
        )


def entries(store: Store) -> int:
    """How many the audit has."""
    with store.reading() as work:
        return work.count(select(func.count()).select_from(AuditEntry))


def rules_broken(store: Store) -> set[str]:
    """What must hold of a store and does not: the town's days of figures have nothing that stands behind them."""
    with store.reading() as work:
        return {line.partition(":")[0] for line in broken(work)}


@given(seed=st.integers(0, 2**32))
@hypothesis_settings(
    max_examples=ROUNDS,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_form_makes_a_fault_or_changes_anything_unseen(town: Town, forms: Forms, seed: int) -> None:
    random = Random(seed)
    sender, store, troubles = Sender(town), town.site.store, list[tuple[str, str, str]]()
    before, noted, unsound = snapshot(store), entries(store), rules_broken(store)
    for form in forms.all:
        fields = list(spoilt(random, form))
        status = sender.send(form, fields)
        after = snapshot(store)
        changed = {name for name in after if after[name] != before[name]} - QUIET - {"changed"}
        noted, known = entries(store), noted
        if status >= FAULT:
            troubles.append((form.who, form.action, f"{status}: {str(fields)[:300]}"))
        if changed and noted == known:
            troubles.append((form.who, form.action, f"{status}: no entry for {changed}"))
        before = after

    assert troubles == []
    assert rules_broken(store) == unsound
