"""The page of an enrolment link."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from store import Store
from web.cookies import Cookies
from web.signin.codes import grouped, qr
from web.signin.enrolment import Invitation, LinkUsed, enrol, invitation
from web.signin.forms import EnrolForm
from web.signin.passwords import Passwords
from web.words import _


def enrolment_blueprint(store: Store, passwords: Passwords, cookies: Cookies) -> Blueprint:
    """GET and POST /enrol/TOKEN; looking uses nothing up."""
    blueprint = Blueprint("enrolment", __name__)

    @blueprint.route("/enrol/<token>", methods=["GET", "POST"], endpoint="enrol")
    def enrol_page(token: str) -> ResponseReturnValue:
        with store.reading() as work:
            invited = invitation(work, token)
        if invited is None:
            return render_template("signin/no_link.html"), 404
        if invited.officer:
            return redirect(url_for("pages.police.enrol", token=token))
        form = EnrolForm(invited.name)
        if form.validate_on_submit():
            session = enrol(store, passwords, token, form.password.data, form.code.data)
            if session:
                return cookies.sign_in(make_response(redirect(url_for("pages.account.account", new=1))), session)
            form.refuse("code", _("This code is not right. Wait for the next one and enter that."))
        return _shown(invited, form), 422 if form.errors else 200

    return blueprint


def on_link_used(_error: LinkUsed) -> ResponseReturnValue:
    """Of two who use one link at once, the second."""
    return render_template("signin/no_link.html"), 404


def _shown(invited: Invitation, form: EnrolForm) -> str:
    code = Markup(qr(invited.secret, invited.name))  # noqa: S704 - made by segno, which escapes what it is given
    return render_template("signin/enrol.html", form=form, name=invited.name, qr=code, secret=grouped(invited.secret))
