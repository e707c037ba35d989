"""The officers' pages: /police and all below it."""

from flask import Blueprint

from codes.signed.revocations import Revocations
from codes.signed.signing import Signing
from store import Store
from web.assets import Assets
from web.cookies import Cookies
from web.police.look_pages import add_look_pages
from web.police.signing_in import add_enrolment, add_passkeys, add_signing_in
from web.police.standing_by import add_list, add_standing_by
from web.signin.passkeys import Passkeys


def police_blueprint(
    store: Store,
    passkeys: Passkeys,
    cookies: Cookies,
    signing: Signing,
    revocations: Revocations,
    assets: Assets,
) -> Blueprint:
    """What `web.access` lists as pages.police."""
    blueprint = Blueprint("police", __name__)
    add_signing_in(blueprint, store, cookies)
    add_passkeys(blueprint, store, passkeys, cookies)
    add_enrolment(blueprint, store, cookies)
    add_look_pages(blueprint, store, signing)
    add_standing_by(blueprint, store, signing, assets)
    add_list(blueprint, revocations)
    return blueprint
