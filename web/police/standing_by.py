"""What the page needs to go on without network: shift, keys, orders, its service worker; and to be installed."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from codes.regime import Regime
from codes.regimes import history, terms
from codes.signed.revocations import Revocations
from codes.signed.signing import Signing
from store import Store, Work
from web.assets import Assets
from web.police.looking import Duty, duty
from web.public_keys import key_document
from web.visitor import visitor
from web.words import _, spoken

_ORDERS = 5
"""So many versions of the order are told: a pass lives for days, and an order that none was issued under is no use."""
SHELL = (
    *("pages.css", "start.js", "govuk-frontend.min.js", "forgetting.js", "police-192.png", "police-512.png"),
    *("police.js", "codes.js", "keeping.js", "verifying.js", "revocations.js", "scanning.js"),
    *("noble-ed25519.js", "zxing-reader.js", "zxing-share.js", "zxing-reader.wasm"),
)
"""The files of the page; it works without network where all of them are kept."""
_THEME = "#12191c"


def add_standing_by(blueprint: Blueprint, store: Store, signing: Signing, assets: Assets) -> None:
    """GET /police/state, /police/worker.js and /police/manifest.webmanifest."""

    @blueprint.get("/police/state")
    def state() -> ResponseReturnValue:
        with store.reading() as work:
            on = duty(work)
            keys = [key_document(key) for key in signing.public_keys]
            known = {"keys": keys, "orders": _orders(work), "shapes": _shapes(on), "now": work.now.isoformat()}
        return jsonify(shift=_shift(on), csrf=generate_csrf(), **known)

    @blueprint.get("/police/worker.js")
    def worker() -> ResponseReturnValue:
        files = json.dumps([*map(assets.url, SHELL), url_for("pages.police.manifest")])
        page = json.dumps(url_for("pages.police.police"))
        script = f"const SHELL = {files};\nconst PAGE = {page};\n{assets.text('police-worker.js')}"
        response = Response(script, mimetype="text/javascript")
        response.headers["Service-Worker-Allowed"] = url_for("pages.police.police")
        return response

    @blueprint.get("/police/manifest.webmanifest")
    def manifest() -> ResponseReturnValue:
        sizes = ("192", "512")
        icons = [
            {"src": assets.url(f"police-{one}.png"), "sizes": f"{one}x{one}", "type": "image/png"} for one in sizes
        ]
        page = url_for("pages.police.police")
        named = {"name": _("Passline: check passes"), "short_name": _("Check passes"), "lang": spoken()}
        places = {"id": page, "start_url": page, "scope": page, "display": "standalone", "icons": icons}
        said = json.dumps({**named, **places, "theme_color": _THEME, "background_color": _THEME})
        return Response(said, mimetype="application/manifest+json")


def add_list(blueprint: Blueprint, revocations: Revocations) -> None:
    """GET /police/revocations: the signed list, or what came since a mark; 204 where that is nothing."""

    @blueprint.get("/police/revocations", endpoint="revocations")
    def listed() -> ResponseReturnValue:
        listing = revocations.listing(request.args.get("since"))
        if listing is None:
            return Response(status=204)
        response = Response(listing.packed, mimetype="application/octet-stream")
        response.headers["X-List-Mark"] = listing.mark
        return response


def _shift(on: Duty) -> Mapping[str, Any] | None:
    """The open shift; its id is another for each, so that a telephone knows what is not this one's."""
    if on.officer is None or on.until is None:
        return None
    until = on.until.isoformat()
    return {"id": f"{visitor().id}/{until}", "until": until, "zone": on.officer.zone}


def _shapes(on: Duty) -> list[Mapping[str, Any]]:
    return [{"signs": shape.signs, "prefix": bool(shape.prefix)} for shape in on.under.shapes]


def _orders(work: Work) -> Mapping[str, Any]:
    begun = [row.id for row in history(work) if row.starts_at <= work.now]
    return {str(version): _order(terms(work, version).regime) for version in begun[:_ORDERS]}


def _order(regime: Regime) -> Mapping[str, Any]:
    named = {str(one.number): one.name.get(spoken()) or one.name[regime.default_language] for one in regime.purposes}
    return {"purposes": named, "zones": [zone.key for zone in regime.zones]}
