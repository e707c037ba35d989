"""Everything below /duty: the queue of alerts, a page for each, and what goes with them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from store import Store
from store.blobs import BlobStore
from web.duty.alert_pages import add_alert_pages
from web.duty.deciding_pages import add_deciding_pages
from web.duty.figures.map_pages import add_map_pages
from web.duty.figures.pages import add_figure_pages
from web.duty.file_pages import add_file_pages
from web.duty.outage_pages import add_outage_pages
from web.duty.photo_pages import add_photo_pages
from web.duty.queue_pages import add_queue_pages
from web.once import sent_before
from web.visitor import visitor

_PAGES = (add_queue_pages, add_alert_pages, add_deciding_pages, add_outage_pages, add_file_pages)


def duty_blueprint(store: Store, blobs: BlobStore) -> Blueprint:
    """The duty officers' pages."""
    blueprint = Blueprint("duty", __name__)
    for add in (*_PAGES, add_figure_pages, add_map_pages):
        add(blueprint, store)
    add_photo_pages(blueprint, store, blobs)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    return blueprint
