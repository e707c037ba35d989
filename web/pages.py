"""The pages: one guard in front of all, one look around each."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from store import Store
from web.access import ACCESS, DOORS, PATIENT, for_citizens, may_open, navigation
from web.admin.pages import admin_blueprint
from web.api.pages import api_docs_blueprint
from web.assets import Assets, assets_blueprint
from web.citizen.entering_pages import entering_blueprint
from web.citizen.pages import citizen_blueprint
from web.citizen.shared_pages import shared_blueprint
from web.citizen.start_pages import start_blueprint
from web.clinic.pages import clinic_blueprint
from web.compiled import COMPILED
from web.cookies import Cookies, FormSessions
from web.desk.pages import desk_blueprint
from web.duty.pages import duty_blueprint
from web.duty.showing import decision_shown
from web.employers.pages import employers_blueprint, organisations_blueprint
from web.fragments import live
from web.given import Given
from web.headers import guard_headers, nonce
from web.leaving import leaving_blueprint
from web.legible import Shallow, is_illegible, is_no_address
from web.local import this_page
from web.once import once_field
from web.patient.entering import home_with, to_patients_door
from web.patient.pages import patient_blueprint
from web.police.pages import police_blueprint
from web.public.figures import public_blueprint
from web.public_keys import keys_blueprint
from web.q.pages import q_blueprint
from web.rates import Rates, network
from web.review.pages import review_blueprint
from web.sessions import visitor_with
from web.signin.enrolling import enrolment_blueprint, on_link_used
from web.signin.enrolment import LinkUsed
from web.signin.pages import sign_in_blueprint
from web.signin.passkey_pages import account_blueprint, passkeys_blueprint
from web.signin.passkeys import Passkeys
from web.signin.passwords import Busy, Passwords
from web.signin.sessions import WHOLE, left_just_now
from web.speaking import speaking_blueprint
from web.supervision.pages import supervision_blueprint
from web.titles import role_titles
from web.troubles import on_busy, on_expired, on_fault, on_refusal, on_too_many
from web.uploads import UPLOADS, InMemory
from web.visitor import patient, present
from web.words import LANGUAGES, _, counted, spoken

_MOST_BYTES = 256 * 1024
DOORS_A_MINUTE = 60
HOME_A_MINUTE = 120
"""What one patient's browser may send."""
_HELP = "pages.patient.sos"
"""Is never refused; pressed again and again it is one call."""
_MACHINES = ("/telephony/", "/static/", "/healthz")
"""Where no person looks: errors stay bare."""


def add_pages(app: Flask, given: Given) -> None:
    """Adds every page to the application; raises AssetsMissing."""
    store, public_url, blobs = given.store, given.public_url, given.blobs
    cookies = Cookies(https=public_url.startswith("https://"))
    passwords, passkeys = Passwords(), Passkeys(store, public_url)
    assets = Assets()
    inner = (
        start_blueprint(store),
        entering_blueprint(store, cookies, given.limits),
        citizen_blueprint(given),
        employers_blueprint(store),
        organisations_blueprint(store),
        shared_blueprint(store, given.signing),
        sign_in_blueprint(store, passwords, cookies),
        leaving_blueprint(store, cookies),
        speaking_blueprint(store, cookies),
        enrolment_blueprint(store, passwords, cookies),
        passkeys_blueprint(store, passkeys, cookies),
        account_blueprint(store),
        desk_blueprint(store, public_url),
        supervision_blueprint(store, blobs),
        review_blueprint(store, blobs, decision_shown),
        clinic_blueprint(given),
        duty_blueprint(store, blobs),
        admin_blueprint(store, public_url, given.tariff),
        api_docs_blueprint(public_url),
        q_blueprint(store, given.signing),
        police_blueprint(store, passkeys, cookies, given.signing, given.revocations, assets),
        public_blueprint(store),
        patient_blueprint(given, cookies, assets),
    )
    _configure(app, store, cookies)
    _furnish(app, assets)
    app.register_blueprint(assets_blueprint(assets))
    app.register_blueprint(keys_blueprint(given.signing))
    app.register_blueprint(_guarded(given, cookies, CSRFProtect(app), inner))
    for nobodys in (404, 405):
        app.register_error_handler(nobodys, _nobodys_address(store, cookies))


