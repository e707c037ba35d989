"""The parts of a draft as forms: one for each group of keys, and one for each purpose, zone and so on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.orders.order_text import Unwritable, put, value_at
from codes.orders.order_text import document as read_document
from store import Store, Work
from web.admin.regimes.checking import Checker
from web.admin.regimes.differences import differences
from web.admin.regimes.editing import Opened, Stale, Unkept, beside_it, faults_of, opened, save, stale
from web.admin.regimes.findings import beside
from web.admin.regimes.forms import entries_form, look_of, told_faults, typed
from web.admin.regimes.parts import ITEMS, SINGLE, TITLES, item_title, items
from web.admin.regimes.shapes import LISTS, Entry, entries, item_entries
from web.admin.regimes.values import changes, shown
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _


@dataclass(frozen=True, slots=True)
class Page:
    """A page with a form over some of an order's values."""

    title: str
    here: str
    back: str
    entries: Callable[[Opened], list[Entry]]


def add_part_pages(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    """/admin/regimes/drafts/ID/parts/PART and .../lists/LIST/PLACE."""

    @blueprint.get("/admin/regimes/drafts/<draft_id>/parts/<part>")
    def regime_part(draft_id: str, part: str) -> ResponseReturnValue:
        return _show(store, checker, draft_id, lambda _found: _part(draft_id, part))

    @blueprint.post("/admin/regimes/drafts/<draft_id>/parts/<part>")
    def regime_save_part(draft_id: str, part: str) -> ResponseReturnValue:
        return _save(store, checker, draft_id, lambda _found: _part(draft_id, part))

    @blueprint.get("/admin/regimes/drafts/<draft_id>/lists/<part>/<int:place>")
    def regime_item(draft_id: str, part: str, place: int) -> ResponseReturnValue:
        return _show(store, checker, draft_id, lambda found: _item(found, part, place))

    @blueprint.post("/admin/regimes/drafts/<draft_id>/lists/<part>/<int:place>")
    def regime_save_item(draft_id: str, part: str, place: int) -> ResponseReturnValue:
        return _save(store, checker, draft_id, lambda found: _item(found, part, place))


def _part(draft_id: str, part: str) -> Page:
    if part not in SINGLE:
        abort(404)
    here = url_for("pages.admin.regime_part", draft_id=draft_id, part=part)
    back = url_for("pages.admin.regime_draft", draft_id=draft_id)
    return Page(_(TITLES[part]), here, back, lambda found: entries(found.values, SINGLE[part]))


def _item(found: Opened, part: str, place: int) -> Page:
    if part not in LISTS:
        abort(404)
    known = items(found.values, part)
    if found.document is not None and not (place < len(known) and isinstance(known[place], dict)):
        abort(404)
    title = item_title(value_at(found.values, (part, place)), part, place)
    here = url_for("pages.admin.regime_item", draft_id=found.draft.id, part=part, place=place)
    back = url_for("pages.admin.regime_list", draft_id=found.draft.id, part=part)
    return Page(f"{_(ITEMS[part])}: {title}", here, back, lambda now: item_entries(now.values, part, place))


def _show(store: Store, checker: Checker, draft_id: str, page_of: Callable[[Opened], Page]) -> ResponseReturnValue:
    with store.reading() as work:
        found, answer = opened(work, draft_id), told(work, visitor().id)
    if away := elsewhere(found):
        return away
    page = page_of(found)
    wanted = page.entries(found)
    form = entries_form(wanted, found.values, sent=False)
    beside_form = beside_it(checker, found.draft)
    by_name, above = beside(faults_of(beside_form, found.draft.text), wanted, found.values)
    told_faults(form, by_name)
    return _rendered(page, found, form, wanted, above=above, answer=answer, **beside_form)


def elsewhere(found: Opened) -> ResponseReturnValue | None:
    """Where a draft that can't be edited by form leads: to its text where that is no TOML, else to its page."""
    if found.draft.ended:
        return redirect(url_for("pages.admin.regime_draft", draft_id=found.draft.id))
    return None if found.document is not None else redirect(url_for("pages.admin.regime_toml", draft_id=found.draft.id))


def _save(store: Store, checker: Checker, draft_id: str, page_of: Callable[[Opened], Page]) -> ResponseReturnValue:
    with store.reading() as work:
        found = opened(work, draft_id)
    if away := elsewhere(found):
        return away
    page = page_of(found)
    wanted = page.entries(found)
    form = entries_form(wanted, found.values, sent=True)

    def act(work: Work) -> Answer:
        now = opened(work, draft_id)
        stale(work, now.draft)
        text = put(now.draft.text, changes(wanted, now.values, typed(form, wanted)))
        save(work, now.draft, text)
        return Answer(page.here, "saved" if text != now.draft.text else "unchanged")

    try:
        return send_once(store, visitor().id, act)
    except Stale as late:
        return _conflict(checker, page, late, form), 422
    except (Unwritable, Unkept):
        above = [_("This can't be written by the form: it is too much, or the text is arranged unusually. Use TOML.")]
        return _rendered(page, found, form, wanted, above=above, **beside_it(checker, found.draft)), 422


def _conflict(checker: Checker, page: Page, late: Stale, form: Any) -> str:
    """What somebody else changed meanwhile, and what was typed, to be saved onto it."""
    now = Opened(late.draft, read_document(late.draft.text))
    before = read_document(late.seen) or {}
    wanted = page.entries(now)
    sent = typed(form, [entry for entry in wanted if entry.name in form])
    mine = changes([entry for entry in wanted if entry.name in sent], before, sent)
    same = _same_item(wanted, before, now.values)
    data = {entry.name: sent[entry.name] if entry.path in mine else shown(entry, now.values) for entry in wanted}
    merged = type(form)(formdata=None, data=data) if all(entry.name in form for entry in wanted) else form
    told_mine = [(form[entry.name].label.text, sent[entry.name]) for entry in wanted if entry.path in mine]
    given = {"late": late, "changed": differences(late.seen, late.draft.text), "mine": told_mine, "same": same}
    return _rendered(page, now, merged, wanted, above=[], **given, **beside_it(checker, now.draft))


def _same_item(wanted: list[Entry], before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the place in a list still holds what was edited there."""
    if not wanted or len(wanted[0].path) <= len(("list", 0)):
        return True
    part, place = str(wanted[0].path[0]), int(wanted[0].path[1])
    old, new = (value_at(document, (part, place)) for document in (before, now))
    return item_title(old, part, place) == item_title(new, part, place)


def _rendered(page: Page, found: Opened, form: Any, wanted: list[Entry], **given: Any) -> str:
    fields = [(entry.name, look_of(entry, found.values)) for entry in wanted]
    return render_template("admin/regimes/edit.html", page=page, form=form, fields=fields, **given)
