"""What every page of a draft needs: the draft, its values, and what is to be put right in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request

from codes.orders.drafting import Draft, find_draft, save_draft, text_of
from codes.orders.order_text import document as read_document
from codes.orders.order_text import excess
from language.proofreading.reading import read
from store import Work
from web.admin.regimes.checking import Checked, Checker
from web.admin.regimes.findings import counts, grouped
from web.admin.regimes.shapes import Document
from web.fragments import tag_of
from web.visitor import visitor

SEEN = "seen"
"""The field of every form of a draft: the revision it was shown of."""
CHECK_S = 2


class Stale(Exception):
    """Somebody saved the draft since this form was shown: `seen` is the text it was shown of."""

    def __init__(self, draft: Draft, seen: str) -> None:
        super().__init__(draft.id)
        self.draft = draft
        self.seen = seen


class Unkept(Exception):
    """The text is too much to be kept."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with its values; `document` is None where its text is not TOML."""

    draft: Draft
    document: Document | None

    @property
    def values(self) -> Document:
        """Its values, as far as there are any."""
        return self.document or {}


def opened(work: Work, draft_id: str) -> Opened:
    """The draft of this id, or 404."""
    draft = find_draft(work, draft_id) or abort(404)
    return Opened(draft, read_document(draft.text))


def revision_seen() -> int:
    """What the form was shown of, or 400."""
    written = request.form.get(SEEN, "")
    if not (written.isascii() and written.isdigit() and len(written) < len("1000000000")):
        abort(400)
    return int(written)


def save(work: Work, draft: Draft, text: str) -> None:
    """Keeps the text, written onto what was seen; raises Stale, Unkept."""
    if excess(text):
        raise Unkept
    if text != draft.text and not save_draft(work, draft.id, draft.revision, text, visitor().id):
        abort(404)


def stale(work: Work, draft: Draft) -> None:
    """Raises Stale where this form was not shown of the newest text."""
    seen = revision_seen()
    if seen != draft.revision:
        raise Stale(draft, text_of(work, draft.id, seen) or abort(400))


def beside_it(checker: Checker, draft: Draft, patience_s: float | None = None) -> dict[str, Any]:
    """What templates show of proof-reading: `check` (None while it goes on), its groups, how many in each part."""
    found = checker.ask(draft.text) if patience_s is None else checker.ask(draft.text, patience_s)
    return {"draft": draft, **_shown(found, draft)}


def _shown(found: Checked | None, draft: Draft) -> dict[str, Any]:
    if found is None:
        return {"check": None, "groups": [], "in_parts": {}, "check_tag": tag_of("goes on"), "check_every": CHECK_S}
    return {
        "check": found,
        "groups": grouped(found, draft.id, draft.text),
        "in_parts": counts(found, draft.text),
        "check_tag": tag_of(draft.text),
        "check_every": CHECK_S,
    }


def shape_faults(text: str) -> list[Any]:
    """What keeps a text from being an order at all: found at once, without reading any sentence."""
    found = read(text)
    return found if isinstance(found, list) else []


def faults_of(shown: Mapping[str, Any], text: str) -> list[Any]:
    """Everything that was found; while proof-reading goes on, what is found at once."""
    return shown["check"].all if shown["check"] else shape_faults(text)
