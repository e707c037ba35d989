"""Staff sign in."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from store import Store
from web.access import navigation
from web.cookies import Cookies
from web.local import local_path
from web.signin.checking import LOCKED_FOR, WRONG_TRIES, Said, sign_in
from web.signin.forms import SignInForm
from web.signin.passwords import Passwords
from web.visitor import present
from web.words import _


def sign_in_blueprint(store: Store, passwords: Passwords, cookies: Cookies) -> Blueprint:
    """GET and POST /sign-in."""
    blueprint = Blueprint("sign_in", __name__)

    @blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
    def sign_in_page() -> ResponseReturnValue:
        back = local_path(request.args.get("back"))
        if present() and request.method == "GET":
            return redirect(back or landing())
        form = SignInForm()
        if form.validate_on_submit():
            said = Said(" ".join(form.name.data.split()), form.password.data, form.code.data)
            token = sign_in(store, passwords, said)
            if token:
                return cookies.sign_in(_to(back), token)
            form.refuse("name", _refusal())
        status = 422 if form.errors else 200
        return render_template("signin/sign_in.html", form=form, back=back, ended="ended" in request.args), status

    return blueprint


def landing() -> str:
    """The page of whoever is signed in; else the way in."""
    pages = navigation(present())
    return url_for(pages[0].endpoint if pages else "pages.sign_in.sign_in")


def _to(back: str | None) -> Response:
    return make_response(redirect(back or url_for("pages.start.start")))


def _refusal() -> str:
    return _(
        "Name, password or code is not right. Check all three and wait for a new code. "
        "After {tries} wrong tries in a row a name is locked for {minutes} minutes.",
        tries=WRONG_TRIES,
        minutes=LOCKED_FOR.seconds // 60,
    )
