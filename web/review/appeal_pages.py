"""Appeals: the list, one of them, the answer; shown first as it will be sent."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from codes.review.answering_appeals import (
    ListedAppeal,
    OpenedAppeal,
    listed_appeal,
    listed_appeals,
    open_appeal,
    take_appeal,
)
from codes.review.appealed import ALERT, Decided
from codes.review.appeals import NotOpen, decide_appeal
from codes.review.taking import APPEAL, give_back
from language.moments import when
from language.wording import say
from store import Store, Work
from web.appeals import APPEALABLE
from web.fragments import fragment, tag_of
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.review.forms import AppealForm
from web.review.wording import APPEALS, DECIDED, billed, waited
from web.visitor import visitor
from web.wording import language_name, purpose_words
from web.words import _

LIST, ONE = "pages.review.appeals", "pages.review.appeal"
EVERY_S = 10
"""So often an open list asks."""


ShowDecision = Callable[[Work, str], Mapping[str, Any] | None]


def add_appeal_pages(blueprint: Blueprint, store: Store, show: ShowDecision) -> None:
    """/review/appeals, /review/appeals/NUMBER, its /take, /give-back and /decide."""
    _add_lists(blueprint, store)
    _add_taking(blueprint, store, show)
    _add_deciding(blueprint, store, show)


def _add_lists(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/review/appeals")
    def appeals() -> ResponseReturnValue:
        with store.reading() as work:
            shown, answer = _lists(work), told(work, visitor().id)
        return render_template("review/appeals.html", shown=shown, tag=tag_of(shown), every=EVERY_S, answer=answer)

    @blueprint.get("/review/appeals/list")
    def appeals_part() -> ResponseReturnValue:
        with store.reading() as work:
            shown = _lists(work)
        return fragment("review/appeals_part.html", tag_of(shown), shown=shown, every=EVERY_S)


def _add_taking(blueprint: Blueprint, store: Store, show: ShowDecision) -> None:
    @blueprint.get("/review/appeals/<number>")
    def appeal(number: str) -> ResponseReturnValue:
        with store.work() as work:
            opened = open_appeal(work, number, visitor().actor)
            if opened is not None:
                return _page(work, opened, AppealForm(formdata=None, prefix="appeal-"), show)
            one, answer = listed_appeal(work, number), told(work, visitor().id)
            facts = _row(work, one) if one else None
        return render_template("review/closed_appeal.html", one=facts, answer=answer), 200 if facts else 404

    @blueprint.post("/review/appeals/<number>/take", endpoint="take_appeal")
    def take_it(number: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            got = take_appeal(work, number, visitor().actor)
            return Answer(url_for(ONE, number=number), "" if got else "barred_taken")

        return send_once(store, visitor().id, act)

    @blueprint.post("/review/appeals/<number>/give-back", endpoint="give_back_appeal")
    def give_it_back(number: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            if one := listed_appeal(work, number):
                give_back(work, APPEAL, one.id, visitor().actor)
            return Answer(url_for(LIST), "given_back")

        return send_once(store, visitor().id, act)


def _add_deciding(blueprint: Blueprint, store: Store, show: ShowDecision) -> None:
    @blueprint.post("/review/appeals/<number>/decide", endpoint="decide_appeal")
    def decide(number: str) -> ResponseReturnValue:
        form = AppealForm(prefix="appeal-")
        with store.work() as work:
            opened = open_appeal(work, number, visitor().actor)
            if opened is None:
                return redirect(url_for(ONE, number=number), 303)
            if not form.validate():
                return _page(work, opened, form, show), 422
            if "change" in request.form:
                return _page(work, opened, form, show)
            if "sure" not in request.form:
                return _preview(work, opened, form)
        upheld, words = form.verdict.data == "upheld", (form.words.data or "").strip()
        return send_once(store, visitor().id, lambda work: _decided(work, number, upheld, words))


def _decided(work: Work, number: str, upheld: bool, words: str) -> Answer:
    language = in_force(work).regime.default_language
    try:
        barred = decide_appeal(work, number, upheld=upheld, words=words, language=language, by=visitor().actor)
    except NotOpen:
        return Answer(url_for(LIST), "answered_before", {"number": number})
    if barred:
        return Answer(url_for(ONE, number=number), f"barred_{barred}")
    return Answer(url_for(LIST), "answered", {"number": number})


def _preview(work: Work, opened: OpenedAppeal, form: Any) -> str:
    regime, phone = in_force(work).regime, opened.appeal.phone
    language, upheld = phone.language or regime.default_language, form.verdict.data == "upheld"
    words = (form.words.data or "").strip()
    template = "appeal_upheld" if upheld else "appeal_denied"
    text = say(template, language, regime, number=opened.appeal.number, text=words)
    fields = {"appeal-verdict": form.verdict.data, "appeal-words": words}
    number, cost = opened.appeal.number, billed(text)
    return render_template(
        "review/sure_appeal.html", number=number, text=text, billed=cost, language=language, fields=fields
    )


def _page(work: Work, opened: OpenedAppeal, form: Any, show: ShowDecision) -> str:
    appeal, regime = opened.appeal, in_force(work).regime
    known = listed_appeal(work, appeal.number)
    alert = appeal.about.id if appeal.about and appeal.about.what == ALERT else ""
    one = {
        "at_home": show(work, alert) if alert else None,
        "number": appeal.number,
        "text": appeal.text,
        "waited": waited(work.now - appeal.filed_at),
        "filed": when(appeal.filed_at, regime),
        "answer_by": when(known.answer_by, regime) if known and known.answer_by else "",
        "phone": masked_number(appeal.phone.number),
        "language": language_name(appeal.phone.language or regime.default_language),
        "about": _decision(work, opened.about) if opened.about else "",
        "decided": [_decision(work, decided) for decided in opened.decided],
        "concerned": any(one.concerns(visitor().actor) for one in (opened.about, *opened.decided) if one),
    }
    return render_template("review/appeal.html", one=one, form=form, answer=told(work, visitor().id))


def _decision(work: Work, one: Decided) -> str:
    what, at = _(DECIDED[one.what]), when(one.at, one.regime or in_force(work).regime)
    if one.regime:
        return f"{what}: {purpose_words(one.purpose, one.regime)}, {at}"
    return f"{what}: {_(APPEALABLE[one.decision])}, {at}" if one.decision in APPEALABLE else f"{what}, {at}"


def _lists(work: Work) -> dict[str, Any]:
    waiting, answered = listed_appeals(work)
    return {"waiting": [_row(work, one) for one in waiting], "answered": [_row(work, one) for one in answered]}


def _row(work: Work, one: ListedAppeal) -> dict[str, Any]:
    return {
        "number": one.number,
        "open": one.state == "open",
        "state": _(APPEALS[one.state]),
        "waited": waited(work.now - one.filed_at),
        "answer_by": when(one.answer_by, in_force(work).regime, work.now) if one.answer_by else "",
        "late": one.answer_by is not None and one.answer_by < work.now,
        "mine": one.taken_by == visitor().actor,
        "taker": one.taker,
        "decider": one.decider,
        "at": when(one.decided_at, in_force(work).regime) if one.decided_at else "",
    }
