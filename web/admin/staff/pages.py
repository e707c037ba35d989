"""The list of accounts, and adding somebody."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.looking import note_look
from codes.regime import Regime
from codes.regimes import in_force
from language.moments import day, when
from store import Store, Work
from web.admin.staff.account_pages import add_account_pages
from web.admin.staff.forms import AddForm, FilterForm, apart
from web.admin.staff.showing import link_page
from web.admin.staff.wording import STATES, TOLD
from web.once import Answer, send_once, told
from web.roles import EXCLUSIVE
from web.sheets import csv_answer
from web.signin import governing
from web.signin.accounts import Account, accounts
from web.signin.governing import Became, OpenChange
from web.titles import role_titles
from web.visitor import visitor
from web.words import _


def add_staff_account_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET /admin/staff and /admin/staff.csv, GET and POST /admin/staff/add, and all below them."""
    add_account_pages(blueprint, store, public_url)

    @blueprint.get("/admin/staff", endpoint="staff")
    def staff_list() -> ResponseReturnValue:
        with store.work() as work:
            note_look(work, "staff", visitor().actor, "administration", "staff")
            regime = in_force(work).regime
            everybody = {one.id: one for one in accounts(work)}
            changes = [_change(work, one, everybody, regime) for one in governing.open_changes(work)]
            answer = told(work, visitor().id)
        shown = [_shown(one, regime) for one in _wanted(everybody.values())]
        return render_template(
            "admin/staff/list.html", filter=_filter(), people=shown, changes=changes, answer=answer, told=TOLD
        )

    @blueprint.get("/admin/staff.csv", endpoint="staff_sheet")
    def sheet() -> ResponseReturnValue:
        with store.work() as work:
            note_look(work, "staff", visitor().actor, "administration", "staff.csv")
            everybody = accounts(work)
        head = [_("Name"), _("Roles"), _("State"), _("Added")]
        return csv_answer("staff.csv", head, _lines(everybody))

    @blueprint.route("/admin/staff/add", methods=["GET", "POST"], endpoint="staff_add")
    def add() -> ResponseReturnValue:
        form = AddForm()
        if not form.validate_on_submit():
            return _add_page(form), 422 if form.errors else 200
        return _add(store, public_url, form)


def _add(store: Store, public_url: str, form: AddForm) -> ResponseReturnValue:
    became: list[governing.Answer] = []

    def act(work: Work) -> Answer:
        became.append(governing.hire(work, visitor().id, form.called, form.chosen))
        done = became[-1].became in (Became.DONE, Became.ASKED)
        if not done:
            return Answer(url_for("pages.admin.staff"), str(became[-1].became))
        return Answer(url_for("pages.admin.staff_one", staff_id=became[-1].staff_id), f"added_{became[-1].became}")

    def shown() -> ResponseReturnValue | None:
        answer = became[-1]
        return link_page(public_url, answer, form.called) if answer.token else None

    return send_once(store, visitor().id, act, shown)


def _add_page(form: AddForm) -> str:
    pairs = [apart(one, other) for one, other, _why in EXCLUSIVE]
    return render_template("admin/staff/add.html", form=form, pairs=pairs)


def _filter() -> FilterForm:
    form = FilterForm(formdata=request.args)
    form.validate()
    return form


def _wanted(everybody: Any) -> Iterator[Account]:
    form = _filter()
    for one in everybody:
        state_fits = one.state == form.state.data if form.state.data in STATES else one.state != "closed"
        if state_fits and (not form.role.data or form.role.data in one.roles):
            yield one


def _lines(everybody: Any) -> Iterator[tuple[Any, ...]]:
    for one in _wanted(everybody):
        yield one.name, role_titles(one.roles), _(STATES[one.state]), one.created_at


def _shown(one: Account, regime: Regime) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "roles": role_titles(one.roles),
        "state": _(STATES[one.state]),
        "kind": one.state,
        "added": day(one.created_at, regime),
    }


def _change(work: Work, one: OpenChange, everybody: dict[str, Account], regime: Regime) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": everybody[one.staff_id].name,
        "kind": one.kind,
        "roles": role_titles(one.roles),
        "before": role_titles(everybody[one.staff_id].roles),
        "by": everybody[one.asked_by].name,
        "at": when(one.asked_at, regime, work.now),
        "mine": one.asked_by == visitor().id,
        "own": one.staff_id == visitor().id,
    }
