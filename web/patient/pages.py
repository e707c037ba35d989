"""The patient's pages together: the way in, the page itself, and what it leads to."""

from flask import Blueprint, Response, request

from web.assets import Assets
from web.cookies import Cookies
from web.given import Given
from web.headers import open_to_patient
from web.patient.alert_pages import add_alert_pages
from web.patient.appeal_pages import add_appeal_pages
from web.patient.check_pages import add_answering_pages, add_check_pages
from web.patient.consent_pages import add_consent_pages
from web.patient.entering import NotHome, on_not_home
from web.patient.going_pages import add_going_pages
from web.patient.held_pages import add_held_pages
from web.patient.home_pages import add_home_pages, add_leaving_pages
from web.patient.installing_pages import add_installing_pages
from web.patient.link_pages import add_arriving_pages, add_link_pages
from web.patient.place_pages import add_place_pages

_WITH_CAMERA = frozenset({"pages.patient.check"})
_WITH_PLACE = frozenset({"pages.patient.home"})


def patient_blueprint(given: Given, cookies: Cookies, assets: Assets) -> Blueprint:
    """/i and /at-home."""
    blueprint = Blueprint("patient", __name__)
    add_link_pages(blueprint, given.store, cookies)
    add_arriving_pages(blueprint, given.store, cookies, given.public_url)
    add_home_pages(blueprint, given.store)
    add_leaving_pages(blueprint, given.store, cookies)
    add_going_pages(blueprint, given.store)
    add_place_pages(blueprint, given)
    add_alert_pages(blueprint, given.store)
    add_appeal_pages(blueprint, given.store)
    add_held_pages(blueprint, given.store)
    add_consent_pages(blueprint, given.store)
    add_check_pages(blueprint, given)
    add_answering_pages(blueprint, given)
    add_installing_pages(blueprint, given.store, assets)
    blueprint.register_error_handler(NotHome, on_not_home)

    @blueprint.after_request
    def allow(response: Response) -> Response:
        with_camera = request.endpoint in _WITH_CAMERA
        if with_camera or request.endpoint in _WITH_PLACE:
            return open_to_patient(response, camera=with_camera)
        return response

    return blueprint
