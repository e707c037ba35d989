"""One application: taken, looked at, decided. What is sent is shown first, with what it costs."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.review.opening import Opened, open_application, take_application
from codes.review.review_queue import queued
from codes.review.taking import APPLICATION, give_back
from language.moments import when
from store import Store, Work
from web.once import Answer, send_once, told
from web.review.deciding import ACTS, act_form, carry_out, preview
from web.review.forms import AskForm, RefuseForm, ReturnForm
from web.review.showing import shown_application
from web.review.wording import PROPOSALS, waited
from web.visitor import visitor
from web.wording import purpose_words, reason_words
from web.words import _

LIST, ONE = "pages.review.applications", "pages.review.application"


def add_application_pages(blueprint: Blueprint, store: Store) -> None:
    """/review/applications/NUMBER, its /take, /give-back and /decide."""

    @blueprint.get("/review/applications/<number>")
    def application(number: str) -> ResponseReturnValue:
        with store.work() as work:
            opened = open_application(work, number, visitor().actor)
            if opened is None:
                return _closed_page(work, number)
            return application_page(work, opened, {})

    @blueprint.post("/review/applications/<number>/take")
    def take(number: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            got = take_application(work, number, visitor().actor)
            return Answer(url_for(ONE, number=number), "" if got else "barred_taken")

        return send_once(store, visitor().id, act)

    @blueprint.post("/review/applications/<number>/give-back", endpoint="give_back")
    def give_it_back(number: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            one = queued(work, number)
            if one is not None:
                give_back(work, APPLICATION, one.id, visitor().actor)
            return Answer(url_for(LIST), "given_back")

        return send_once(store, visitor().id, act)

    _add_deciding(blueprint, store)


def _add_deciding(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/review/applications/<number>/decide")
    def decide(number: str) -> ResponseReturnValue:
        act = request.form.get("act", "")
        form = act_form(act) if act in ACTS else abort(400)
        with store.work() as work:
            opened = open_application(work, number, visitor().actor)
            if opened is None:
                return redirect(url_for(ONE, number=number), 303)
            if form is not None and not form.validate():
                return application_page(work, opened, {act: form}), 422
            if "change" in request.form:
                return application_page(work, opened, {act: form} if form else {})
        if "sure" not in request.form:
            with store.work() as work:  # another one: what is held first is the application, always
                return preview(work, opened, act, form)
        words = (form.words.data or "").strip() if form is not None else ""
        return send_once(store, visitor().id, lambda work: carry_out(work, number, act, words))


def application_page(work: Work, opened: Opened, forms: dict[str, Any]) -> str:
    """The page of an application that is theirs, with what was typed and is wrong."""
    given = {"refuse": RefuseForm, "ask": AskForm, "return": ReturnForm}
    shown = {act: forms.get(act) or kind(formdata=None, prefix=f"{act}-") for act, kind in given.items()}
    wrong = next((form for form in forms.values() if form is not None and form.errors), None)
    answer = told(work, visitor().id)
    return render_template(
        "review/application.html",
        one=shown_application(work, opened),
        mine=opened.queued.proposed_by == visitor().actor,
        forms=shown,
        answer=answer,
        rule=_rule(work, opened, answer),
        **({"form": wrong} if wrong else {}),
    )


def _closed_page(work: Work, number: str) -> ResponseReturnValue:
    """What anybody sees who did not take it: nothing that names the applicant."""
    one = queued(work, number)
    answer = told(work, visitor().id)
    if one is None:
        return render_template("review/decided.html", answer=answer), 404
    facts = {
        "number": one.number,
        "purpose": purpose_words(one.purpose, one.regime),
        "waited": waited(work.now - one.asked_at),
        "asked": when(one.asked_at, one.regime),
        "papers": one.papers,
        "unread": one.unread,
        "taker": one.taker if one.taken_by else "",
        "proposal": _(PROPOSALS[one.proposal]) if one.proposal else "",
        "proposer": one.proposer,
    }
    return render_template("review/closed.html", one=facts, answer=answer)


def _rule(work: Work, opened: Opened, answer: Answer | None) -> str:
    """Why a rule of the order refused what they granted."""
    if answer is None or answer.told != "rule":
        return ""
    next_at = datetime.fromisoformat(answer.facts["next_at"]) if answer.facts["next_at"] else None
    return reason_words(answer.facts["reason"], next_at, opened.queued.regime, work.now)
