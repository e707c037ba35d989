"""GET and POST /at-home/go: "I must go" pauses everything at once; a person reads it, nobody waits for a yes."""

from typing import Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from monitoring.patients.words import say
from store import Store, Work
from web.once import Answer, send_once
from web.patient.entering import acting_case, actor, seen_case, sender_id
from web.patient.forms import said_beside
from web.patient.home_pages import CHANNEL

REASONS: Final = ("doctor", "ambulance", "hospital", "other")


def add_going_pages(blueprint: Blueprint, store: Store) -> None:
    """/at-home/go."""

    @blueprint.get("/at-home/go")
    def ask_go() -> ResponseReturnValue:
        with store.reading() as work:
            seen_case(work)
            sos = in_force(work).regime.isolation.sos_number
            return render_template("patient/go.html", reasons=REASONS, sos=sos)

    @blueprint.post("/at-home/go")
    def go() -> ResponseReturnValue:
        kind = request.form.get("kind", "")
        if kind not in REASONS:
            abort(400)
        return send_once(store, sender_id(), lambda work: _gone(work, kind))


def _gone(work: Work, kind: str) -> Answer:
    say(work, acting_case(work), kind, CHANNEL, said_beside(), by=actor())
    return Answer(url_for("pages.patient.home"), kind)
