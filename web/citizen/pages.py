"""Pages of a citizen who is signed in."""

from flask import Blueprint

from web.citizen.appeal_pages import add_appeal_pages
from web.citizen.applying_pages import add_applying_pages
from web.citizen.check_pages import add_check_pages
from web.citizen.deleting_pages import add_deleting_pages
from web.citizen.held_pages import add_held_pages
from web.citizen.paper_pages import add_paper_pages
from web.citizen.pass_pages import add_pass_pages
from web.citizen.sharing_pages import add_sharing_pages
from web.given import Given


def citizen_blueprint(given: Given) -> Blueprint:
    """Everything that `web.access` opens to citizens."""
    blueprint = Blueprint("citizen", __name__)
    add_applying_pages(blueprint, given.store)
    add_pass_pages(blueprint, given)
    add_sharing_pages(blueprint, given)
    add_appeal_pages(blueprint, given.store)
    add_deleting_pages(blueprint, given.store)
    add_held_pages(blueprint, given.store)
    add_check_pages(blueprint, given.store)
    add_paper_pages(blueprint, given.store, given.blobs)
    return blueprint
