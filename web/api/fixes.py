"""POST /api/v1/fixes: a patient's app says where it is, and is told when to say so again."""

from flask import Response, g, request
from werkzeug.exceptions import UnsupportedMediaType

from monitoring.departures.knowing import reporting_device
from monitoring.departures.reports import Reported
from monitoring.departures.taking import take_fixes
from store import Store
from store.last_fixes import LastFixes
from web.api.guard import unknown_device
from web.api.models import Fixes, Next


def take_reported(store: Store, last_fixes: LastFixes) -> Response:
    """Judges what was sent; one transaction. Nothing of it is kept but what the decision remembers."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    sent = Fixes.model_validate_json(request.get_data()).fixes
    fixes = [Reported(one.t, one.lat, one.lon, one.accuracy, one.provider, one.mock) for one in sent]
    with store.work() as work:
        device = reporting_device(work, g.device_token)
        if device is None:
            raise unknown_device()
        taken = take_fixes(work, device.case, device.device_id, fixes, last_fixes, grounds=device.grounds)
    answer = Next(next_s=taken.next_s, counted=taken.counted)
    return Response(answer.model_dump_json(), mimetype="application/json")
