"""Reviewers decide about organisations: which may ask for passes, how many a day, and which no more."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from codes.employers.accounts import ROWS_A_DAY, Organisation, find_organisation, organisations_in
from codes.employers.confirming import Decided, close, concerned, confirm, limit, refuse
from codes.employers.destroying_accounts import astray
from codes.looking import note_look
from codes.regimes import in_force
from language.moments import when
from store import Store, Work
from web.employers.forms import LimitForm, ReasonForm
from web.employers.wording import STATES
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

_ONE = "/review/organisations/<organisation_id>"


def add_review_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /review/organisations and one of them; POST .../confirm, .../refuse, .../limit and .../close."""

    @blueprint.get("/review/organisations", endpoint="queue")
    def queue() -> ResponseReturnValue:
        with store.work() as work:
            note_look(work, "organisations", visitor().actor, "review", "review/organisations")
            asked = [_listed(work, one) for one in organisations_in(work, ("asked",))]
            others = [_listed(work, one) for one in organisations_in(work, ("confirmed", "refused"))]
            answer = told(work, visitor().id)
        return render_template("employers/queue.html", asked=asked, others=others, answer=answer)

    @blueprint.get(_ONE)
    def one(organisation_id: str) -> ResponseReturnValue:
        return _page(store, organisation_id)

    _add_acts(blueprint, store)


def _add_acts(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post(f"{_ONE}/confirm", endpoint="confirm")
    def confirm_one(organisation_id: str) -> ResponseReturnValue:
        form = LimitForm()
        if not form.validate():
            return _page(store, organisation_id, limiting=form), 422
        return _send(store, organisation_id, lambda work: confirm(work, organisation_id, form.rows_a_day.data, _by()))

    @blueprint.post(f"{_ONE}/refuse", endpoint="refuse")
    def refuse_one(organisation_id: str) -> ResponseReturnValue:
        form = ReasonForm()
        if not form.validate():
            return _page(store, organisation_id, reason=form), 422
        return _send(store, organisation_id, lambda work: refuse(work, organisation_id, form.reason.data, _by()))

    @blueprint.post(f"{_ONE}/limit", endpoint="limit")
    def limit_one(organisation_id: str) -> ResponseReturnValue:
        form = LimitForm()
        if not form.validate():
            return _page(store, organisation_id, limiting=form), 422
        return _send(store, organisation_id, lambda work: limit(work, organisation_id, form.rows_a_day.data, _by()))

    @blueprint.post(f"{_ONE}/close", endpoint="close")
    def close_one(organisation_id: str) -> ResponseReturnValue:
        form = ReasonForm()
        if not form.validate():
            return _page(store, organisation_id, reason=form), 422
        return _send(store, organisation_id, lambda work: _close(work, organisation_id, form.reason.data))


def _by() -> str:
    return visitor().actor


def _close(work: Work, organisation_id: str, reason: str) -> Decided:
    found = find_organisation(work, organisation_id)
    if found is None:
        return Decided.OVER
    if concerned(work, organisation_id, _by()):
        return Decided.OWN
    return Decided.DONE if close(work, found, _by(), reason, revoking=True) else Decided.OVER


def _send(store: Store, organisation_id: str, decide: Any) -> ResponseReturnValue:
    def act(work: Work) -> Answer:
        came = decide(work)
        here = url_for("pages.organisations.queue")
        page = here if came is Decided.DONE else url_for("pages.organisations.one", organisation_id=organisation_id)
        return Answer(page, str(came))

    return send_once(store, visitor().id, act)


def _page(store: Store, organisation_id: str, **failed: Any) -> str | Response:
    with store.work() as work:
        found = find_organisation(work, organisation_id) or abort(404)
        if found.state in ("closing", "closed"):
            return redirect(url_for("pages.organisations.queue"))
        note_look(work, found.id, _by(), "review", "review/organisation")
        shown, answer = _listed(work, found), told(work, visitor().id)
        lost, asked = astray(work, found.id)
    before = found.rows_a_day if found.state == "confirmed" else ROWS_A_DAY
    limiting = failed.get("limiting") or LimitForm(formdata=None, data={"rows_a_day": before})
    reason = failed.get("reason") or ReasonForm(formdata=None)
    form = next(iter(failed.values()), limiting)
    numbers = {"lost": lost, "asked": asked}
    return render_template(
        "employers/one.html", one=shown, form=form, limiting=limiting, reason=reason, answer=answer, **numbers
    )


def _listed(work: Work, one: Organisation) -> dict[str, Any]:
    regime = in_force(work).regime
    return {
        "id": one.id,
        "name": one.name,
        "tax_number": one.tax_number,
        "contact": one.contact,
        "kind": one.state,
        "state": _(STATES[one.state]),
        "asked": when(one.asked_at, regime, work.now),
        "rows_a_day": one.rows_a_day,
        "reason": one.reason,
        "own": concerned(work, one.id, _by()),
    }
