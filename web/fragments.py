"""Live parts of a page: asked for again every few seconds, and sent only where something changed.

The part carries its own tag, so that nothing needs to be kept in the browser's cache:

    <div {{ live(url_for("pages.desk.queue"), tag, seconds=3) }}>...</div>

and its route ends with `return fragment("desk/queue.html", tag_of(rows), rows=rows)`.
"""

import hashlib
import json
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from web.words import spoken


def tag_of(*state: object) -> str:
    """An ETag for all that a part shows; its language is added."""
    return f'"{hashlib.sha256(repr((spoken(), state)).encode()).hexdigest()[:24]}"'


def not_modified(tag: str) -> bool:
    """Whether the browser shows just this already."""
    return tag in request.headers.get("If-None-Match", "")


def fragment(template: str, tag: str, **values: Any) -> ResponseReturnValue:
    """The part as HTML, or 304 where the browser has it. `tag` is given to the template."""
    if not_modified(tag):
        return Response(status=304)
    response = Response(render_template(template, tag=tag, **values), mimetype="text/html")
    response.headers["ETag"] = tag
    return response


def live(url: str, tag: str, *, seconds: int) -> Markup:
    """The attributes of an element that is replaced by what `url` answers, every few seconds."""
    known = json.dumps({"If-None-Match": tag})
    return Markup('hx-get="{}" hx-trigger="every {}s" hx-swap="outerHTML" hx-headers="{}"').format(url, seconds, known)
