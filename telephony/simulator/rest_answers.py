"""What the parts of the REST API share: nothing found, and the faults of making something."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from telephony.simulator.carrier import Carrier
from telephony.simulator.cutting import cut, hang
from telephony.simulator.errors import RefusedError
from telephony.simulator.faults import Fault

Value = TypeVar("Value")


def found(value: Value | None) -> Value:
    """The value. Raises :class:`RefusedError` 20404 when there is none."""
    if value is None:
        raise RefusedError(20404, request.path)
    return value


def created(carrier: Carrier, phone: str, create: Callable[[], dict[str, Any]]) -> ResponseReturnValue:
    """201 with what was made, unless a switched-on fault comes before or after it."""
    strikes = carrier.faults.strikes
    if strikes(Fault.RATE_LIMIT, phone):
        raise RefusedError(20429)
    if strikes(Fault.SERVER_ERROR, phone):
        raise RefusedError(20500)
    if strikes(Fault.HANG, phone):
        return Response(hang(carrier.hang_seconds))
    resource = create()
    if strikes(Fault.CREATED_THEN_RESET, phone):
        return Response(cut())
    return jsonify(resource), 201


def whole(name: str, default: int, least: int, most: int, code: int = 20001) -> int:
    """A whole number of the request's form. Raises :class:`RefusedError`."""
    text = request.form.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise RefusedError(code, text if code != 20001 else name)
    return int(text)
