"""Everything below /review: a list for each kind of thing that reviewers decide, and a page for each of them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from store import Store
from store.blobs import BlobStore
from web.once import sent_before
from web.review.appeal_pages import ShowDecision, add_appeal_pages
from web.review.application_pages import add_application_pages
from web.review.paper_pages import add_paper_pages
from web.review.queue_pages import add_queue_pages
from web.visitor import visitor


def review_blueprint(store: Store, blobs: BlobStore, show: ShowDecision) -> Blueprint:
    """The reviewers' pages; another kind of thing adds its own list, its own page, and an item of the navigation.

    `show` tells what was decided about somebody at home, by its alert's id, and what it rests on.
    """
    blueprint = Blueprint("review", __name__)
    for add in (add_queue_pages, add_application_pages):
        add(blueprint, store)
    add_appeal_pages(blueprint, store, show)
    add_paper_pages(blueprint, store, blobs)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    return blueprint
