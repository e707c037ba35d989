"""People in a call: register somebody, correct an address, move to another number."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from codes.desk.attending import Attended, attend, hear
from codes.desk.helping import CORRECTABLE, correct, move, register
from codes.fields import Field
from codes.moving import Move
from codes.outcomes import Refusal
from monitoring.patients.telling import tell_moved
from store import Store, Work
from web.asking import fields_form, read_fields, read_number
from web.desk.forms import MoveForm
from web.desk.pass_pages import refused
from web.desk.wording import masked_person
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import _, later

MOVED = {
    Move.MOVED: "moved",
    Move.SAME: "moved_same",
    Move.KNOWN: "moved_known",
    Move.CROWDED: "moved_crowded",
}


def add_people_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """/desk/calls/SID/register and /desk/calls/SID/people/ID."""
    _add_register(blueprint, store)
    _add_correct(blueprint, store)
    _add_move(blueprint, store, public_url)


def _add_register(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/desk/calls/<sid>/register")
    def ask_register(sid: str) -> ResponseReturnValue:
        with store.work() as work:
            attended = hear(work, visitor().id, sid)
            return _register_page(attended, _register_form(attended, formdata=None))

    @blueprint.post("/desk/calls/<sid>/register", endpoint="register")
    def register_person(sid: str) -> ResponseReturnValue:
        with store.work() as work:
            attended = hear(work, visitor().id, sid)
            form = _register_form(attended)
            regime, number = attended.terms.regime, None
            fine = form.validate()
            read = read_fields(form, _known(attended), regime, work.now) if fine else None
            if fine and "number" in form:
                number = read_number(form, "number", regime)
                read = read if number else None
            if read is None:
                return _register_page(attended, form), 422
            fields, guardian = read, form.guardian.data if "guardian" in form else ""

        def act(work: Work) -> Answer:
            outcome = register(work, hear(work, visitor().id, sid), fields, number, guardian or "")
            if isinstance(outcome, Refusal):
                return refused(sid, outcome)
            told = "known_there" if outcome is None else "known_before" if outcome.before else "registered"
            return Answer(url_for("pages.desk.call", sid=sid), told)

        return send_once(store, visitor().id, act)


def _add_correct(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/desk/calls/<sid>/people/<person_id>/address")
    def ask_address(sid: str, person_id: str) -> ResponseReturnValue:
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            return _address_page(attended, person_id, _address_form(attended, formdata=None))

    @blueprint.post("/desk/calls/<sid>/people/<person_id>/address", endpoint="address")
    def correct_address(sid: str, person_id: str) -> ResponseReturnValue:
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            form = _address_form(attended)
            regime, fine = attended.terms.regime, form.validate()
            read = read_fields(form, _correctable(attended), regime, work.now) if fine else None
            if read is None:
                return _address_page(attended, person_id, form), 422
            fields = read

        def act(work: Work) -> Answer:
            correct(work, attend(work, visitor().id, sid), person_id, fields)
            return Answer(url_for("pages.desk.call", sid=sid), "corrected")

        return send_once(store, visitor().id, act)


def _add_move(blueprint: Blueprint, store: Store, public_url: str) -> None:
    @blueprint.get("/desk/calls/<sid>/people/<person_id>/number")
    def ask_number(sid: str, person_id: str) -> ResponseReturnValue:
        with store.work() as work:
            return _number_page(attend(work, visitor().id, sid), person_id, MoveForm(formdata=None, prefix="new-"))

    @blueprint.post("/desk/calls/<sid>/people/<person_id>/number", endpoint="number")
    def correct_number(sid: str, person_id: str) -> ResponseReturnValue:
        form = MoveForm(prefix="new-")
        with store.work() as work:
            attended = attend(work, visitor().id, sid)
            number = read_number(form, "number", attended.terms.regime) if form.validate() else None
            if number is None:
                return _number_page(attended, person_id, form), 422

        def act(work: Work) -> Answer:
            attended = attend(work, visitor().id, sid)
            moved = move(work, attended, person_id, number)
            if moved is Move.MOVED:
                tell_moved(work, attended.terms.regime, number, public_url)
            return Answer(url_for("pages.desk.call", sid=sid), MOVED[moved])

        return send_once(store, visitor().id, act)


def _known(attended: Attended) -> tuple[Field, ...]:
    """What is asked of somebody new; the document always, since the caller is known by it."""
    wanted = attended.terms.regime.registration
    return tuple(dict.fromkeys((*wanted.required, Field.DOCUMENT, *wanted.optional)))


def _register_form(attended: Attended, **given: Any) -> Any:
    wanted, more = attended.terms.regime.registration, {}
    if attended.meeting is None:
        needed = InputRequired(later("Enter the number the caller says"))
        more["number"] = StringField(later("Telephone number"), widget=GovTextInput(), validators=[needed])
    adults = [one for one in attended.people if one.guardian_id is None]
    if adults:
        nobody = SelectChoice("", _("Nobody's: an adult"))
        choices = [nobody, *(SelectChoice(one.id, masked_person(one, proved=True)) for one in adults)]
        more["guardian"] = SelectField(later("In whose care"), widget=GovSelect(), choices=choices)
    child = bool(request.form.get("new-guardian"))
    required = (Field.NAME,) if child else tuple(dict.fromkeys((*wanted.required, Field.DOCUMENT)))
    return fields_form(attended.terms.regime, required, _known(attended), **more)(prefix="new-", **given)


def _register_page(attended: Attended, form: Any) -> str:
    fields = [field for field in form if field.type in ("StringField", "SelectField")]
    return render_template("desk/register.html", sid=attended.call.sid, form=form, fields=fields)


def _correctable(attended: Attended) -> tuple[Field, ...]:
    wanted = attended.terms.regime.registration
    asked = [name for name in CORRECTABLE if name in (*wanted.required, *wanted.optional)]
    return tuple(asked) or (Field.ADDRESS,)


def _address_form(attended: Attended, **given: Any) -> Any:
    return fields_form(attended.terms.regime, _correctable(attended), ())(prefix="new-", **given)


def _address_page(attended: Attended, person_id: str, form: Any) -> str:
    name = masked_person(attended.person(person_id), proved=True)
    fields = [field for field in form if field.type == "StringField"]
    values = {"sid": attended.call.sid, "person_id": person_id, "name": name, "form": form, "fields": fields}
    return render_template("desk/address.html", **values)


def _number_page(attended: Attended, person_id: str, form: MoveForm) -> str:
    if not person_id:
        abort(404)
    person = attended.person(person_id)
    values = {"name": masked_person(person, proved=True), "at_home": person.open_case, "form": form}
    return render_template("desk/number.html", sid=attended.call.sid, person_id=person_id, **values)
