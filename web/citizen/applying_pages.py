"""Applying: one question a page, back and forth, then everything at a glance, then the answer."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from codes.applying import apply
from codes.fields import Field
from codes.meeting import Meeting
from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.registering import Lacking
from language.examples import name_in
from language.wording import word
from store import Store, Work
from web.citizen.counter import at_a_glance, at_counter
from web.citizen.drafts import Draft, begin_draft, keep_draft, open_draft
from web.citizen.outcomes import kept_outcome, outcome_of
from web.citizen.questions import (
    CHECK,
    PURPOSE,
    answers,
    hint,
    next_step,
    purpose_hints,
    question_form,
    steps,
    take_answer,
)
from web.forms import PageForm
from web.words import spoken


def add_applying_pages(blueprint: Blueprint, store: Store) -> None:
    """/apply and what follows."""
    _add_first(blueprint, store)
    _add_questions(blueprint, store)


def _add_first(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/apply", endpoint="apply")
    def first_question() -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            return _page(meeting, Draft(""), next_step(meeting, Draft("")))

    @blueprint.post("/apply")
    def begin() -> ResponseReturnValue:
        with store.work() as work:
            meeting = at_counter(work)
            step = next_step(meeting, Draft(""))
            return _take(work, meeting, Draft(""), step)


def _add_questions(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/apply/<draft_id>/<step>")
    def question(draft_id: str, step: str) -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            draft = _draft(work, meeting, draft_id)
            if step not in steps(meeting, draft) or (step == CHECK and next_step(meeting, draft) != CHECK):
                return _go(draft, next_step(meeting, draft))
            return _page(meeting, draft, step)

    @blueprint.post("/apply/<draft_id>/<step>")
    def answer(draft_id: str, step: str) -> ResponseReturnValue:
        with store.work() as work:
            meeting = at_counter(work)
            draft = _draft(work, meeting, draft_id)
            if step not in steps(meeting, draft):
                return _go(draft, next_step(meeting, draft))
            if step == CHECK:
                return _decide(work, meeting, draft)
            return _take(work, meeting, draft, step)

    @blueprint.get("/apply/<draft_id>/outcome")
    def outcome(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            draft = open_draft(work, meeting.phone, draft_id) or abort(404)
            return _outcome_page(work, meeting, draft)


def _draft(work: Work, meeting: Meeting, draft_id: str) -> Draft:
    """A draft that was not sent yet. Who moved to another telephone meanwhile is asked for again."""
    draft = open_draft(work, meeting.phone, draft_id) or abort(404)
    if draft.outcome:
        abort(_go(draft, "outcome"))
    if draft.person_id and draft.person_id not in {one.id for one in meeting.holders}:
        return replace(draft, person_id=None, whom=False)
    return draft


def _take(work: Work, meeting: Meeting, draft: Draft, step: str) -> ResponseReturnValue:
    """Keeps an answer and goes on to the next question; or shows again what was wrong."""
    form = question_form(meeting, draft, step)
    told = take_answer(meeting, draft, step, form, work.now)
    if told is None:
        return _page(meeting, draft, step, form), 422
    if told.id:
        keep_draft(work, meeting.phone, told)
    else:
        told = begin_draft(work, meeting.phone, told)
    return _go(told, next_step(meeting, told))


def _go(draft: Draft, step: str) -> Response:
    if not draft.id:
        return redirect(url_for("pages.citizen.apply"), 303)
    if step == "outcome":
        return redirect(url_for("pages.citizen.outcome", draft_id=draft.id), 303)
    return redirect(url_for("pages.citizen.question", draft_id=draft.id, step=step), 303)


def _page(meeting: Meeting, draft: Draft, step: str, form: PageForm | None = None) -> str:
    regime = meeting.terms.regime
    around = {"draft": draft, "step": step, "back": _back(meeting, draft, step)}
    if step == CHECK:
        return render_template("citizen/check.html", rows=answers(meeting, draft), **around)
    form = form or question_form(meeting, draft, step, formdata=None)
    hints = purpose_hints(regime) if step == PURPOSE else {}
    return render_template(
        "citizen/question.html",
        form=form,
        fields=[field for field in form if field.type != "CSRFTokenField"],
        hints=hints,
        example=hint(step, regime) if step in set(Field) else "",
        free=[name_in(one.name, spoken(), regime) for one in regime.no_pass_needed] if step == PURPOSE else [],
        exempt=[name_in(one.name, spoken(), regime) for one in regime.exempt] if step == PURPOSE else [],
        **around,
    )


def _back(meeting: Meeting, draft: Draft, step: str) -> str:
    order = steps(meeting, draft)
    place = order.index(step)
    if not place:
        return url_for("pages.citizen.passes")
    return url_for("pages.citizen.question", draft_id=draft.id, step=order[place - 1])


def _decide(work: Work, meeting: Meeting, draft: Draft) -> ResponseReturnValue:
    """Sends the application, once: the telephone's lock is held, and what came of it is kept in the draft."""
    if next_step(meeting, draft) != CHECK:
        return _go(draft, next_step(meeting, draft))
    came = apply(work, meeting, draft.wish)
    match came:
        case Lacking(fields):
            return _go(draft, str(fields[0]))
        case Grant() | Refusal() | Referral():
            keep_draft(work, meeting.phone, replace(draft, outcome=kept_outcome(came), fields={}))
            return _go(draft, "outcome")


def _outcome_page(work: Work, meeting: Meeting, draft: Draft) -> ResponseReturnValue:
    if not draft.outcome:
        return _go(draft, next_step(meeting, draft))
    if pass_id := draft.outcome.get("pass_id"):
        return redirect(url_for("pages.citizen.one_pass", pass_id=pass_id, new=1), 303)
    came, regime = outcome_of(draft.outcome), meeting.terms.regime
    waits = isinstance(came, Referral)
    shown = word(came, spoken(), regime, work.now)
    appealable = isinstance(came, Refusal) and came.reason is not RefusalReason.NO_PASS_NEEDED
    papers = regime.by_number[came.purpose].papers if isinstance(came, Referral) else None
    around = {"appealable": appealable, "papers": papers}
    return render_template("citizen/outcome.html", waits=waits, words=shown, came=came, **around)
