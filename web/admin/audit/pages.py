"""Searching the audit, and who looked at whom; each search is itself an entry."""

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from codes.regime import Regime
from codes.regimes import in_force
from store import Store, Work
from store.audit import LOOKED_AT
from store.audit_search import Found, Sought, actions, entry_in_chain, looks_by_actor, related, search
from store.patience import take_time
from web.admin.audit.actions import action_words
from web.admin.audit.forms import EntriesForm, WhoForm
from web.admin.audit.wording import where_words, why_words
from web.sheets import csv_answer
from web.visitor import visitor
from web.words import _

PAGE, SHEET_PAGE = 50, 1000
MOST_LINES = 50_000
"""Of a sheet; then it says that it is cut."""
_MOST_SEARCHES = 200
"""Steps of a sheet: with few hits each reads many entries."""
_MOST_LOOKERS = 20
_RELATED = 10
_ID = re.compile(r"[0-9a-f]{1,24}")


def add_audit_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /admin/audit and /admin/looks, GET /admin/audit.csv, /admin/looks.csv and /admin/audit/ID.

    What is looked for is sent by POST and led on, so that what is no id never comes to stand in an address.
    """
    for name, looks in (("audit", False), ("looks", True)):
        _add_search(blueprint, store, name, looks=looks)

    @blueprint.get("/admin/audit/<entry_id>", endpoint="audit_entry")
    def entry(entry_id: str) -> ResponseReturnValue:
        with store.work() as work:
            take_time(work.connection)
            placed = entry_in_chain(work, entry_id) or abort(404)
            regime = in_force(work).regime
            others = [_shown(row, regime) for row in related(work, placed.entry, _RELATED)]
            work.audit(visitor().actor, "audit.entry_seen", entry_id)
        details = json.loads(placed.entry.details)
        shown = {"entry": _shown(placed.entry, regime), "placed": placed, "details": details, "others": others}
        return render_template("admin/audit/entry.html", **shown)


def _add_search(blueprint: Blueprint, store: Store, name: str, *, looks: bool) -> None:
    @blueprint.post(f"/admin/{name}", endpoint=f"{name}_ask")
    def ask() -> ResponseReturnValue:
        with store.reading() as work:
            form, regime = _form(work, looks=looks, asked=True)
        if form.errors:
            return _page(name, form, None, regime), 422
        return redirect(url_for(f"pages.admin.{name}", **form.kept()), 303)

    @blueprint.get(f"/admin/{name}", endpoint=name)
    def show() -> ResponseReturnValue:
        before = request.args.get("before", "")
        with store.work() as work:
            form, regime = _form(work, looks=looks)
            if form.errors:
                return _page(name, form, None, regime), 422
            sought = form.sought(regime.zone, LOOKED_AT if looks else None)
            found = search(work, sought, PAGE, before if _ID.fullmatch(before) else None)
            most = looks_by_actor(work, sought.since, sought.until, _MOST_LOOKERS) if looks else ()
            work.audit(visitor().actor, "audit.searched", name, form.kept())
        return _page(name, form, found, regime, paged=bool(before), most=most)

    @blueprint.get(f"/admin/{name}.csv", endpoint=f"{name}_sheet")
    def sheet() -> ResponseReturnValue:
        with store.work() as work:
            form, regime = _form(work, looks=looks)
            if form.errors:
                abort(400)
            sought = form.sought(regime.zone, LOOKED_AT if looks else None)
            work.audit(visitor().actor, "audit.exported", name, form.kept())
        head = [_("Id"), _("Moment"), _("By whom"), _("What was done"), _("To what or whom"), _("Details")]
        return csv_answer(f"{name}.csv", head, audit_lines(store, sought, _("Cut here: choose fewer days")))


def _form(work: Work, *, looks: bool, asked: bool = False) -> tuple[WhoForm, Regime]:
    regime = in_force(work).regime
    today = work.now.astimezone(regime.zone).date()
    take_time(work.connection)
    data = request.form if asked else None
    if looks:
        form: WhoForm = WhoForm(today, data)
    else:
        since, until = WhoForm(today, data).span(regime.zone)
        form = EntriesForm(today, actions(work, since, until), data)
    form.validate()
    return form, regime


def _page(name: str, form: WhoForm, found: Found | None, regime: Regime, *, paged: bool = False, most: Any = ()) -> str:
    kept = form.kept()
    onward = url_for(f"pages.admin.{name}", **{**kept, "before": found.onward}) if found and found.onward else None
    return render_template(
        f"admin/audit/{name}.html",
        form=form,
        entries=[_shown(row, regime) for row in found.entries] if found else (),
        asked=found is not None,
        onward=onward,
        searched_to=_moment(found.searched_to, regime) if found and found.searched_to else None,
        paged=paged,
        kept=kept,
        most=most,
    )


def _shown(row: Row[Any], regime: Regime) -> dict[str, Any]:
    details = json.loads(row.details)
    return {
        "id": row.id,
        "at": _moment(row.at, regime),
        "actor": row.actor,
        "action": row.action,
        "words": action_words(row.action),
        "subject": row.subject,
        "why": why_words(details.get("why", "")),
        "where": where_words(details.get("at", "")),
    }


def _moment(moment: Any, regime: Regime) -> str:
    """With seconds: entries are compared."""
    return f"{moment.astimezone(regime.zone):%d.%m.%Y %H:%M:%S}"


def audit_lines(store: Store, sought: Sought, cut: str, most: int = MOST_LINES) -> Iterator[tuple[Any, ...]]:
    """The lines of a sheet, `most` or some more, then `cut`; each step is a short read of its own."""
    before: str | None = None
    lines = 0
    for _step in range(_MOST_SEARCHES):
        with store.reading() as work:
            take_time(work.connection)
            found = search(work, sought, min(SHEET_PAGE, most), before)
        for row in found.entries:
            yield row.id, row.at, row.actor, row.action, row.subject, row.details
        lines += len(found.entries)
        before = found.onward
        if before is None:
            return
        if lines >= most:
            break
    yield (cut,)