def _configure(app: Flask, store: Store, cookies: Cookies) -> None:
    """Flask's own session only carries what forms are checked with; all processes with the same keys read it."""
    app.session_interface = FormSessions()
    app.request_class, app.json = InMemory, Shallow(app)
    app.config.update(
        SECRET_KEY=store.keys.derived("pages"),
        SESSION_COOKIE_NAME=cookies.form_name,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=cookies.https,
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=int(WHOLE.total_seconds()),
    )


def _furnish(app: Flask, assets: Assets) -> None:
    """What every template may use."""
    others = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_loader = ChoiceLoader([PackageLoader("web"), PrefixLoader(others)])
    WTFormsHelpers(app)
    words = {"_": _, "counted": counted, "languages": LANGUAGES, "role_titles": role_titles, "once": once_field}
    app.jinja_env.globals.update(words, asset=assets.url, nonce=nonce, live=live)
    app.jinja_env.bytecode_cache = COMPILED
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def around() -> dict[str, Any]:
        return {"visitor": present(), "language": spoken(), "navigation": navigation(present()), "here": this_page()}


def _guarded(given: Given, cookies: Cookies, csrf: CSRFProtect, inner: tuple[Blueprint, ...]) -> Blueprint:
    store, pages = given.store, Blueprint("pages", __name__)

    @pages.before_request
    def guard() -> ResponseReturnValue | None:
        request.max_content_length = UPLOADS.get(str(request.endpoint), _MOST_BYTES)
        token = cookies.token()
        g.visitor = visitor_with(store, token) if token else None
        g.at_home = home_with(store, cookies.home_tokens())
        if not may_open(present(), request.endpoint):
            return _refuse(store, token)
        if is_no_address(request):
            abort(404)
        csrf.protect()
        if is_illegible(request):
            abort(400)
        return _too_many(given.rates)

    @pages.after_request
    def close(response: Response) -> Response:
        return guard_headers(response, https=cookies.https)

    pages.register_error_handler(CSRFError, on_expired)
    pages.register_error_handler(HTTPException, on_refusal)
    pages.register_error_handler(Busy, on_busy)
    pages.register_error_handler(LinkUsed, on_link_used)
    pages.register_error_handler(Exception, on_fault)
    for one in inner:
        pages.register_blueprint(one)
    return pages


def _too_many(rates: Rates) -> ResponseReturnValue | None:
    """What guesses at a door, or makes us text and reckon, has an end for each network; many may share one."""
    if request.method != "POST":
        return None
    again, home = None, patient()
    if request.endpoint in DOORS:
        again = rates.hit("door", network(), DOORS_A_MINUTE)
    elif home is not None and ACCESS.get(str(request.endpoint)) is PATIENT and request.endpoint != _HELP:
        again = rates.hit("home", home.shown.device_id, HOME_A_MINUTE)
    return on_too_many(again) if again else None


def _refuse(store: Store, token: str | None) -> ResponseReturnValue:
    """Who is not signed in may do that and come back; who is, and has no role for it, is noted."""
    if ACCESS.get(str(request.endpoint)) is PATIENT:
        return to_patients_door()
    who = present()
    if who is not None or request.endpoint not in ACCESS:
        if who is not None:
            with store.work() as work:
                work.audit(who.actor, "page.refused", str(request.endpoint))
        abort(403)
    ended = 1 if token else None
    if request.blueprint == "pages.police":
        return redirect(url_for("pages.police.sign_in", ended=ended))
    door = "pages.entering.enter" if for_citizens(request.endpoint) else "pages.sign_in.sign_in"
    way_in = url_for(door, back=this_page(), ended=ended)
    if "HX-Request" in request.headers:
        if token and left_just_now(store, token):
            return Response(status=204)  # the page that says goodbye is on its way
        return Response(status=401, headers={"HX-Redirect": way_in})
    return redirect(way_in)


def _nobodys_address(store: Store, cookies: Cookies) -> Any:
    def answer(error: HTTPException) -> ResponseReturnValue:
        if request.path.startswith(_MACHINES):
            return error
        if "visitor" not in g:
            token = cookies.token()
            g.visitor = visitor_with(store, token) if token else None
        return guard_headers(on_refusal(error), https=cookies.https)

    return answer
