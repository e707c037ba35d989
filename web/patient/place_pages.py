"""POST /at-home/fixes: the open page says where its telephone is, or why it can't, and is told when to say so again."""

from typing import Annotated, Literal

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from codes.regimes import in_force
from language.moments import when
from monitoring.departures.judging import MOST_AT_ONCE
from monitoring.departures.reports import Reported
from monitoring.home.reporting import Heard, report
from monitoring.home.sessions import Session
from store import Work
from web.api.models import ReportedFix
from web.given import Given
from web.patient.entering import NotHome
from web.visitor import at_home

REPORTS_A_MINUTE = 30
"""From one browser; a page reports every four to ten minutes."""


class Sent(BaseModel):
    """What a page sends: since it was answered last, any number of fixes; or why there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    case: str
    """Whose page it is: another of the household may be shown in another tab since."""
    fixes: Annotated[tuple[ReportedFix, ...], Field(max_length=MOST_AT_ONCE)] = ()
    no_position: Literal["denied", "unavailable", "timeout"] | None = None


def add_place_pages(blueprint: Blueprint, given: Given) -> None:
    """/at-home/fixes, for the script of the page."""

    @blueprint.post("/at-home/fixes")
    def fixes() -> ResponseReturnValue:
        sent = _read()
        session = _session_of(sent.case)
        again = given.rates.hit("device", session.device_id, REPORTS_A_MINUTE)
        if again is not None:
            return jsonify(next_s=again), 429
        told = [Reported(one.t, one.lat, one.lon, one.accuracy, one.provider, one.mock) for one in sent.fixes]
        with given.store.work() as work:
            heard = report(work, session.token, told, sent.no_position, given.last_fixes)
            if heard is None:
                raise NotHome
            return _answer(work, heard)


def _read() -> Sent:
    if request.mimetype != "application/json":
        abort(415)
    try:
        return Sent.model_validate_json(request.get_data())
    except ValidationError:
        abort(400)


def _session_of(case_id: str) -> Session:
    found = next((one for one in at_home().sessions if one.case_id == case_id), None)
    if found is None:
        raise NotHome
    return found


def _answer(work: Work, heard: Heard) -> Response:
    """With a fresh token, since a page may stay open for days, and our clock, since telephones' may be wrong."""
    moment = when(work.now, in_force(work).regime, work.now)
    said = {"next_s": heard.next_s, "counted": heard.counted, "wanted": heard.wanted, "told": moment}
    return jsonify(**said, now=round(work.now.timestamp() * 1000), csrf=generate_csrf())
