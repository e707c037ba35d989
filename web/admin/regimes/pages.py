"""Orders: what is in force, what is planned, what was, and drafts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from store import Store
from web.admin.regimes.checking import Checker
from web.admin.regimes.draft_pages import add_draft_pages
from web.admin.regimes.list_pages import add_list_pages
from web.admin.regimes.listing import listed
from web.admin.regimes.part_pages import add_part_pages
from web.admin.regimes.proposal_pages import add_proposal_pages
from web.admin.regimes.text_pages import add_text_pages
from web.admin.regimes.version_pages import add_version_pages
from web.admin.regimes.wording_pages import add_wording_pages
from web.once import told
from web.visitor import visitor


def add_regime_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /admin/regimes and all below it."""
    checker = Checker()

    @blueprint.get("/admin/regimes")
    def regimes() -> ResponseReturnValue:
        with store.reading() as work:
            return render_template("admin/regimes/list.html", answer=told(work, visitor().id), **listed(work))

    add_version_pages(blueprint, store)
    for add in (add_draft_pages, add_part_pages, add_list_pages, add_text_pages, add_wording_pages, add_proposal_pages):
        add(blueprint, store, checker)
