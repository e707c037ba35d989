"""The supervisors' pages, and what is said to who wants to hear a call of their own."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from codes.desk.picked_calls import NotReviewable
from codes.desk.reviewing_calls import note_refusal
from store import Store
from store.blobs import BlobStore
from web.once import sent_before
from web.supervision.alarm_pages import add_alarm_pages
from web.supervision.officer_pages import add_officer_pages
from web.supervision.review_pages import add_review_pages
from web.supervision.sound import add_sound
from web.supervision.team_pages import add_team_pages
from web.supervision.wording import REFUSED
from web.visitor import visitor
from web.words import _


def supervision_blueprint(store: Store, blobs: BlobStore) -> Blueprint:
    """GET /desk/team, /desk/reviews, /desk/officers and /desk/alarms, and all below them."""
    blueprint = Blueprint("supervision", __name__)
    for add in (add_team_pages, add_review_pages, add_officer_pages, add_alarm_pages):
        add(blueprint, store)
    add_sound(blueprint, store, blobs)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    @blueprint.errorhandler(NotReviewable)
    def refused(refusal: NotReviewable) -> ResponseReturnValue:
        """403 in plain words, and a line of the audit."""
        with store.work() as work:
            note_refusal(work, visitor().id, refusal)
        title, advice = (_(words) for words in REFUSED[refusal.why])
        return make_response(render_template("supervision/refused.html", title=title, advice=advice), 403)

    return blueprint
