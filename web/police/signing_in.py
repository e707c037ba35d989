"""The shift's beginning and end: sign in, by a passkey or not; sign out; the page of an officer's enrolment link."""

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from codes.police.duty import officer_of_account
from codes.regime import Regime
from codes.regimes import in_force, regime_if_any
from store import Store, Work
from web.cookies import Cookies
from web.police.checking import Entered, Said, open_by_passkey, sign_in, sign_out
from web.police.forms import FirstCodeForm, ShiftForm
from web.roles import Role
from web.signin.checking import LOCKED_FOR, WRONG_TRIES
from web.signin.codes import grouped, qr
from web.signin.enrolment import Invitation, enrol_officer, invitation
from web.signin.passkey_pages import asked_to_sign, given_challenge, signed_document
from web.signin.passkeys import Passkeys
from web.visitor import present, visitor
from web.words import _


def add_signing_in(blueprint: Blueprint, store: Store, cookies: Cookies) -> None:
    """GET and POST /police/sign-in, POST /police/sign-out."""

    @blueprint.route("/police/sign-in", methods=["GET", "POST"], endpoint="sign_in")
    def sign_in_page() -> ResponseReturnValue:
        if request.method == "GET" and _on_shift(store):
            return redirect(url_for("pages.police.police"))  # the way in makes a telephone forget what waits on it
        form = ShiftForm(_regime(store))
        if form.validate_on_submit():
            said = Said(form.number.data, form.pin.data, form.code.data, form.zone.data or "")
            entered = sign_in(store, said)
            if entered:
                return _let_in(store, cookies, make_response(redirect(url_for("pages.police.police"))), entered)
            form.refuse("number", _refusal())
        page = render_template("police/sign_in.html", form=form, ended="ended" in request.args)
        return page, 422 if form.errors else 200

    @blueprint.post("/police/sign-out", endpoint="sign_out")
    def leave() -> ResponseReturnValue:
        with store.work() as work:
            sign_out(work, visitor())
        session.clear()  # before the page is made, whose forms begin anew
        return cookies.sign_out(make_response(render_template("police/signed_out.html")))


def add_passkeys(blueprint: Blueprint, store: Store, passkeys: Passkeys, cookies: Cookies) -> None:
    """POST /police/sign-in/passkey and its options."""

    @blueprint.post("/police/sign-in/passkey/options")
    def ask() -> ResponseReturnValue:
        return asked_to_sign(store, passkeys.to_enter())

    @blueprint.post("/police/sign-in/passkey")
    def enter() -> ResponseReturnValue:
        challenge, opened = given_challenge(), list[Entered]()

        def opening(work: Work, staff_id: str) -> str | None:
            entered = open_by_passkey(work, staff_id, request.args.get("zone", ""))
            opened.extend([entered] if entered else [])
            return entered.token if entered else None

        token = passkeys.enter(signed_document(), challenge, opening) if challenge else None
        if token is None:
            return jsonify(fine=False), 422
        return _let_in(store, cookies, jsonify(fine=True, to=url_for("pages.police.police")), opened[0])


def add_enrolment(blueprint: Blueprint, store: Store, cookies: Cookies) -> None:
    """GET and POST /police/enrol/TOKEN; looking uses nothing up."""

    @blueprint.route("/police/enrol/<token>", methods=["GET", "POST"])
    def enrol(token: str) -> ResponseReturnValue:
        with store.reading() as work:
            invited = invitation(work, token)
        if invited is None or not invited.officer:
            return render_template("signin/no_link.html"), 404
        form = FirstCodeForm()
        if form.validate_on_submit():
            opened = enrol_officer(store, token, form.code.data)
            if opened:
                return cookies.sign_in(make_response(redirect(url_for("pages.account.account", new=1))), opened)
            form.refuse("code", _("This code is not right. Wait for the next one and enter that."))
        return _shown(invited, form), 422 if form.errors else 200


def _shown(invited: Invitation, form: FirstCodeForm) -> str:
    code = Markup(qr(invited.secret, invited.name))  # noqa: S704 - made by segno, which escapes what it is given
    return render_template("police/enrol.html", form=form, qr=code, secret=grouped(invited.secret))


def _let_in(store: Store, cookies: Cookies, response: Response, entered: Entered) -> Response:
    return cookies.sign_in(response, entered.token, entered.until - store.clock())


def _regime(store: Store) -> Regime | None:
    with store.reading() as work:
        return regime_if_any(work)


def _on_shift(store: Store) -> bool:
    who = present()
    if who is None or not who.may(Role.OFFICER):
        return False
    with store.reading() as work:
        officer = officer_of_account(work, in_force(work), who.id)
    return officer is not None and officer.on_shift


def _refusal() -> str:
    return _(
        "Number, PIN or code is not right, or you are locked. Check all three and wait for a new code. "
        "After {tries} wrong codes in a row this way in is locked for {minutes} minutes, "
        "after {tries} wrong PINs until a supervisor unlocks you.",
        tries=WRONG_TRIES,
        minutes=LOCKED_FOR.seconds // 60,
    )
