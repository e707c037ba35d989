"""What went wrong, in plain words, with what to do next."""

import structlog
from flask import Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from logs import frames
from web.signin.passwords import Busy
from web.words import _, later

_NO_PAGE = (
    later("There is no such page"),
    later("If you typed the address, check it. If you followed a link, it may be out of date."),
)
_WORDS = {
    400: (later("We did not understand that"), later("Go back, load the page again and try once more.")),
    403: (
        later("This page is not for you"),
        later("Your account has no right to open it. If your work needs it, ask an administrator."),
    ),
    404: _NO_PAGE,
    405: _NO_PAGE,
    413: (later("That is too much"), later("Send less at once.")),
    500: (
        later("Something went wrong here"),
        later("It is our fault and it has been noted. What you sent may not be saved: look before you send it again."),
    ),
    503: (later("Too many people at once"), later("Try again in a minute. Nothing was saved.")),
}
_EXPIRED = (
    later("This page was open for too long"),
    later("What you sent was not saved. Go back, load the page again and send it once more."),
)
_TOO_MANY = (
    later("Too many tries from your network"),
    later("Try again in a minute. Nothing was saved."),
)
_log = structlog.get_logger("pages")


def trouble_page(status: int, words: tuple[str, str] | None = None) -> Response:
    """The page for a status."""
    title, advice = words or _WORDS.get(status) or _WORDS[500 if status >= 500 else 400]
    page = render_template("trouble.html", title=_(title), advice=_(advice))
    return make_response(page, status)


def on_refusal(error: HTTPException) -> Response:
    """403, 404, 405 and their like."""
    if error.response is not None:
        return make_response(error.response)
    page = trouble_page(error.code or 500)
    if isinstance(error, MethodNotAllowed):
        page.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return page


def on_expired(_error: CSRFError) -> Response:
    """A form that is not from a page we just gave to this browser."""
    return trouble_page(400, _EXPIRED)


def on_busy(_error: Busy) -> Response:
    """More sign-ins than we can check."""
    return trouble_page(503)


def on_too_many(seconds: int) -> Response:
    """More tries at a door than one network has; `seconds` until the next."""
    page = trouble_page(429, _TOO_MANY)
    page.headers["Retry-After"] = str(seconds)
    return page


def on_fault(error: Exception) -> Response:
    """What nobody expected: noted by its place and kind alone, since its text may hold personal data."""
    _log.error("page_failed", error=type(error).__name__, cause=frames(error), part=request.endpoint)
    try:
        return trouble_page(500)
    except Exception as worse:
        # Not even that page: what is raised here would stand with all its words in the web server's own log.
        _log.error("page_failed", error=type(worse).__name__, cause=frames(worse), part="trouble")
        return Response(" ".join(_WORDS[500]), 500, mimetype="text/plain")
