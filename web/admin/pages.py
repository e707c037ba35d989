"""The administrators' pages: one blueprint, and a folder or file for each part that adds its own."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from store import Store
from web.admin.audit.pages import add_audit_pages
from web.admin.costs.pages import add_cost_pages
from web.admin.figures.pages import add_figure_pages
from web.admin.messages.pages import add_message_pages
from web.admin.officers.pages import add_officer_admin_pages
from web.admin.regimes.pages import add_regime_pages
from web.admin.staff.pages import add_staff_account_pages
from web.once import sent_before
from web.tariff import Tariff
from web.visitor import visitor

_PARTS = (
    add_regime_pages,
    add_figure_pages,
)
"""What adds its pages to the blueprint, given the store."""


def admin_blueprint(store: Store, public_url: str, tariff: Tariff) -> Blueprint:
    """Everything below /admin."""
    blueprint = Blueprint("admin", __name__)
    for add in _PARTS:
        add(blueprint, store)
    add_staff_account_pages(blueprint, store, public_url)
    add_officer_admin_pages(blueprint, store, public_url)
    add_message_pages(blueprint, store, tariff)
    add_cost_pages(blueprint, store, tariff)
    add_audit_pages(blueprint, store)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    return blueprint
