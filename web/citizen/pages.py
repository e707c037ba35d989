"""Pages of a citizen who is signed in."""

from flask import Blueprint

from store import Store
from store.blobs import BlobStore
from web.citizen.applying_pages import add_applying_pages
from web.citizen.paper_pages import add_paper_pages
from web.citizen.pass_pages import add_pass_pages


def citizen_blueprint(store: Store, blobs: BlobStore) -> Blueprint:
    """Everything that `web.access` opens to citizens."""
    blueprint = Blueprint("citizen", __name__)
    add_applying_pages(blueprint, store)
    add_pass_pages(blueprint, store)
    add_paper_pages(blueprint, store, blobs)
    return blueprint
