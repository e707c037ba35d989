"""Citizens sign in: a number, then the code that was texted to it."""

import re

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from codes.signing_in import LASTS, CodeSent, Denied, NotSent, TextLimits, enter, send_code
from store import Store
from web.asking import read_number
from web.citizen.forms import CodeForm, NumberForm
from web.citizen.sessions import open_citizen_session
from web.cookies import Cookies
from web.local import local_path
from web.masking import masked_number
from web.roles import Role
from web.visitor import present
from web.words import _, spoken

_KEPT = "entering"
_DIGITS = re.compile(r"\D")


def entering_blueprint(store: Store, cookies: Cookies, limits: TextLimits) -> Blueprint:
    """GET and POST /enter, /enter/code."""
    blueprint = Blueprint("entering", __name__)

    @blueprint.route("/enter", methods=["GET", "POST"], endpoint="enter")
    def enter_page() -> ResponseReturnValue:
        back, who = local_path(request.args.get("back")), present()
        if who is not None and who.may(Role.CITIZEN) and request.method == "GET":
            return redirect(back or url_for("pages.citizen.passes"))
        form = NumberForm()
        with store.reading() as work:
            regime = in_force(work).regime
        if form.validate_on_submit() and (number := read_number(form, "number", regime)):
            with store.work() as work:
                sent = send_code(work, number, spoken(), regime.phone_region, limits)
            if isinstance(sent, CodeSent):
                session[_KEPT] = {"token": sent.token, "number": masked_number(number), "back": back}
                return redirect(url_for("pages.entering.code"), 303)
            form.refuse("number", _not_sent(sent, regime))
        status = 422 if form.errors else 200
        return render_template("citizen/enter.html", form=form, args=request.args, regime=regime), status

    _add_code(blueprint, store, cookies)
    return blueprint


def _add_code(blueprint: Blueprint, store: Store, cookies: Cookies) -> None:
    @blueprint.route("/enter/code", methods=["GET", "POST"], endpoint="code")
    def code_page() -> ResponseReturnValue:
        kept = session.get(_KEPT)
        if not kept:
            return redirect(url_for("pages.entering.enter"))
        form = CodeForm()
        if form.validate_on_submit():
            with store.work() as work:
                came = enter(work, kept["token"], _DIGITS.sub("", form.code.data))
                token = None if isinstance(came, Denied) else open_citizen_session(work, came)
            if token:
                onward = local_path(kept["back"]) or url_for("pages.citizen.passes")
                return cookies.sign_in(make_response(redirect(onward, 303)), token)
            form.refuse("code", _denied(came))
        minutes = LASTS.seconds // 60
        status = 422 if form.errors else 200
        return render_template("citizen/code.html", form=form, number=kept["number"], minutes=minutes), status


def _not_sent(why: NotSent, regime: Regime) -> str:
    match why:
        case NotSent.NOT_MOBILE:
            return _(
                "We can't text a code to this number: it must be a mobile number of this country. "
                "You can get a pass from any telephone by texting or calling {number}.",
                number=regime.number,
            )
        case NotSent.TOO_MANY:
            return _(
                "Four codes went to this number in 24 hours. Use the newest, or text or call {number} instead.",
                number=regime.number,
            )
        case NotSent.SPENT:
            return _("We can't send codes just now. Please text or call {number} instead.", number=regime.number)


def _denied(why: object) -> str:
    if why is Denied.WRONG:
        return _("That is not the code. Look at the newest text from us and try again.")
    return _("This code can't be used any more. Ask for a new one.")
