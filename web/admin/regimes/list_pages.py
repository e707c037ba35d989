"""The lists of a draft: purposes, zones and so on: add one, put it elsewhere, take it out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.orders.order_text import Unwritable, add_item, move_item, remove_item
from store import Store, Work
from web.admin.regimes.checking import Checker
from web.admin.regimes.differences import differences
from web.admin.regimes.editing import Opened, Stale, Unkept, beside_it, opened, save, stale
from web.admin.regimes.part_pages import elsewhere
from web.admin.regimes.parts import ITEMS, TITLES, item_title, items
from web.admin.regimes.shapes import LISTS
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

_NEW: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "purposes": {"number": 1, "name": {}, "validity": {"minutes": 60}},
        "zones": {"key": "", "name": {}},
        "no_pass_needed": {"name": {}},
        "exempt": {"name": {}},
        "grammars": {"head": "", "places": []},
        "examples": {"text": "", "meaning": ""},
    }
)
"""What a new one begins as; proof-reading says what is missing."""


def add_list_pages(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    """/admin/regimes/drafts/ID/lists/LIST, and what can be done to it."""

    @blueprint.get("/admin/regimes/drafts/<draft_id>/lists/<part>")
    def regime_list(draft_id: str, part: str) -> ResponseReturnValue:
        with store.reading() as work:
            found, answer = opened(work, draft_id), told(work, visitor().id)
        return elsewhere(found) or _page(checker, found, _known(part), answer=answer)

    @blueprint.post("/admin/regimes/drafts/<draft_id>/lists/<part>/add")
    def regime_add(draft_id: str, part: str) -> ResponseReturnValue:
        def change(found: Opened) -> tuple[str, str]:
            place = len(items(found.values, part))
            here = url_for("pages.admin.regime_item", draft_id=draft_id, part=part, place=place)
            return add_item(found.draft.text, _known(part), _new(found, part)), here

        return _changed(store, checker, draft_id, part, change)

    @blueprint.post("/admin/regimes/drafts/<draft_id>/lists/<part>/<int:place>/move")
    def regime_move(draft_id: str, part: str, place: int) -> ResponseReturnValue:
        to = place - 1 if request.form.get("to") == "up" else place + 1
        if to < 0:
            abort(400)

        def change(found: Opened) -> tuple[str, str]:
            return move_item(found.draft.text, _known(part), place, to), _list_url(draft_id, part)

        return _changed(store, checker, draft_id, part, change)

    @blueprint.post("/admin/regimes/drafts/<draft_id>/lists/<part>/<int:place>/remove")
    def regime_remove(draft_id: str, part: str, place: int) -> ResponseReturnValue:
        def change(found: Opened) -> tuple[str, str]:
            return remove_item(found.draft.text, _known(part), place), _list_url(draft_id, part)

        return _changed(store, checker, draft_id, part, change)


def _changed(
    store: Store, checker: Checker, draft_id: str, part: str, change: Callable[[Opened], tuple[str, str]]
) -> ResponseReturnValue:
    """Changes the list of a draft as it was seen, and leads on."""

    def act(work: Work) -> Answer:
        found = opened(work, draft_id)
        stale(work, found.draft)
        text, to = change(found)
        save(work, found.draft, text)
        return Answer(to, "saved")

    try:
        return send_once(store, visitor().id, act)
    except Stale as overtaken:
        late, trouble, changed = overtaken, "", differences(overtaken.seen, overtaken.draft.text)
    except (Unwritable, Unkept):
        late, changed = None, []
        trouble = _("This can't be written by the form: it is too much, or the text is arranged unusually. Use TOML.")
    with store.reading() as work:
        found = opened(work, draft_id)
    return elsewhere(found) or (
        _page(checker, found, _known(part), late=late, changed=changed, trouble=trouble),
        422,
    )


def _known(part: str) -> str:
    return part if part in LISTS else abort(404)


def _list_url(draft_id: str, part: str) -> str:
    return url_for("pages.admin.regime_list", draft_id=draft_id, part=part)


def _new(found: Opened, part: str) -> dict[str, Any]:
    known = items(found.values, part)
    new = dict(_NEW[part])
    if part == "purposes":
        taken = {item.get("number") for item in known if isinstance(item, dict)}
        new["number"] = next(number for number in range(1, len(known) + 2) if number not in taken)
    return new


def _page(checker: Checker, found: Opened, part: str, **given: Any) -> str:
    known = items(found.values, part)
    shown = [(item_title(item, part, place), isinstance(item, dict)) for place, item in enumerate(known)]
    head = {"part": part, "title": _(TITLES[part]), "one": _(ITEMS[part]), "items": shown}
    return render_template("admin/regimes/items.html", **head, **given, **beside_it(checker, found.draft))
