"""/at-home/checks/ID: a patient answers a presence check. The page explains and shows what came of it.

A check is opened by its id in any browser that has its patient's session, whoever else of the household is shown.
"""

from typing import Any, Final

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from monitoring.answers.beginning import Begun, Unanswerable, begin, hindered
from monitoring.answers.handing_in import HandedIn, hand_in
from monitoring.answers.positions import read_position, weigh_position
from monitoring.cases.watched import held_case
from monitoring.departures.knowing import reporting_device
from monitoring.patients.words import say
from monitoring.photos.keeping import PhotoTrouble, keep_step
from monitoring.photos.showing import steps_received
from store import Work
from store.tokens import token_hash
from web.fragments import fragment, tag_of
from web.given import Given
from web.once import Answer, send_once
from web.patient.check_showing import TROUBLES, shown_page
from web.patient.entering import NotHome, Opened, opened_check
from web.patient.forms import said_beside
from web.patient.home_pages import CHANNEL
from web.words import _

NONCE: Final = "X-Nonce"
"""The header that says which page session a photo belongs to."""
LIVE_S: Final = 3
_STATUS: Final = {PhotoTrouble.TOO_LARGE: 413, PhotoTrouble.KIND: 415, PhotoTrouble.NO_ROOM: 503}


def add_check_pages(blueprint: Blueprint, given: Given) -> None:
    """The page, its live part, and the way for who can't answer on it."""
    store = given.store

    @blueprint.get("/at-home/checks/<check_id>")
    def check(check_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            shown = shown_page(work, opened_check(work, check_id))
        return render_template("patient/check.html", **shown, tag=_tag(shown), seconds=LIVE_S)

    @blueprint.get("/at-home/checks/<check_id>/state")
    def check_part(check_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            shown = shown_page(work, opened_check(work, check_id))
        return fragment("patient/check_part.html", _tag(shown), **shown, seconds=LIVE_S)

    @blueprint.post("/at-home/checks/<check_id>/cannot")
    def cannot(check_id: str) -> ResponseReturnValue:
        """Who can't answer by camera says so: nothing more is asked until a person answered."""
        with store.reading() as work:
            sender = opened_check(work, check_id).session.device_id
        return send_once(store, sender, lambda work: _cannot(work, check_id))


def add_answering_pages(blueprint: Blueprint, given: Given) -> None:
    """What the script of the page sends: the beginning, each photo, the whole."""
    store = given.store

    @blueprint.post("/at-home/checks/<check_id>/begin")
    def begin_check(check_id: str) -> ResponseReturnValue:
        with store.work() as work:
            opened = opened_check(work, check_id)
            begun = begin(work, check_id, opened.session.device_id, opened.actor)
            return _begun(begun, (begun.until - work.now).total_seconds() if isinstance(begun, Begun) else 0.0)

    @blueprint.post("/at-home/checks/<check_id>/photos/<int:step>")
    def send_photo(check_id: str, step: int) -> ResponseReturnValue:
        with store.work() as work:
            opened = opened_check(work, check_id)
            why = hindered(work, check_id, opened.session.device_id, request.headers.get(NONCE, ""))
        if why:
            return _refused(why)
        content = request.get_data(cache=False)
        if not content.startswith(b"\xff\xd8\xff"):
            return _refused(PhotoTrouble.KIND)
        kept = keep_step(store, given.blobs, check_id, step, content, opened.actor)
        if isinstance(kept, PhotoTrouble):
            return _refused(kept)
        return jsonify(received=step)

    @blueprint.post("/at-home/checks/<check_id>/hand-in", endpoint="hand_in_check")
    def hand_in_check(check_id: str) -> ResponseReturnValue:
        said = request.get_json(silent=True)
        if not isinstance(said, dict) or not isinstance(said.get("position"), dict):
            abort(400)
        with store.work() as work:
            return _handed_in(work, given, opened_check(work, check_id), said)


def _handed_in(work: Work, given: Given, opened: Opened, said: dict[str, Any]) -> ResponseReturnValue:
    check_id, session = opened.check.id, opened.session
    device = reporting_device(work, token_hash(session.token))
    if device is None:
        raise NotHome
    here = url_for("pages.patient.check", check_id=check_id)
    if opened.check.state != "asked":
        return jsonify(to=here)  # handed in before, whose answer got lost on its way
    if why := hindered(work, check_id, session.device_id, str(said.get("nonce", ""))):
        return _refused(why)
    came = hand_in(work, check_id, read_position(work, device, said["position"]), opened.actor)
    if came is HandedIn.INCOMPLETE:
        return jsonify(why=came, received=sorted(steps_received(work, check_id))), 409
    if came is HandedIn.LATE:
        return _refused(Unanswerable.NOT_AWAITED)
    weigh_position(work, device, said["position"], given.last_fixes)
    return jsonify(to=here)


def _begun(begun: Begun | Unanswerable, seconds: float) -> ResponseReturnValue:
    if isinstance(begun, Unanswerable):
        return _refused(begun)
    return jsonify(nonce=begun.nonce, poses=begun.poses, received=sorted(begun.received), seconds=seconds)


def _refused(why: Unanswerable | PhotoTrouble) -> ResponseReturnValue:
    status = _STATUS[why] if isinstance(why, PhotoTrouble) and why in _STATUS else 409
    return jsonify(why=why, words=_(TROUBLES[why])), status


def _cannot(work: Work, check_id: str) -> Answer:
    opened = opened_check(work, check_id)
    case = held_case(work, opened.case.id)
    if case is None or not case.is_open(work.now):
        raise NotHome
    say(work, case, "other", CHANNEL, said_beside(), by=opened.actor)
    return Answer(url_for("pages.patient.check", check_id=check_id))


def _tag(shown: dict[str, Any]) -> str:
    return tag_of(shown["mode"], shown["words"], shown["why"])
