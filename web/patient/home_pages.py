"""GET /at-home: where a patient stands, and what they can tell us by one press."""

from typing import Final

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from monitoring.patients.devices import apps_of, end_device
from monitoring.patients.words import say
from store import Store, Work
from web.cookies import Cookies
from web.once import Answer, send_once, told
from web.patient.appeals import shown_appeals
from web.patient.entering import acting_case, actor, seen_case, sender_id
from web.patient.showing import shown_home
from web.visitor import at_home

CHANNEL: Final = "page"
SHORT: Final = ("home", "asleep", "ill", "no_battery")
"""What is told by one press on the page itself."""


def add_home_pages(blueprint: Blueprint, store: Store) -> None:
    """/at-home, and what its buttons send."""

    @blueprint.get("/at-home")
    def home() -> ResponseReturnValue:
        with store.reading() as work:
            case = seen_case(work)
            shown = shown_home(work, case, at_home())
            shown["appeals"] = shown_appeals(work, in_force(work).regime, case)
            answer = told(work, sender_id())
            return render_template("patient/home.html", **shown, answer=answer)

    @blueprint.post("/at-home/say", endpoint="say")
    def say_short() -> ResponseReturnValue:
        kind = request.form.get("kind", "")
        if kind not in SHORT:
            abort(400)
        return send_once(store, sender_id(), lambda work: _said(work, kind))

    @blueprint.post("/at-home/apps/<device_id>/end", endpoint="end_app")
    def disconnect(device_id: str) -> ResponseReturnValue:
        return send_once(store, sender_id(), lambda work: _disconnected(work, device_id))

    @blueprint.post("/at-home/sos")
    def sos() -> ResponseReturnValue:
        with store.work() as work:
            say(work, acting_case(work), "sos", CHANNEL, by=actor())
        return redirect(url_for("pages.patient.sos_told"), 303)

    @blueprint.get("/at-home/sos")
    def sos_told() -> ResponseReturnValue:
        with store.reading() as work:
            seen_case(work)
            isolation = in_force(work).regime.isolation
            return render_template("patient/sos.html", number=isolation.sos_number)


def _said(work: Work, kind: str) -> Answer:
    case = acting_case(work)
    say(work, case, kind, CHANNEL, by=actor())
    return Answer(url_for("pages.patient.home"), kind, {"paused": case.paused_at is not None})


def _disconnected(work: Work, device_id: str) -> Answer:
    if device_id not in [one.id for one in apps_of(work, acting_case(work))]:
        return Answer(url_for("pages.patient.home"))
    end_device(work, device_id, actor())
    return Answer(url_for("pages.patient.home"), "app_ended")


def add_leaving_pages(blueprint: Blueprint, store: Store, cookies: Cookies) -> None:
    """Who leaves the page in this browser, or turns to another patient's."""

    @blueprint.post("/at-home/switch")
    def switch() -> ResponseReturnValue:
        """Another patient of the same household, in the same browser."""
        wanted = request.form.get("case", "")
        sessions = sorted(at_home().sessions, key=lambda one: one.case_id != wanted)
        response = make_response(redirect(url_for("pages.patient.home"), 303))
        return cookies.let_home(response, [one.token for one in sessions])

    @blueprint.post("/at-home/leave")
    def leave() -> ResponseReturnValue:
        with store.work() as work:
            end_device(work, sender_id(), actor())
        rest = [one.token for one in at_home().sessions[1:]]
        return cookies.let_home(make_response(redirect(url_for("pages.patient.no_link"), 303)), rest)
