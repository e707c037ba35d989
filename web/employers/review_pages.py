"""Reviewers decide about organisations: which may ask for passes, how many a day, and which no more."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from codes.employers.accounts import ROWS_A_DAY, Organisation, find_organisation, organisations_in
from codes.employers.confirming import Decided, concerned, confirm, limit, refuse, stop
from codes.employers.destroying_accounts import astray
from codes.looking import note_look
from codes.regimes import in_force
from language.moments import when
from store import Store, Work
from web.employers.forms import LimitForm, ReasonForm
from web.employers.wording import STATES
from web.forms import PageForm
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

_ONE = "/review/organisations/<organisation_id>"
_Decide = Callable[[Work, str, Any, str], Decided]
_ACTS: Mapping[str, tuple[type[PageForm], _Decide]] = MappingProxyType(
    {
        "confirm": (LimitForm, confirm),
        "refuse": (ReasonForm, refuse),
        "limit": (LimitForm, limit),
        "close": (ReasonForm, stop),
    }
)
"""What a reviewer may do with one, as it stands in the address; the form asks for what goes along."""


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

    for name, (form_class, decide) in _ACTS.items():
        _add_act(blueprint, store, name, form_class, decide)


def _add_act(blueprint: Blueprint, store: Store, name: str, form_class: type[PageForm], decide: _Decide) -> None:
    @blueprint.post(f"{_ONE}/{name}", endpoint=name)
    def act(organisation_id: str) -> ResponseReturnValue:
        form = form_class()
        if not form.validate():
            return _page(store, organisation_id, form), 422
        given = form.rows_a_day.data if isinstance(form, LimitForm) else form.reason.data

        def done(work: Work) -> Answer:
            came = decide(work, organisation_id, given, visitor().actor)
            one = url_for("pages.organisations.one", organisation_id=organisation_id)
            return Answer(url_for("pages.organisations.queue") if came is Decided.DONE else one, str(came))

        return send_once(store, visitor().id, done)


def _page(store: Store, organisation_id: str, failed: PageForm | None = None) -> str | Response:
    with store.work() as work:
        found = find_organisation(work, organisation_id) or abort(404)
        if found.state in ("closing", "closed"):
            return redirect(url_for("pages.organisations.queue"))
        note_look(work, found.id, visitor().actor, "review", "review/organisation")
        shown, answer = _listed(work, found), told(work, visitor().id)
        lost, asked = astray(work, found.id)
    before = found.rows_a_day if found.state == "confirmed" else ROWS_A_DAY
    limiting = failed if isinstance(failed, LimitForm) else LimitForm(formdata=None, data={"rows_a_day": before})
    reason = failed if isinstance(failed, ReasonForm) else ReasonForm(formdata=None)
    form = failed or limiting
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
        "own": concerned(work, one.id, visitor().actor),
    }
