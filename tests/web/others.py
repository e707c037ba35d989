"""Trying what belongs to somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlmodel import SQLModel, col
from werkzeug.routing import Rule

from codes.regimes import activate, preset
from settings import Settings
from store import Store
from store.audit import AuditEntry
from store.tokens import new_token
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.web.hostile import pages, parts
from wsgi import create_app


def india(settings: Settings, store: Store, clock: Clock) -> Flask:
    """The order of India: reviewers, papers and employers; with e-mail."""
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    return create_app(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"}), store)


def two_of_india(store: Store, clock: Clock) -> Counter:
    """A counter where two people with Indian documents are known."""
    found = Counter(store, clock)
    for place, number in enumerate((ANN, BOB)):
        found.introduce(number, name=f"Sharma Anita{'a' * place}", document=f"23412341234{6 + place}")
    return found


WISH: Final = MappingProxyType(
    {
        "address": "a@b.example",
        "lasting": "day",
        "act": "grant",
        "sure": "1",
        "number": "+79161119999",
        "worker": "1",
        "words": "yes",
        "grant-words": "yes",
        "choice": "1",
        "tail-tail": "9999",
        "purpose": "1",
        "outcome": "helped",
        "person": "1",
        "page": "1",
        "place": "0",
    }
)
"""Fields that a wish may need, whichever it is."""


@dataclass(frozen=True)
class Owner:
    """Somebody with what is theirs."""

    client: FlaskClient
    ids: Mapping[str, str]


def rules(app: Flask, blueprint: str) -> list[tuple[str, Rule, str]]:
    """Endpoint, rule and method of the pages of a blueprint that have an id in their address."""
    return [
        (endpoint, rule, method)
        for endpoint, rule, method, _ in pages(app)
        if endpoint.rpartition(".")[0] == blueprint and parts(rule)
    ]


def snapshot(store: Store) -> dict[str, int]:
    """How many rows each table has but for the audit, and the newest entry that is no refusal."""
    with store.reading() as work:
        counts = {
            name: work.count(select(func.count()).select_from(one))
            for name, one in SQLModel.metadata.tables.items()
            if name not in ("audit_entry", "sent_form", "look")
        }
        changed = func.max(AuditEntry.id).filter(col(AuditEntry.action).not_in(("page.refused", "desk.refused")))
        return counts | {"changed": hash(str(work.row(select(changed))))}


def asked(client: FlaskClient, url: str, method: str, token: str) -> Any:
    """What comes of a page with a form that has all that a wish may need."""
    fields = {"csrf_token": token, "once": new_token(), **WISH}
    answer = client.open(url, method=method, data=fields if method == "POST" else None)
    with answer:
        assert answer.data is not None
    return answer
