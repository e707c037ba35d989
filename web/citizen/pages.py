"""Pages of a citizen who is signed in."""

from flask import Blueprint

from store import Store
from web.citizen.applying_pages import add_applying_pages
from web.citizen.pass_pages import add_pass_pages


def citizen_blueprint(store: Store) -> Blueprint:
    """Everything that `web.access` opens to citizens."""
    blueprint = Blueprint("citizen", __name__)
    add_applying_pages(blueprint, store)
    add_pass_pages(blueprint, store)
    return blueprint
