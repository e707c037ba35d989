"""A draft: begin one, see it whole with what is to be put right, its text, throw it away."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row
from wtforms import SelectChoice

from codes.orders.drafting import TooMany, UnknownOrigin, discard_draft, earlier_texts, origin_text, start_draft
from codes.orders.order_text import LONGEST, excess
from codes.orders.proposing import proposals_of
from codes.regimes import history, preset_names
from store import Store, Work
from web.admin.regimes.checking import Checker
from web.admin.regimes.editing import beside_it, opened
from web.admin.regimes.forms import StartForm
from web.admin.regimes.parts import TITLES, items
from web.admin.regimes.saying import moment_words, origin_words, proposal_shown
from web.admin.regimes.shapes import LISTS
from web.admin.regimes.values import plain
from web.fragments import fragment
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

FILE = "file"


def add_draft_pages(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    """/admin/regimes/start, /admin/regimes/drafts/ID, its text to take along, its check, its end."""
    _add_start(blueprint, store)

    @blueprint.get("/admin/regimes/drafts/<draft_id>")
    def regime_draft(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            given = _draft_page(work, draft_id)
        return render_template("admin/regimes/draft.html", **given | beside_it(checker, given["draft"]))

    @blueprint.get("/admin/regimes/drafts/<draft_id>/check")
    def regime_check(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            draft = opened(work, draft_id).draft
        shown = beside_it(checker, draft, 0)
        return fragment("admin/regimes/check.html", shown["check_tag"], **shown)

    @blueprint.get("/admin/regimes/drafts/<draft_id>/order.toml")
    def regime_draft_file(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            draft = opened(work, draft_id).draft
        return as_file(draft.text, draft.name)

    @blueprint.post("/admin/regimes/drafts/<draft_id>/discard")
    def regime_discard(draft_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            done = discard_draft(work, draft_id, visitor().id)
            return Answer(url_for("pages.admin.regimes"), "discarded" if done else "ended_before")

        return send_once(store, visitor().id, act)


def as_file(text: str, name: str) -> Response:
    """An order's text to be saved; a browser never shows it as a page."""
    answer = make_response(text)
    answer.mimetype = "text/plain"
    safe = "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "-_")) or "order"
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe}.toml"'
    return answer


def _add_start(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/admin/regimes/start")
    def regime_start() -> ResponseReturnValue:
        with store.reading() as work:
            form = _start_form(work, formdata=None)
        form.origin.data = request.args.get("from", form.origin.choices[0].value)
        return render_template("admin/regimes/start.html", form=form)

    @blueprint.post("/admin/regimes/start", endpoint="regime_begin")
    def begin() -> ResponseReturnValue:
        with store.reading() as work:
            form = _start_form(work)
            text = _start_text(work, form) if form.validate() else None
        if text is None:
            return render_template("admin/regimes/start.html", form=form), 422

        def act(work: Work) -> Answer:
            draft_id = start_draft(work, text, form.origin.data, visitor().id)
            return Answer(url_for("pages.admin.regime_draft", draft_id=draft_id), "started")

        try:
            return send_once(store, visitor().id, act)
        except TooMany:
            form.refuse("origin", _("So many drafts are open that one must be thrown away first"))
            return render_template("admin/regimes/start.html", form=form), 422


def _start_form(work: Work, **given: Any) -> StartForm:
    form = StartForm(**given)
    versions = history(work)
    begun = next((one.id for one in versions if one.starts_at <= work.now), None)
    ordered = sorted(versions, key=lambda one: one.id != begun)
    origins = [f"version:{one.id}" for one in ordered] + [f"preset:{name}" for name in preset_names()] + [FILE]
    names = {f"version:{one.id}": one.name for one in versions}
    form.origin.choices = [SelectChoice(origin, origin_words(origin, names, begun)) for origin in origins]
    return form


def _start_text(work: Work, form: StartForm) -> str | None:
    """What the draft begins as; None where something is wrong with it, which the form tells."""
    if form.origin.data != FILE:
        try:
            return origin_text(work, form.origin.data)
        except UnknownOrigin:
            abort(404)
    sent = form.file.data
    if not sent or not getattr(sent, "filename", ""):
        form.refuse("file", _("Choose a file"))
        return None
    try:
        text = plain(sent.stream.read(LONGEST + 1).decode("utf-8-sig"))
    except UnicodeDecodeError:
        form.refuse("file", _("The file is not in UTF-8: save it as UTF-8 text"))
        return None
    if excess(text) or not text.strip():
        form.refuse("file", _("This is no order: it is empty, longer than 64 KiB, or no text"))
        return None
    return text


def _draft_page(work: Work, draft_id: str) -> dict[str, Any]:
    found = opened(work, draft_id)
    values = found.values
    return {
        "answer": told(work, visitor().id),
        "draft": found.draft,
        "readable": found.document is not None,
        "origin": origin_words(found.draft.origin, {}, None),
        "saved": moment_words(work, found.draft.saved_at),
        "lists_of_it": LISTS,
        "compared": next((f"version:{one.id}" for one in history(work) if one.starts_at <= work.now), ""),
        "parts_of_it": [(name, _(title), len(items(values, name))) for name, title in TITLES.items()],
        "earlier": [_earlier(work, one) for one in earlier_texts(work, found.draft)],
        "proposals": [proposal_shown(work, one) for one in proposals_of(work, draft_id)],
    }


def _earlier(work: Work, text: Row[Any]) -> dict[str, Any]:
    return {"revision": text.revision, "saved": moment_words(work, text.saved_at), "saved_by": text.saved_by}
