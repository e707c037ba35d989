"""Everything that a clinician opens."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from web.clinic.bulk_pages import add_bulk_pages
from web.clinic.case_pages import add_case_pages
from web.clinic.consent_pages import add_consent_pages
from web.clinic.device_pages import add_device_pages
from web.clinic.lending_pages import add_lending_pages
from web.clinic.list_pages import add_list_pages
from web.clinic.number_pages import add_number_pages
from web.clinic.person_pages import add_person_pages
from web.clinic.photo_pages import add_photo_pages
from web.clinic.place_pages import add_place_pages
from web.clinic.proposal_pages import add_proposal_pages
from web.clinic.settling_pages import add_settling_pages
from web.given import Given
from web.once import sent_before
from web.visitor import visitor


def clinic_blueprint(given: Given) -> Blueprint:
    """/clinic and all below it."""
    store = given.store
    blueprint = Blueprint("clinic", __name__)
    add_list_pages(blueprint, store)
    add_person_pages(blueprint, store)
    add_place_pages(blueprint, store, given.tiles)
    add_consent_pages(blueprint, store, given.public_url)
    add_case_pages(blueprint, store, given.public_url)
    add_number_pages(blueprint, store, given.public_url)
    add_settling_pages(blueprint, store)
    add_photo_pages(blueprint, store, given.blobs, given.photos)
    add_lending_pages(blueprint, store, given.public_url)
    add_device_pages(blueprint, store, given.public_url)
    add_proposal_pages(blueprint, store, given.public_url)
    add_bulk_pages(blueprint, store)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    return blueprint
