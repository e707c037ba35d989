"""POST /api/v1/fixes: a patient's app says where it is, and is told when to say so again."""

from flask import Response, g, request
from werkzeug.exceptions import UnsupportedMediaType

from monitoring.departures.reports import Reported
from monitoring.departures.taking import take_report
from store import Store
from store.last_fixes import LastFixes
from web.api.guard import unknown_device
from web.api.models import Fixes, Next


def take_reported(store: Store, last_fixes: LastFixes) -> Response:
    """Judges what was sent. Nothing of it is kept but what the decision remembers."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    sent = Fixes.model_validate_json(request.get_data()).fixes
    fixes = [Reported(one.t, one.lat, one.lon, one.accuracy, one.provider, one.mock) for one in sent]
    taken = take_report(store, g.device, fixes, last_fixes)
    if taken is None:
        raise unknown_device()
    answer = Next(next_s=taken.next_s, counted=taken.counted)
    return Response(answer.model_dump_json(), mimetype="application/json")
