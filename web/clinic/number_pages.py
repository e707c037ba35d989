"""A clinician corrects the telephone number of a patient who tells it, by the rule of the agents' desk."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from govuk_frontend_wtf.wtforms_widgets import GovTextInput as TextInput
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from codes.regimes import in_force
from monitoring.cases.clinics import ClinicCase, own_case
from monitoring.cases.watched import telephone_of
from monitoring.patients.moving import Stays, move_patient
from store import Store, Work
from web.asking import read_number
from web.clinic.acting import acting, held_own_case
from web.clinic.forms import reason_field
from web.forms import PageForm
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import later


class NumberForm(PageForm):
    """Another number, and how it is known to be theirs."""

    number = StringField(
        later("New number"),
        description=later("Texts and calls go there. A landline will do where we call."),
        widget=TextInput(),
        validators=[
            DataRequired(later("Enter their telephone number")),
            Length(max=40, message=later("That is too long")),
        ],
    )
    read_back = BooleanField(
        later("It is the patient who told it; I read it back to them digit by digit, and they said yes"),
        widget=GovCheckboxInput(),
        validators=[InputRequired(later("Read the number back to the patient first"))],
    )
    reason = reason_field()


def add_number_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET and POST /clinic/cases/ID/number."""

    @blueprint.route("/clinic/cases/<case_id>/number", methods=["GET", "POST"], endpoint="correct_number")
    def correct(case_id: str) -> ResponseReturnValue:
        form = NumberForm()
        with store.work() as work:
            found = held_own_case(work, case_id)
            if request.method == "GET":
                return _page(work, found, form)
            number = read_number(form, "number", in_force(work).regime) if form.validate() else None
            if number is None:
                return _page(work, found, form), 422

        def act(work: Work) -> Answer:
            seen = own_case(work, acting(work), case_id) or abort(404)
            came = move_patient(work, seen.case, number, form.reason.data.strip(), visitor().actor, public_url)
            if came is Stays.OVER:
                abort(404)
            return Answer(url_for("pages.clinic.case", case_id=case_id), f"number_{came}")

        return send_once(store, visitor().id, act)


def _page(work: Work, found: ClinicCase, form: NumberForm) -> str:
    phone = telephone_of(work, found.case)
    return render_template("clinic/number.html", found=found, number=phone.number if phone else "", form=form)
