"""The desk's first page: whether one is there, how long the line is, today's calls, and calls back."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.agents import go_available, go_away, wrap_up
from codes.desk.line import Desk, desk_of
from codes.desk.owed_calls import NotNow, call_now, owed_calls, settle_owed_call
from codes.desk.wrapping_up import own_calls
from codes.regimes import in_force
from language.failures import in_words
from language.moments import when
from store import Store, Work
from store.phones import ensure_phone, phone_by_id
from web.asking import read_number
from web.desk.forms import NumberForm
from web.desk.wording import OUTCOMES, lasted, lasted_about
from web.fragments import fragment, tag_of
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, spoken

RINGING_S, BUSY_S, IDLE_S, LIST_S = 0.5, 1.0, 5.0, 10.0
"""So often a page asks: while the telephone rings, while it may, while one is away; and for the calls back."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the live part shows of the desk."""

    presence: str
    call_sid: str | None
    waiting: int
    longest: str

    @property
    def with_caller(self) -> bool:
        """Whether there is a call to go to."""
        return self.presence in ("connected", "wrapping_up") and self.call_sid is not None


def add_line_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /desk with its live parts, and what its buttons do."""
    _add_looks(blueprint, store)
    _add_acts(blueprint, store)
    _add_calls_back(blueprint, store)


def _add_looks(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/desk")
    def desk() -> ResponseReturnValue:
        with store.reading() as work:
            line = _line(work, desk_of(work, visitor().id))
            answer = told(work, visitor().id)
            if line.with_caller and answer is None:
                return redirect(url_for("pages.desk.call", sid=line.call_sid))
            return _page(work, line, NumberForm(formdata=None, prefix="my-", number=_own_number(work)), answer)

    @blueprint.get("/desk/state")
    def state() -> ResponseReturnValue:
        with store.reading() as work:
            line = _line(work, desk_of(work, visitor().id))
        if line.with_caller:
            return Response(status=204, headers={"HX-Redirect": url_for("pages.desk.call", sid=line.call_sid)})
        return fragment("desk/state.html", tag_of(line), line=line, every=_every(line))

    @blueprint.get("/desk/call-backs")
    def call_backs() -> ResponseReturnValue:
        with store.reading() as work:
            owed = _owed(work)
        return fragment("desk/call_backs.html", tag_of(owed), owed=owed, every=LIST_S)


def _add_acts(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/desk/available")
    def available() -> ResponseReturnValue:
        form, home = NumberForm(prefix="my-"), url_for("pages.desk.desk")
        with store.reading() as work:
            regime = in_force(work).regime
            number = read_number(form, "number", regime) if form.validate() else None
            if number is None:
                return _page(work, _line(work, desk_of(work, visitor().id)), form, None), 422

        def go(work: Work) -> Answer:
            go_available(work, visitor().id, ensure_phone(work, number))
            return Answer(home)

        return send_once(store, visitor().id, go)

    @blueprint.post("/desk/away")
    def away() -> ResponseReturnValue:
        def go(work: Work) -> Answer:
            go_away(work, visitor().id)
            return Answer(url_for("pages.desk.desk"))

        return send_once(store, visitor().id, go)

    @blueprint.post("/desk/free")
    def free() -> ResponseReturnValue:
        """After a call that another agent has taken over there is nothing to note."""

        def go(work: Work) -> Answer:
            here = desk_of(work, visitor().id)
            if here.presence == "wrapping_up" and here.call_sid is None:
                wrap_up(work, visitor().id, stay="stay" in request.form)
            return Answer(url_for("pages.desk.desk"))

        return send_once(store, visitor().id, go)


def _add_calls_back(blueprint: Blueprint, store: Store) -> None:
    home = "pages.desk.desk"

    @blueprint.post("/desk/call-backs/<message_id>/now")
    def call_back_now(message_id: str) -> ResponseReturnValue:
        def make(work: Work) -> Answer:
            due_at = call_now(work, message_id, visitor().actor)
            if isinstance(due_at, NotNow):
                return Answer(url_for(home), f"call_back_{due_at}")
            if due_at <= work.now:
                return Answer(url_for(home), "call_back_now")
            return Answer(url_for(home), "call_back_later", {"at": when(due_at, in_force(work).regime, work.now)})

        return send_once(store, visitor().id, make)

    @blueprint.post("/desk/call-backs/<message_id>/done")
    def call_back_done(message_id: str) -> ResponseReturnValue:
        def settle(work: Work) -> Answer:
            done = settle_owed_call(work, message_id, visitor().actor)
            return Answer(url_for(home), "call_back_done" if done else "call_back_gone")

        return send_once(store, visitor().id, settle)


def _page(work: Work, line: Line, form: NumberForm, answer: Answer | None) -> str:
    regime, now = in_force(work).regime, work.now
    calls = [
        {
            "sid": one.sid,
            "at": when(one.connected_at, regime, now),
            "lasted": lasted(one.ended_at - one.connected_at) if one.ended_at else "",
            "outcome": _(OUTCOMES[one.outcome]) if one.outcome else "",
        }
        for one in own_calls(work, visitor().id)
    ]
    owed = _owed(work)
    shown: dict[str, Any] = {"line": line, "tag": tag_of(line), "every": _every(line), "calls": calls, "form": form}
    return render_template(
        "desk/desk.html", **shown, answer=answer, owed=owed, owed_tag=tag_of(owed), owed_every=LIST_S
    )


def _line(work: Work, here: Desk) -> Line:
    longest = lasted_about(work.now - here.first_at) if here.first_at else ""
    return Line(here.presence, here.call_sid, here.waiting, longest)


def _every(line: Line) -> float:
    return {"ringing": RINGING_S, "away": IDLE_S}.get(line.presence, BUSY_S)


def _own_number(work: Work) -> str:
    phone_id = desk_of(work, visitor().id).phone_id
    return phone_by_id(work, phone_id).number if phone_id else ""


def _owed(work: Work) -> list[tuple[Any, ...]]:
    regime, now = in_force(work).regime, work.now
    return [
        (
            one.id,
            masked_number(one.number),
            when(one.since, regime, now),
            when(one.due_at, regime, now) if one.due_at and not one.under_way else "",
            one.under_way,
            one.failed,
            _("nobody picked up") if one.unanswered else in_words(one.error_code, spoken()) or "",
        )
        for one in owed_calls(work)
    ]
