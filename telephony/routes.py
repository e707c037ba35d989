"""Every route the carrier calls, behind one guard."""

from collections.abc import Sequence

from flask import Blueprint, abort, g, request

from telephony.guard import Guard


def telephony_blueprint(guard: Guard, inner: Sequence[Blueprint]) -> Blueprint:
    """`inner` under /telephony: what Twilio did not sign is answered 403 and goes no further."""
    blueprint = Blueprint("telephony", __name__, url_prefix="/telephony")

    @blueprint.before_request
    def admit() -> None:
        form = guard.admitted_form(request)
        if form is None:
            abort(403)
        g.form = form

    for one in inner:
        blueprint.register_blueprint(one)
    return blueprint
