"""One account: other roles, a new link, closing; and what a second administrator confirms."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from language.moments import day
from store import Store, Work
from web.admin.staff.forms import ClinicForm, CloseForm, RolesForm, apart
from web.admin.staff.showing import link_page
from web.admin.staff.wording import STATES, TOLD
from web.once import Answer, send_once, told
from web.roles import EXCLUSIVE
from web.signin import governing
from web.signin.accounts import account_of
from web.signin.governing import Became, CloseReason
from web.titles import role_titles
from web.visitor import visitor
from web.words import _

_Change = Callable[[Work], governing.Answer]


def add_account_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET /admin/staff/ID, POST its /roles, /clinic, /reset and /close, POST /admin/staff/changes/ID."""

    @blueprint.get("/admin/staff/<staff_id>", endpoint="staff_one")
    def one(staff_id: str) -> ResponseReturnValue:
        return _page(store, staff_id)

    @blueprint.post("/admin/staff/<staff_id>/roles", endpoint="staff_roles")
    def roles(staff_id: str) -> ResponseReturnValue:
        form = RolesForm()
        if not form.validate():
            return _page(store, staff_id, form), 422
        return _send(
            store, public_url, "roles", lambda work: governing.give_roles(work, visitor().id, staff_id, form.chosen)
        )

    @blueprint.post("/admin/staff/<staff_id>/reset", endpoint="staff_reset")
    def reset(staff_id: str) -> ResponseReturnValue:
        return _send(store, public_url, "reset", lambda work: governing.renew(work, visitor().id, staff_id))

    @blueprint.post("/admin/staff/<staff_id>/close", endpoint="staff_close")
    def close(staff_id: str) -> ResponseReturnValue:
        form = CloseForm(prefix="close-")
        if not form.validate():
            abort(400)
        why = CloseReason(form.why.data)
        return _send(store, public_url, "close", lambda work: governing.dismiss(work, visitor().id, staff_id, why))

    @blueprint.post("/admin/staff/changes/<change_id>", endpoint="staff_settle")
    def settle(change_id: str) -> ResponseReturnValue:
        yes = request.form.get("answer") == "yes"
        return _send(
            store, public_url, "change", lambda work: governing.settle_change(work, visitor().id, change_id, yes=yes)
        )

    _add_clinic(blueprint, store, public_url)


def _add_clinic(blueprint: Blueprint, store: Store, public_url: str) -> None:
    @blueprint.post("/admin/staff/<staff_id>/clinic", endpoint="staff_clinic")
    def clinic(staff_id: str) -> ResponseReturnValue:
        form = ClinicForm(prefix="clinic-")
        if not form.validate():
            return _page(store, staff_id, form), 422
        return _send(
            store, public_url, "clinic", lambda work: governing.place(work, visitor().id, staff_id, form.called)
        )


def _send(store: Store, public_url: str, what: str, change: _Change) -> ResponseReturnValue:
    """Carries a change out, once; leads to the account, or shows its new link."""
    became: list[tuple[governing.Answer, str]] = []

    def act(work: Work) -> Answer:
        answer = change(work)
        account = account_of(work, answer.staff_id)
        became.append((answer, account.name if account else ""))
        to = url_for("pages.admin.staff_one", staff_id=account.id) if account else url_for("pages.admin.staff")
        return Answer(to, f"{what}_done" if answer.became is Became.DONE else str(answer.became))

    def shown() -> ResponseReturnValue | None:
        answer, name = became[-1]
        return link_page(public_url, answer, name) if answer.token else None

    return send_once(store, visitor().id, act, shown)


def _page(store: Store, staff_id: str, failed: RolesForm | ClinicForm | None = None) -> str:
    with store.reading() as work:
        account = account_of(work, staff_id) or abort(404)
        waits = [one for one in governing.open_changes(work) if one.staff_id == staff_id]
        answer, added = told(work, visitor().id), day(account.created_at, in_force(work).regime)
    kept = RolesForm(formdata=None, data={"roles": list(account.roles)})
    at = ClinicForm(formdata=None, prefix="clinic-", data={"clinic": account.clinic or ""})
    shown: dict[str, Any] = {
        "person": account,
        "roles": role_titles(account.roles),
        "state": _(STATES[account.state]),
        "added": added,
        "own": account.id == visitor().id,
        "waits": bool(waits),
        "form": failed or kept,
        "roles_form": failed if isinstance(failed, RolesForm) else kept,
        "clinic_form": failed if isinstance(failed, ClinicForm) else at,
        "close_form": CloseForm(formdata=None, prefix="close-"),
        "pairs": [apart(one, other) for one, other, _why in EXCLUSIVE],
    }
    return render_template("admin/staff/account.html", answer=answer, told=TOLD, **shown)
