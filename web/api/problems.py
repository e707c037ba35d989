"""Every error of the API, as RFC 9457 says: application/problem+json."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from flask import Response, json, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from codes.regimes import NoRegime

PROBLEM = "application/problem+json"
_TITLES = {
    400: "The request could not be understood",
    401: "A valid key is needed",
    403: "This key does not open it",
    404: "There is nothing at this address",
    405: "This address does not know this method",
    408: "The request took too long",
    413: "The request is too long",
    415: "The body must be application/json",
    422: "Something in the request is not as it must be",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Not ready yet",
}
KINDS = {
    "key": "no key was sent, no key is like this, or it was revoked",
    "wrong-keys": "too many wrong keys or codes came from this address within a minute",
    "code": "no code connects an app that is like this: mistyped, used, over, or made up",
    "scope": "the key is right, and has no scope that opens this",
    "locked": "too many unknown codes were tried with the key today: an administrator unlocks it",
    "rate": "the key asked more often a minute than it may",
    "json": "the body is no JSON",
    "invalid": "the body or the query is not as described; errors name the places",
    "no-order": "no order is in force yet, so that nothing can be judged",
    "http": "what the status says: no such address or method, too long, no JSON",
    "fault": "it is our fault and has been noted",
}
"""The ends of problems' types, with what they mean."""
_log = structlog.get_logger("api")


class Refused(Exception):
    """The API says no; becomes a problem."""

    def __init__(self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(kind)
        self.status, self.kind, self.detail = status, kind, detail
        self.headers = dict(headers or {})


def problem(status: int, kind: str, detail: str, **more: Any) -> Response:
    """A problem: `kind` tells one of a status from another, `detail` is for whoever looks after the machine."""
    title = _TITLES.get(status) or _TITLES[500 if status >= 500 else 400]
    document = {"type": f"/api/v1/docs#{kind}", "title": title, "status": status, "detail": detail, **more}
    return Response(json.dumps(document), status, mimetype=PROBLEM)


def on_refused(error: Refused) -> Response:
    """A no of ours."""
    answer = problem(error.status, error.kind, error.detail)
    answer.headers.update(error.headers)
    return answer


def on_http(error: HTTPException) -> Response:
    """What Flask and Werkzeug refuse."""
    status = error.code or 500
    return problem(status, "http", _TITLES.get(status, "The request was refused"))


def on_invalid(error: ValidationError) -> Response:
    """A body or query that is not as the OpenAPI document says; names the places, never what stood there."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    if faults[0]["type"] == "json_invalid":
        return problem(400, "json", "The body is no JSON")
    return invalid([{"pointer": pointer(fault["loc"]), "detail": fault["msg"]} for fault in faults[:20]])


def invalid(errors: Sequence[Mapping[str, str]]) -> Response:
    """A problem with the places that are wrong, as JSON pointers."""
    return problem(422, "invalid", "Compare with /api/v1/openapi.json", errors=list(errors))


def pointer(places: tuple[int | str, ...]) -> str:
    """A place in a JSON document (RFC 6901)."""
    return "".join("/" + str(place).replace("~", "~0").replace("/", "~1") for place in places)


def on_no_regime(_error: NoRegime) -> Response:
    """Nothing can be judged before an order is in force."""
    return problem(503, "no-order", "No order is in force yet")


def on_fault(error: Exception) -> Response:
    """What nobody expected: noted by its kind and place alone, since its text may hold personal data."""
    frames, trace = [], error.__traceback__
    while trace:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    _log.error("api_failed", error=type(error).__name__, cause=frames, part=request.endpoint)
    return problem(500, "fault", "It is our fault and has been noted; try again in a minute")
