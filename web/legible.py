"""What no browser sends: refused before any page, since a database would answer it with an error.

Text columns hold no NUL, and whole numbers have an end.
"""

from typing import Any

from flask import Request
from flask.json.provider import DefaultJSONProvider

_LARGEST = 2**31 - 1
"""The largest number that an address may name: a version, a place in a list, a page."""


def is_no_address(request: Request) -> bool:
    """Whether the address names something that can't be."""
    values = (request.view_args or {}).values()
    return any(value > _LARGEST if isinstance(value, int) else "\0" in str(value) for value in values)


def is_illegible(request: Request) -> bool:
    """Whether query or form have a NUL in a name or value."""
    sent = (*request.args.items(multi=True), *request.form.items(multi=True))
    return any("\0" in text for pair in sent for text in pair)


class Shallow(DefaultJSONProvider):
    """JSON that is nested a thousand deep is no JSON, rather than a fault of ours."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Raises ValueError for what can't be read."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None
