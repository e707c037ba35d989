"""The desk's first page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue


def desk_blueprint() -> Blueprint:
    """GET /desk."""
    blueprint = Blueprint("desk", __name__)

    @blueprint.get("/desk")
    def desk() -> ResponseReturnValue:
        return render_template("desk/desk.html")

    return blueprint
