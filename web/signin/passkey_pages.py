"""What web/assets/passkeys.js asks: JSON in, JSON out; and everybody's page about their own account."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from store import Store
from web.cookies import Cookies
from web.local import local_path
from web.signin.pages import landing
from web.signin.passkeys import (
    Challenge,
    Passkeys,
    challenge_bytes,
    challenge_text,
    passkeys_of,
    remove_passkeys,
)
from web.visitor import visitor

_KEPT = "passkey"


def passkeys_blueprint(store: Store, passkeys: Passkeys, cookies: Cookies) -> Blueprint:
    """POST /sign-in/passkey/options, /sign-in/passkey, /account/passkey/options, /account/passkey."""
    blueprint = Blueprint("passkeys", __name__)

    @blueprint.post("/sign-in/passkey/options")
    def ask() -> ResponseReturnValue:
        return asked_to_sign(store, passkeys.to_enter())

    @blueprint.post("/sign-in/passkey")
    def enter() -> ResponseReturnValue:
        challenge = given_challenge()
        token = passkeys.enter(signed_document(), challenge) if challenge else None
        if token is None:
            return jsonify(fine=False), 422
        back = local_path(request.args.get("back"))
        return cookies.sign_in(make_response(jsonify(fine=True, to=back or url_for("pages.start.start"))), token)

    @blueprint.post("/account/passkey/options")
    def offer() -> ResponseReturnValue:
        return asked_to_sign(store, passkeys.to_add(visitor()))

    @blueprint.post("/account/passkey")
    def add() -> ResponseReturnValue:
        challenge = given_challenge()
        if challenge is None or not passkeys.add(visitor(), signed_document(), challenge):
            return jsonify(fine=False), 422
        return jsonify(fine=True, to=url_for("pages.account.account", added=1))

    return blueprint


def account_blueprint(store: Store) -> Blueprint:
    """GET /account, POST /account/passkeys/remove."""
    blueprint = Blueprint("account", __name__)

    @blueprint.get("/account")
    def account() -> ResponseReturnValue:
        with store.reading() as work:
            passkeys = len(passkeys_of(work, visitor().id))
        new, added = ("new" in request.args), ("added" in request.args)
        return render_template("signin/account.html", passkeys=passkeys, new=new, added=added, onward=landing())

    @blueprint.post("/account/passkeys/remove", endpoint="remove_passkeys")
    def remove() -> ResponseReturnValue:
        with store.work() as work:
            remove_passkeys(work, visitor())
        return redirect(url_for("pages.account.account"))

    return blueprint


def asked_to_sign(store: Store, asked: tuple[str, bytes]) -> Response:
    """What the browser is asked to sign, as JSON; its challenge is kept in the cookie of forms."""
    options, challenge = asked
    session[_KEPT] = {"sign": challenge_text(challenge), "at": store.clock().isoformat()}
    return Response(options, mimetype="application/json")


def given_challenge() -> Challenge | None:
    """The challenge this browser was given last, once."""
    kept: Any = session.pop(_KEPT, None)
    return Challenge(challenge_bytes(kept["sign"]), datetime.fromisoformat(kept["at"])) if kept else None


def signed_document() -> dict[str, Any]:
    """What the browser signed."""
    said = request.get_json(silent=True)
    return said if isinstance(said, dict) else {}
