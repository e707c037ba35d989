"""Passes in a call: issue, read the code out, lengthen, give back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.attending import Attended, attend
from codes.desk.dictating import begin_dictation, begin_with_issue, dictation, tick
from codes.desk.helping import cancel, extend, issue
from codes.desk.identifying import LookReason
from codes.fields import Field
from codes.holding import Cancelled
from codes.outcomes import Grant, Referral, Refusal
from codes.regime import Purpose
from codes.registering import Lacking, missing
from language.alphabets import spelled
from language.moments import ending
from language.speaking import speak_outcome
from store import Store, Work
from web.asking import fields_form, moment_field, read_fields, read_moment
from web.desk.call_pages import EVERY_S, state_of
from web.desk.forms import AgainForm
from web.desk.wording import masked_person
from web.fragments import tag_of
from web.once import Answer, send_once
from web.visitor import visitor
from web.wording import language_name, purpose_words


def add_pass_pages(blueprint: Blueprint, store: Store) -> None:
    """/desk/calls/SID/issue and /desk/calls/SID/passes/ID."""
    _add_issue(blueprint, store)
    _add_dictation(blueprint, store)
    _add_changes(blueprint, store)


def _add_issue(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/desk/calls/<sid>/issue")
    def ask_issue(sid: str) -> ResponseReturnValue:
        """The page for purposes that need more than is known."""
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            purpose = _purpose(attended, request.args.get("purpose", ""))
            person = request.args.get("person", "")
            return _issue_page(attended, person, purpose, _form(attended, person, purpose, {"formdata": None}))

    @blueprint.post("/desk/calls/<sid>/issue")
    def issue_pass(sid: str) -> ResponseReturnValue:
        person = request.form.get("person", "")
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            purpose, regime = _purpose(attended, request.form.get("purpose", "")), attended.terms.regime
            form = _form(attended, person, purpose, {})
            names = [*_asked(attended, person, purpose), *purpose.optional_fields]
            typed = "asked" in request.form
            read = read_fields(form, names, regime, work.now) if not typed or form.validate() else None
            start, fine = read_moment(form, "start", regime) if "start" in form else (None, True)
            if read is None or not fine:
                return _issue_page(attended, person, purpose, form), 422
            fields = read

        def act(work: Work) -> Answer:
            return _issued(work, attend(work, visitor().id, sid), person, purpose, fields, start)

        return send_once(store, visitor().id, act)


def _issued(
    work: Work,
    attended: Attended,
    person: str,
    purpose: Purpose,
    fields: Mapping[Field, str],
    start: datetime | None,
) -> Answer:
    sid, outcome = attended.call.sid, issue(work, attended, person, purpose.number, fields, start)
    match outcome:
        case Grant():
            begin_with_issue(work, attended, outcome)
            return Answer(url_for("pages.desk.dictation", sid=sid, pass_id=outcome.pass_id))
        case Lacking():
            return Answer(url_for("pages.desk.ask_issue", sid=sid, person=person, purpose=purpose.number))
        case Referral(application):
            return Answer(url_for("pages.desk.call", sid=sid), "referred", {"application": application})
        case Refusal():
            return refused(sid, outcome)


def refused(sid: str, refusal: Refusal) -> Answer:
    """A refusal as what a form came to."""
    next_at = refusal.next_at.isoformat() if refusal.next_at else ""
    facts = {"refusal": str(refusal.reason), "purpose": refusal.purpose, "next_at": next_at}
    return Answer(url_for("pages.desk.call", sid=sid), "refused", facts)


def _add_dictation(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/desk/calls/<sid>/passes/<pass_id>", endpoint="dictation")
    def dictation_page(sid: str, pass_id: str) -> ResponseReturnValue:
        with store.work() as work:
            return _dictation_page(work, attend(work, visitor().id, sid), pass_id)

    @blueprint.post("/desk/calls/<sid>/passes/<pass_id>/tick", endpoint="tick")
    def tick_group(sid: str, pass_id: str) -> ResponseReturnValue:
        place = request.form.get("place", "")

        def read_back(work: Work) -> Answer:
            tick(work, attend(work, visitor().id, sid), pass_id, int(place) if place.isdecimal() else -1)
            return Answer(url_for("pages.desk.dictation", sid=sid, pass_id=pass_id))

        return send_once(store, visitor().id, read_back)

    @blueprint.post("/desk/calls/<sid>/passes/<pass_id>/show", endpoint="show")
    def show_again(sid: str, pass_id: str) -> ResponseReturnValue:
        why = request.form.get("again-why", "")

        def show(work: Work) -> Answer:
            attended = attend(work, visitor().id, sid)
            if not begin_dictation(work, attended, pass_id, str(LookReason(why))):
                return Answer(url_for("pages.desk.call", sid=sid), "refused", {"refusal": "nothing_live"})
            return Answer(url_for("pages.desk.dictation", sid=sid, pass_id=pass_id))

        if why not in set(LookReason):
            abort(400)
        return send_once(store, visitor().id, show)


def _dictation_page(work: Work, attended: Attended, pass_id: str) -> str:
    pair, shown = attended.live(pass_id), dictation(work, attended, pass_id)
    sid, regime = attended.call.sid, attended.terms.regime
    if pair is None:
        abort(404)
    state = state_of(work, sid)
    groups = spelled(shown.code, attended.language) if shown and shown.code else ()
    told: dict[str, Any] = {}
    if shown is not None:
        told = {
            "until": ending(shown.grant.valid_until, regime, work.now),
            "hides": shown.until.astimezone(regime.zone).strftime("%H:%M"),
            "say": speak_outcome(shown.grant, attended.language, regime, work.now),
            "read_back": shown.read_back,
            "finished": shown.finished,
        }
    return render_template(
        "desk/dictation.html",
        sid=sid,
        pass_id=pass_id,
        name=masked_person(pair[0], proved=True),
        purpose=purpose_words(pair[1].purpose, regime),
        language_code=attended.language,
        speaks=language_name(attended.language),
        groups=groups,
        showing=bool(groups),
        silenced=attended.silenced,
        again_form=AgainForm(formdata=None, prefix="again-"),
        state=state,
        tag=tag_of(state),
        every=EVERY_S,
        **{"read_back": frozenset(), "finished": False, **told},
    )


def _add_changes(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/desk/calls/<sid>/passes/<pass_id>/extend", endpoint="extend")
    def extend_pass(sid: str, pass_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            attended = attend(work, visitor().id, sid)
            outcome = extend(work, attended, pass_id)
            if isinstance(outcome, Refusal):
                return refused(sid, outcome)
            until = ending(outcome.valid_until, attended.terms.regime, work.now)
            return Answer(url_for("pages.desk.call", sid=sid), "extended", {"until": until})

        return send_once(store, visitor().id, act)

    @blueprint.get("/desk/calls/<sid>/passes/<pass_id>/cancel")
    def ask_cancel(sid: str, pass_id: str) -> ResponseReturnValue:
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            holder, live = attended.live(pass_id) or abort(404)
            regime = attended.terms.regime
            name, purpose = masked_person(holder, proved=True), purpose_words(live.purpose, regime)
            until = ending(live.valid_until, regime, work.now)
        return render_template("desk/cancel.html", sid=sid, pass_id=pass_id, name=name, purpose=purpose, until=until)

    @blueprint.post("/desk/calls/<sid>/passes/<pass_id>/cancel", endpoint="cancel")
    def cancel_pass(sid: str, pass_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            outcome = cancel(work, attend(work, visitor().id, sid), pass_id)
            if not isinstance(outcome, Cancelled):
                return refused(sid, outcome)
            told = "cancelled" if outcome.quota_back else "cancelled_counted"
            return Answer(url_for("pages.desk.call", sid=sid), told)

        return send_once(store, visitor().id, act)


def _purpose(attended: Attended, number: str) -> Purpose:
    purposes = attended.terms.regime.by_number
    return purposes.get(int(number)) or abort(400) if number.isdecimal() and len(number) < 3 else abort(400)


def _asked(attended: Attended, person: str, purpose: Purpose) -> tuple[Field, ...]:
    return missing(attended.terms.regime, purpose, attended.person(person), {})


def _form(attended: Attended, person: str, purpose: Purpose, given: dict[str, Any]) -> Any:
    more = {"start": moment_field()} if purpose.book_ahead_days else {}
    needed = _asked(attended, person, purpose)
    return fields_form(attended.terms.regime, needed, purpose.optional_fields, **more)(prefix="ask-", **given)


def _issue_page(attended: Attended, person: str, purpose: Purpose, form: Any) -> str:
    regime = attended.terms.regime
    return render_template(
        "desk/issue.html",
        sid=attended.call.sid,
        person=person,
        name=masked_person(attended.person(person), proved=True),
        purpose=purpose.number,
        purpose_name=purpose_words(purpose.number, regime),
        form=form,
        fields=[field for field in form if field.type == "StringField"],
    )
