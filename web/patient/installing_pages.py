"""What puts the patient's page on a home screen, and shows something without network: manifest, worker, that page.

They are the same for everybody and know of nobody: what a browser keeps of the patient's part is this alone.
"""

import json

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import regime_if_any
from store import Store
from web.assets import Assets
from web.words import _, spoken

SHELL = ("pages.css", "patient-192.png")
"""The files of the page without network."""
_THEME = "#134a5e"
_SIZES = ("192", "512")


def add_installing_pages(blueprint: Blueprint, store: Store, assets: Assets) -> None:
    """/at-home/offline, /at-home/worker.js and /at-home/manifest.webmanifest."""

    @blueprint.get("/at-home/offline")
    def offline() -> ResponseReturnValue:
        with store.reading() as work:
            regime = regime_if_any(work) or abort(404)
            return render_template("patient/offline.html", sos=regime.isolation.sos_number, number=regime.number)

    @blueprint.get("/at-home/worker.js")
    def worker() -> ResponseReturnValue:
        told = {
            "SHELL": [assets.url(one) for one in SHELL],
            "OFFLINE": url_for("pages.patient.offline"),
            "SCOPE": url_for("pages.patient.home"),
        }
        head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
        response = Response(head + assets.text("patient-worker.js"), mimetype="text/javascript")
        response.headers["Service-Worker-Allowed"] = url_for("pages.patient.home")
        return response

    @blueprint.get("/at-home/manifest.webmanifest")
    def manifest() -> ResponseReturnValue:
        icons = [
            {"src": assets.url(f"patient-{one}.png"), "sizes": f"{one}x{one}", "type": "image/png", "purpose": purpose}
            for one in _SIZES
            for purpose in ("any", "maskable")
        ]
        page = url_for("pages.patient.home")
        named = {"name": _("Passline: at home"), "short_name": _("At home"), "lang": spoken()}
        places = {"id": page, "start_url": page, "scope": page, "display": "standalone", "icons": icons}
        said = json.dumps({**named, **places, "theme_color": _THEME, "background_color": _THEME})
        return Response(said, mimetype="application/manifest+json")
