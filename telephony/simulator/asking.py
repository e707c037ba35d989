"""What a request to the control API carries, and how it is told that it carries the wrong thing."""

from typing import Any

from flask import request


class BadRequestError(ValueError):
    """The request can't be understood; the text says what to send instead."""


def asked() -> dict[str, Any]:
    """The request's JSON object. Raises :class:`BadRequestError`."""
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise BadRequestError("send a JSON object with Content-Type: application/json")
    return found


def text_of(wanted: dict[str, Any], name: str, default: str | None = None) -> str:
    """A string of it; without ``default`` it must be there. Raises :class:`BadRequestError`."""
    value = wanted.get(name, default)
    if not isinstance(value, str):
        raise BadRequestError(f"'{name}' must be a string")
    return value
