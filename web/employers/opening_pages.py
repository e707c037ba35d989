"""My organisations, asking for an account, and answering an invitation."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.employers.accounts import Details, Opened, employer_purposes, open_account, organisations_of
from codes.employers.acting import answer_invitation
from codes.fields import Field
from codes.regimes import in_force
from language.fields import Fit, read_field
from language.wording import say
from store import Store, Work
from store.phones import phone_by_id
from web.employers.forms import OpenForm
from web.employers.wording import STATES
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, later, spoken

_REFUSED = {
    Opened.TOO_MANY: later("You act for five organisations already: that is as many as one telephone can"),
    Opened.WAITING: later("You asked for an account with this tax number before"),
}


def add_opening_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /employer, GET and POST /employer/new, POST /employer/ID/answer."""

    @blueprint.get("/employer")
    def employer() -> ResponseReturnValue:
        with store.reading() as work:
            mine = [one for one in organisations_of(work, visitor().id) if one.state != "closed"]
            asked = [one for one in organisations_of(work, visitor().id, ("invited",)) if one.state == "confirmed"]
            can, answer = bool(employer_purposes(in_force(work).regime)), told(work, visitor().id)
        states = {one.id: _(STATES[one.state]) for one in mine}
        return render_template("employers/mine.html", mine=mine, asked=asked, can=can, states=states, answer=answer)

    @blueprint.route("/employer/new", methods=["GET", "POST"])
    def new() -> ResponseReturnValue:
        form = OpenForm()
        with store.work() as work:
            can = bool(employer_purposes(in_force(work).regime))
            if can and form.validate_on_submit() and _opened(work, form):
                return redirect(url_for("pages.employers.employer"), 303)
        return render_template("employers/open.html", form=form, can=can), 422 if form.errors else 200

    @blueprint.post("/employer/<organisation_id>/answer")
    def answer(organisation_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            agreed = _agreed()
            if not answer_invitation(work, visitor().id, organisation_id, agreed=agreed):
                abort(404)
            return Answer(url_for("pages.employers.employer"), "agreed" if agreed else "declined")

        return send_once(store, visitor().id, act)


def _agreed() -> bool:
    return request.form.get("answer") == "yes"


def _opened(work: Work, form: OpenForm) -> bool:
    """Whether the account is asked for; what was wrong is said in the form."""
    regime = in_force(work).regime
    typed = (form.tax_number.data or "").strip()
    read = read_field(Field.TAX_NUMBER, typed, regime, work.now.date())
    if read.fit is not Fit.FINE:
        form.refuse("tax_number", say("format_tax_number", spoken(), regime, given=typed))
        return False
    name, contact = (" ".join((field.data or "").split()) for field in (form.name, form.contact))
    if not name.isprintable() or not contact.isprintable():
        form.refuse("name", _("Use only signs that can be seen"))
        return False
    came = open_account(work, phone_by_id(work, visitor().id), Details(name, read.value, contact))
    if came is not Opened.ASKED:
        form.refuse("tax_number", _(_REFUSED[came]))
        return False
    return True
