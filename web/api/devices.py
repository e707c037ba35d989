"""/api/v1/devices: a patient's app changes the code that it was shown for its token, and ends it."""

from flask import Response, g, request
from werkzeug.exceptions import UnsupportedMediaType

from monitoring.departures.knowing import reporting_device
from monitoring.home.apps import Wrong, change_code, wrong_with
from monitoring.home.links import patient_actor
from monitoring.patients.devices import end_device
from store import Store
from web.api.guard import Guard, unknown_device
from web.api.models import Connected, Connecting
from web.api.problems import Refused

_WRONG = {
    Wrong.MISTYPED: "No code is like this: a sign is wrong or missing",
    Wrong.UNKNOWN: "No code is like this, or it was used, or its quarter of an hour is over: ask for another",
}


def connect(store: Store, guard: Guard) -> Response:
    """Answers with the token, once."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    sent = Connecting.model_validate_json(request.get_data())
    with store.reading() as work:
        wrong = wrong_with(work, sent.code)
    if wrong is None:
        with store.work() as work:
            token = change_code(work, sent.code, sent.model)
        if not isinstance(token, Wrong):
            return Response(Connected(token=token).model_dump_json(), 201, mimetype="application/json")
        wrong = token
    raise guard.wrong(Refused(404, "code", _WRONG[wrong]))


def disconnect(store: Store) -> Response:
    """The device that asks reports no more."""
    with store.work() as work:
        device = reporting_device(work, g.device.token_hash)
        if device is None:
            raise unknown_device()
        end_device(work, device.device_id, patient_actor(device.case.id))
    return Response(status=204)
