"""For the simulator's browser phone, in development only: example texts, and notices in English."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlmodel import col

from codes.regimes import in_force
from language.wording import say
from store import Store
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.phones import phone_by_id


def showcase_blueprint(store: Store) -> Blueprint:
    """GET /telephony/examples.json and /telephony/gloss?message=ID."""
    blueprint = Blueprint("showcase", __name__, url_prefix="/telephony")

    @blueprint.get("/examples.json")
    def examples() -> ResponseReturnValue:
        with store.reading() as work:
            regime = in_force(work).regime
        shown = [
            {
                "text": example.text,
                "meaning": example.meaning,
                "officer": example.officer,
                "gloss": {"en": example.gloss},
            }
            for example in regime.examples
        ]
        return jsonify(regime=regime.name, title=regime.title, number=regime.number, examples=shown)

    @blueprint.get("/gloss")
    def gloss() -> ResponseReturnValue:
        with store.reading() as work:
            regime = in_force(work).regime
            row = work.row(select(OutboxMessage).where(col(OutboxMessage.id) == request.args.get("message", "")))
            if row is None:
                return jsonify(gloss=""), 404
            fields = message_fields(row, phone_by_id(work, row.phone_id).key)
            return jsonify(gloss=say(row.template, "en", regime, now=work.now, **fields))

    return blueprint
