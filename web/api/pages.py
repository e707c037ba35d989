"""GET /api/v1/docs: the OpenAPI document, for people."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.api.openapi import openapi
from web.api.problems import KINDS
from web.api.reading import operations_of


def api_docs_blueprint(public_url: str) -> Blueprint:
    """The page; `public_url` is where machines find the API."""
    blueprint = Blueprint("api_docs", __name__)

    @blueprint.get("/api/v1/docs")
    def docs() -> ResponseReturnValue:
        document = openapi(public_url)
        return render_template("api/docs.html", operations=operations_of(document), kinds=KINDS)

    return blueprint
