"""The call: who is on the line, what they have and were refused, the recording, and what can be done now."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.attending import Attended, NotAttended, Why, hear
from codes.desk.calling import find_call
from codes.desk.line import CallNow, call_now, is_shown
from codes.desk.recording import recordings_of, want_pause
from codes.desk.screen import screen_of
from codes.desk.wrapping_up import likely_outcome, note_of
from store import Store, Work
from web.desk.forms import CodeForm, SearchForm, TailForm, WrapUpForm
from web.desk.showing import shown_answer, shown_people, shown_screen
from web.desk.wording import OUTCOMES
from web.fragments import fragment, tag_of
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.wording import language_name
from web.words import _

EVERY_S = 2
PAUSED_LONG = timedelta(minutes=2)
"""After that the agent is reminded that nothing is recorded."""


@dataclass(frozen=True, slots=True)
class CallState:
    """What the live part shows of a call."""

    sid: str
    talking: bool
    pause_wanted: bool
    paused: bool
    pause_failed: bool
    paused_long: bool


def add_call_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /desk/calls/SID, its live part, and the recording's buttons."""

    @blueprint.get("/desk/calls/<sid>")
    def call(sid: str) -> ResponseReturnValue:
        with store.work() as work:
            state = state_of(work, sid)
            if not state.talking:
                return _over(work, sid, state)
            return call_page(work, hear(work, visitor().id, sid))

    @blueprint.get("/desk/calls/<sid>/state")
    def call_state(sid: str) -> ResponseReturnValue:
        page, to_call = request.args.get("page", ""), url_for("pages.desk.call", sid=sid)
        with store.reading() as work:
            now = call_now(work, visitor().id, sid)
            if now is None or not now.own:
                return Response(status=204, headers={"HX-Redirect": to_call})
            state, showing = _state(work, sid, now), "showing" in request.args
            if showing and not now.talking:
                return Response(status=204, headers={"HX-Redirect": to_call})
            if showing and (now.pause_wanted or not is_shown(work, visitor().id, sid, page)):
                return Response(status=204, headers={"HX-Refresh": "true"})
        given = {"state": state, "every": EVERY_S, "pass_id": page, "showing": showing}
        return fragment("desk/call_state.html", tag_of(state), **given)

    @blueprint.post("/desk/calls/<sid>/recording")
    def recording(sid: str) -> ResponseReturnValue:
        paused = request.form.get("paused") == "1"

        def pause(work: Work) -> Answer:
            hear(work, visitor().id, sid)
            want_pause(work, sid, paused=paused, by=visitor().actor)
            return Answer(back_to(sid))

        return send_once(store, visitor().id, pause)


def back_to(sid: str) -> str:
    """Where the forms of a call lead: to it, or to the page of it that they stood on."""
    page = request.form.get("page", "")
    return url_for("pages.desk.dictation", sid=sid, pass_id=page) if page else url_for("pages.desk.call", sid=sid)


def state_of(work: Work, sid: str) -> CallState:
    """The state of one's own call; NotAttended for any other."""
    now = call_now(work, visitor().id, sid)
    if now is None:
        raise NotAttended(Why.NO_CALL, sid)
    if not now.own:
        raise NotAttended(Why.NOT_YOURS, sid)
    return _state(work, sid, now)


def call_page(work: Work, attended: Attended, *failed: Any) -> str:
    """The caller's page; `failed` are forms with errors, in place of empty ones."""
    screen = screen_of(work, attended)
    state = state_of(work, attended.call.sid)
    forms = {
        "tail_form": TailForm(formdata=None, prefix="tail-"),
        "code_form": CodeForm(formdata=None, prefix="code-"),
        "search_form": SearchForm(formdata=None, prefix="search-"),
    }
    names = {TailForm: "tail_form", CodeForm: "code_form", SearchForm: "search_form"}
    forms |= {names[type(one)]: one for one in failed}
    answer = told(work, visitor().id)
    return render_template(
        "desk/call.html",
        **forms,
        **({"form": failed[0]} if failed else {}),
        sid=attended.call.sid,
        state=state,
        tag=tag_of(state),
        every=EVERY_S,
        proved=bool(attended.people),
        hidden=attended.call.phone_id is None,
        consent_open=attended.call.consent_index is not None,
        speaks=language_name(attended.language),
        number=masked_number(screen.phone.number) if screen.phone else "",
        people=shown_people(work, attended, screen),
        screen=shown_screen(work, screen),
        answer=shown_answer(work, attended, answer),
    )


def _state(work: Work, sid: str, now: CallNow) -> CallState:
    long = now.pause_since is not None and work.now - now.pause_since > PAUSED_LONG
    return CallState(sid, now.talking, now.pause_wanted, now.paused, now.pause_failed, long)


def _over(work: Work, sid: str, state: CallState) -> str:
    call = find_call(work, sid)
    assert call is not None, "its state was read"
    wrapped = call.wrapped_at is not None
    return render_template(
        "desk/over.html",
        sid=sid,
        wrapped=wrapped,
        outcome=_(OUTCOMES[call.outcome]) if call.outcome else "",
        note=note_of(work, call) if wrapped else "",
        recorded=len(recordings_of(work, sid)),
        form=WrapUpForm(formdata=None, prefix="wrap-", outcome=likely_outcome(work, sid)),
        talking=state.talking,
    )
