"""What came of a call: noted while or after it, then the agent is free again, or leaves."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.wrapping_up import Outcome, likely_outcome, wrap_call
from store import Store, Work
from web.desk.call_pages import state_of
from web.desk.forms import WrapUpForm
from web.once import Answer, send_once
from web.visitor import visitor


def _empty_form(work: Work, sid: str) -> WrapUpForm:
    """With the likely outcome chosen: to agree is one key."""
    return WrapUpForm(formdata=None, prefix="wrap-", outcome=likely_outcome(work, sid))


def add_wrapping_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /desk/calls/SID/wrap-up."""

    @blueprint.get("/desk/calls/<sid>/wrap-up")
    def ask_wrap_up(sid: str) -> ResponseReturnValue:
        with store.reading() as work:
            talking = state_of(work, sid).talking
            form = _empty_form(work, sid)
        return render_template("desk/wrap_up.html", sid=sid, form=form, talking=talking)

    @blueprint.post("/desk/calls/<sid>/wrap-up", endpoint="wrap_up")
    def wrap(sid: str) -> ResponseReturnValue:
        form = WrapUpForm(prefix="wrap-")
        if not form.validate():
            with store.reading() as work:
                talking = state_of(work, sid).talking
            return render_template("desk/wrap_up.html", sid=sid, form=form, talking=talking), 422
        outcome, note, stay = Outcome(form.outcome.data), (form.note.data or "").strip(), "stay" in request.form

        def act(work: Work) -> Answer:
            became = wrap_call(work, visitor().id, sid, outcome, note, stay=stay)
            return Answer(url_for("pages.desk.desk"), f"wrapped_{became}")

        return send_once(store, visitor().id, act)
