"""What reports for a patient: an app is connected by a code, and whatever is theirs no more is let go."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from language.moments import when
from monitoring.cases.changing import note_change
from monitoring.home.apps import Offer, offer_app
from monitoring.patients.devices import devices_of, end_device
from monitoring.patients.links import PREFIX
from store import Store, Work
from web.clinic.acting import held_own_case
from web.clinic.case_showing import device_shown
from web.clinic.forms import reason_field
from web.forms import PageForm
from web.once import Answer, send_once
from web.qr import qr_svg
from web.visitor import visitor
from web.words import _


class EndDeviceForm(PageForm):
    """Why a browser or app reports no more."""

    reason = reason_field()


def add_device_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """POST /clinic/cases/ID/app; GET and POST .../devices/ID/end."""

    @blueprint.post("/clinic/cases/<case_id>/app", endpoint="offer_app")
    def offer(case_id: str) -> ResponseReturnValue:
        offered: list[tuple[Offer, str, str]] = []

        def act(work: Work) -> Answer:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            offer = offer_app(work, found.case, visitor().actor)
            if isinstance(offer, Offer):
                offered.append((offer, when(offer.ends_at, regime, work.now), found.person.name))
            told = "app_offered" if offered else "no_app"
            return Answer(url_for("pages.clinic.case", case_id=case_id), told)

        def shown() -> ResponseReturnValue | None:
            return _code_page(case_id, public_url, *offered[0]) if offered else None

        return send_once(store, visitor().id, act, shown)

    _add_end(blueprint, store)


def _code_page(case_id: str, public_url: str, offer: Offer, until: str, name: str) -> str:
    """The code as text and as a QR code, shown this once. A camera alone comes to the door of the patient's page."""
    address = f"{public_url}{PREFIX.rstrip('/')}#{offer.code}"
    qr = qr_svg(address, _("QR code of this code, for the app to scan"))
    return render_template("clinic/app.html", case_id=case_id, code=offer.code, qr=qr, until=until, name=name)


def _add_end(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/cases/<case_id>/devices/<device_id>/end", methods=["GET", "POST"], endpoint="end_device")
    def end(case_id: str, device_id: str) -> ResponseReturnValue:
        form = EndDeviceForm()
        with store.work() as work:
            found = held_own_case(work, case_id)
            one = next((one for one in devices_of(work, found.case) if one.id == device_id), None) or abort(404)
            if not form.is_submitted() or not form.validate():
                device = device_shown(one, in_force(work).regime, work.now)
                page = render_template("clinic/device.html", found=found, device=device, form=form)
                return page, 422 if form.is_submitted() else 200

        def act(work: Work) -> Answer:
            held = held_own_case(work, case_id)
            if end_device(work, device_id, visitor().actor):
                note_change(work, held.case, "device", form.reason.data.strip(), visitor().actor)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "device_ended")

        return send_once(store, visitor().id, act)
