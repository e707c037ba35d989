"""Everything that a clinician opens."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from store import Store
from web.clinic.case_pages import add_case_pages
from web.clinic.consent_pages import add_consent_pages
from web.clinic.list_pages import add_list_pages
from web.clinic.person_pages import add_person_pages
from web.clinic.place_pages import add_place_pages
from web.clinic.settling_pages import add_settling_pages
from web.given import Tiles
from web.once import sent_before
from web.visitor import visitor


def clinic_blueprint(store: Store, public_url: str, tiles: Tiles) -> Blueprint:
    """/clinic and all below it."""
    blueprint = Blueprint("clinic", __name__)
    add_list_pages(blueprint, store)
    add_person_pages(blueprint, store)
    add_place_pages(blueprint, store, tiles)
    add_consent_pages(blueprint, store, public_url)
    add_case_pages(blueprint, store)
    add_settling_pages(blueprint, store)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    return blueprint
