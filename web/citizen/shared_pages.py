"""What a link shows to whoever has it: the pass, and nothing else of its holder."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from codes.sharing import shared_pass
from codes.signed.signing import Signing
from store import Store
from web.citizen.pass_pages import drawn_qr, shown_pass


def shared_blueprint(store: Store, signing: Signing) -> Blueprint:
    """GET /s/TOKEN."""
    blueprint = Blueprint("shared", __name__)

    @blueprint.get("/s/<token>")
    def shared(token: str) -> ResponseReturnValue:
        with store.reading() as work:
            one = shared_pass(work, token) or abort(404)
            qr = drawn_qr(work, signing, one)
            return render_template("citizen/shared.html", one=shown_pass(work, one), qr=qr)

    return blueprint
