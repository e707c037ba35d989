"""Signing out, whoever is signed in."""

from flask import Blueprint, make_response, render_template, session, url_for
from flask.typing import ResponseReturnValue

from store import Store
from web.cookies import Cookies
from web.roles import Role
from web.sessions import sign_out
from web.visitor import present


def leaving_blueprint(store: Store, cookies: Cookies) -> Blueprint:
    """POST /sign-out."""
    blueprint = Blueprint("leaving", __name__)

    @blueprint.post("/sign-out")
    def leave() -> ResponseReturnValue:
        who, token = present(), cookies.token()
        if who and token:
            with store.work() as work:
                sign_out(work, token, who)
        session.clear()  # before the page is made, whose forms begin anew
        citizen = who is not None and who.may(Role.CITIZEN)
        again = url_for("pages.entering.enter" if citizen else "pages.sign_in.sign_in")
        return cookies.sign_out(make_response(render_template("signin/signed_out.html", again=again)))

    return blueprint
