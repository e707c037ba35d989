"""Orders: what is in force, what is planned, what was, and drafts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from store import Store
from web.admin.regimes.listing import listed


def add_regime_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /admin/regimes and all below it."""

    @blueprint.get("/admin/regimes")
    def regimes() -> ResponseReturnValue:
        with store.reading() as work:
            return render_template("admin/regimes/list.html", **listed(work))
