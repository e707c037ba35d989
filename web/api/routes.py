"""The API's addresses, behind its guard."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from codes.regimes import NoRegime
from codes.signed.revocations import Revocations
from codes.signed.signing import Signing
from store import Store
from store.last_fixes import LastFixes
from web.api.devices import connect, disconnect
from web.api.fixes import take_reported
from web.api.guard import Guard
from web.api.inspections import inspect_asked
from web.api.lists import revocation_list
from web.api.openapi import openapi
from web.api.problems import Refused, on_fault, on_http, on_invalid, on_no_regime, on_refused, problem
from web.rates import Rates

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_TWO_YEARS = "max-age=63072000"


@dataclass(frozen=True)
class Machinery:
    """What the API works with."""

    store: Store
    public_url: str
    """Where machines find it."""
    signing: Signing
    revocations: Revocations
    rates: Rates
    last_fixes: LastFixes


def api_blueprint(given: Machinery) -> Blueprint:
    """Everything below /api/."""
    api = Blueprint("api", __name__, url_prefix="/api")
    guard = Guard(given.store, given.rates)
    api.before_request(guard.check)

    @api.post("/v1/inspections")
    def inspections() -> Response:
        return inspect_asked(given.store, given.signing)

    @api.get("/v1/revocations")
    def revocations() -> Response:
        return revocation_list(given.revocations)

    @api.get("/v1/openapi.json")
    def document() -> Response:
        return jsonify(openapi(given.public_url))

    @api.route("/", methods=_METHODS)
    @api.route("/<path:rest>", methods=_METHODS)
    def nowhere(rest: str = "") -> Response:  # noqa: ARG001 - whatever it is
        allowed = _allowed(current_app, request.path)
        if not allowed:
            return problem(404, "http", "See /api/v1/docs for what there is")
        answer = problem(405, "http", "See /api/v1/docs for what this address knows")
        answer.headers["Allow"] = ", ".join(allowed)
        return answer

    _add_devices(api, given, guard)
    _close_answers(api, https=given.public_url.startswith("https://"))
    _answer_errors(api)
    return api


def _add_devices(api: Blueprint, given: Machinery, guard: Guard) -> None:
    """What patients' apps ask."""

    @api.post("/v1/fixes")
    def fixes() -> Response:
        return take_reported(given.store, given.last_fixes)

    @api.post("/v1/devices", endpoint="connect")
    def connect_app() -> Response:
        return connect(given.store, guard)

    @api.delete("/v1/devices", endpoint="disconnect")
    def disconnect_app() -> Response:
        return disconnect(given.store)


def _close_answers(api: Blueprint, *, https: bool) -> None:
    @api.after_request
    def close(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        if https:
            response.headers["Strict-Transport-Security"] = _TWO_YEARS
        return response


def _answer_errors(api: Blueprint) -> None:
    api.register_error_handler(Refused, on_refused)
    api.register_error_handler(ValidationError, on_invalid)
    api.register_error_handler(NoRegime, on_no_regime)
    api.register_error_handler(HTTPException, on_http)
    api.register_error_handler(Exception, on_fault)


def _allowed(app: Flask, path: str) -> list[str]:
    """The methods that this very address knows."""
    rules = (rule for rule in app.url_map.iter_rules() if str(rule) == path and rule.endpoint != "api.nowhere")
    return sorted({method for rule in rules for method in rule.methods or () if method != "OPTIONS"})
