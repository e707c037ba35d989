"""A draft as text: its TOML, and what is wrong in which line."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from store import Store, Work
from web.admin.regimes.checking import Checker
from web.admin.regimes.differences import differences, rows
from web.admin.regimes.editing import Opened, Stale, Unkept, beside_it, opened, save, stale
from web.admin.regimes.forms import TomlForm
from web.admin.regimes.values import plain
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _


def add_text_pages(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    """GET and POST /admin/regimes/drafts/ID/toml."""

    @blueprint.get("/admin/regimes/drafts/<draft_id>/toml")
    def regime_toml(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            found, answer = opened(work, draft_id), told(work, visitor().id)
        form = TomlForm(formdata=None, data={"toml": found.draft.text})
        return _toml_page(checker, found, form, answer=answer)

    @blueprint.post("/admin/regimes/drafts/<draft_id>/toml")
    def regime_save_toml(draft_id: str) -> ResponseReturnValue:
        form = TomlForm()
        text = f"{plain(form.toml.data or '').rstrip()}\n"

        def act(work: Work) -> Answer:
            found = opened(work, draft_id)
            stale(work, found.draft)
            save(work, found.draft, text)
            here = url_for("pages.admin.regime_toml", draft_id=draft_id)
            return Answer(here, "saved" if text != found.draft.text else "unchanged")

        try:
            return send_once(store, visitor().id, act)
        except Stale as late:
            given = {"late": late, "changed": differences(late.seen, late.draft.text)}
            given |= {"lines": rows(late.seen, late.draft.text), "mine": [], "same": True}
        except Unkept:
            form.refuse("toml", _("The text is not kept: 64 KiB and 4000 signs a line are the most"))
            given = {}
        with store.reading() as work:
            found = opened(work, draft_id)
        return _toml_page(checker, found, form, **given), 422


def _toml_page(checker: Checker, found: Opened, form: TomlForm, **given: Any) -> str:
    shown = beside_it(checker, found.draft)
    marked: dict[int, list[str]] = {}
    for fault in (fault for group in shown["groups"] for fault in group.faults):
        if fault.line:
            marked.setdefault(fault.line, []).append(fault.what)
    numbered = list(enumerate(found.draft.text.rstrip("\n").split("\n"), 1))
    return render_template("admin/regimes/toml.html", form=form, numbered=numbered, marked=marked, **shown, **given)
