"""One organisation: how it stands, who acts for it, closing it."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.employers.acting import Invited, User, invite, remove
from codes.employers.acting import users as users_of
from codes.employers.confirming import close
from codes.employers.uploads import uploads_of
from codes.regimes import in_force
from codes.signing_in import is_mobile
from language.moments import when
from store import Store, Work
from web.asking import read_number
from web.employers.acting import acting_for
from web.employers.forms import CloseForm, InviteForm
from web.employers.wording import STATES, UPLOADS
from web.forms import PageForm
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, later

_OPEN = ("asked", "confirmed", "refused")
_INVITED = {
    Invited.KNOWN: later("They act for it already, or were invited before"),
    Invited.TOO_MANY: later("Ten people act for it at most, and five can be invited a day"),
}


def add_account_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /employer/ID, and below it the users and closing."""

    @blueprint.get("/employer/<organisation_id>")
    def account(organisation_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work, organisation_id)

    @blueprint.route("/employer/<organisation_id>/close", methods=["GET", "POST"], endpoint="close")
    def close_account(organisation_id: str) -> ResponseReturnValue:
        form = CloseForm()
        with store.work() as work:
            found = acting_for(work, organisation_id, _OPEN)
            if form.validate_on_submit():
                close(work, found, visitor().actor)
                return redirect(url_for("pages.employers.employer"), 303)
        return render_template("employers/close.html", form=form, found=found), 422 if form.errors else 200

    _add_users(blueprint, store)


def _add_users(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/employer/<organisation_id>/users", methods=["GET", "POST"])
    def users(organisation_id: str) -> ResponseReturnValue:
        form = InviteForm()
        with store.work() as work:
            acting_for(work, organisation_id)
            if form.validate_on_submit() and _invited(work, organisation_id, form):
                return redirect(url_for("pages.employers.users", organisation_id=organisation_id), 303)
            return _users_page(work, organisation_id, form), 422 if form.errors else 200

    @blueprint.post("/employer/<organisation_id>/users/<phone_id>/remove", endpoint="remove")
    def remove_user(organisation_id: str, phone_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found = acting_for(work, organisation_id)
            done = remove(work, found.id, phone_id, visitor().actor)
            mine = done and phone_id == visitor().id
            to = "pages.employers.employer" if mine else "pages.employers.users"
            page = url_for(to) if mine else url_for(to, organisation_id=organisation_id)
            return Answer(page, "removed" if done else "last")

        return send_once(store, visitor().id, act)


def _page(work: Work, organisation_id: str) -> str:
    found, regime = acting_for(work, organisation_id, _OPEN), in_force(work).regime
    lists = [
        {"id": one.id, "sent": when(one.sent_at, regime, work.now), "state": _(UPLOADS[one.state]), "upload": one}
        for one in uploads_of(work, found.id)
    ]
    return render_template(
        "employers/account.html",
        found=found,
        state=_(STATES[found.state]),
        left=found.left_today(regime, work.now),
        lists=lists,
    )


def _users_page(work: Work, organisation_id: str, form: PageForm) -> str:
    found = acting_for(work, organisation_id)
    there = [_user(one) for one in users_of(work, found.id)]
    return render_template("employers/users.html", found=found, form=form, users=there, answer=told(work, visitor().id))


def _user(one: User) -> dict[str, Any]:
    number = masked_number(one.number)
    return {"id": one.phone_id, "number": number, "invited": one.state == "invited", "me": one.phone_id == visitor().id}


def _invited(work: Work, organisation_id: str, form: InviteForm) -> bool:
    regime = in_force(work).regime
    number = read_number(form, "number", regime)
    if number is None:
        return False
    if not is_mobile(number, {regime.phone_region}):
        form.refuse("number", _("This is no mobile number of this country"))
        return False
    came = invite(work, acting_for(work, organisation_id), number, visitor().actor)
    if came is not Invited.DONE:
        form.refuse("number", _(_INVITED[came]))
    return came is Invited.DONE
