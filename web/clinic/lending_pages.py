"""What a patient has of ours: telephones that are lent."""

from datetime import date, datetime, time

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextInput as TextInput
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from codes.regime import Regime
from codes.regimes import in_force
from monitoring.cases.lending import LONGEST_SERIAL, is_out, lend, take_in
from monitoring.patients.telling import tell_again
from store import Store, Work
from web.asking import read_number
from web.clinic.acting import held_own_case
from web.forms import PageForm
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import _, later

_BACK_BY = time(18)
"""Of the day that a telephone is due."""
_SHORT = Length(max=LONGEST_SERIAL, message=later("That is too long"))


class LendForm(PageForm):
    """A telephone that is handed out."""

    number = StringField(
        later("Number of the telephone"),
        description=later("The patient is texted and called there from now on"),
        widget=TextInput(),
        validators=[DataRequired(later("Enter the number of the telephone")), _SHORT],
    )
    serial = StringField(
        later("Serial number"),
        description=later("As it stands on the telephone or its box"),
        widget=TextInput(),
        validators=[DataRequired(later("Enter the serial number")), _SHORT],
    )
    due = StringField(
        later("To be returned by"),
        widget=TextInput(),
        validators=[DataRequired(later("Choose a day")), _SHORT],
    )


def add_lending_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET and POST /clinic/cases/ID/phones, POST .../phones/ID/back."""
    _add_lend(blueprint, store)

    @blueprint.post("/clinic/cases/<case_id>/phones/<phone_id>/back", endpoint="take_phone")
    def take_back(case_id: str, phone_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found = held_own_case(work, case_id, still_open=False)
            back = take_in(work, found.case, phone_id, visitor().actor)
            if back:
                tell_again(work, in_force(work).regime, found.case.id, public_url)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "phone_back" if back else "")

        return send_once(store, visitor().id, act)


def _add_lend(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/cases/<case_id>/phones", methods=["GET", "POST"], endpoint="lend")
    def lend_phone(case_id: str) -> ResponseReturnValue:
        form = LendForm()
        with store.work() as work:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            if request.method == "GET":
                return render_template("clinic/lend.html", found=found, form=form)
            fine = form.validate()
            number = read_number(form, "number", regime) if fine else None
            due_at = _due(form, regime, work.now) if fine else None
            if number and is_out(work, number):
                form.refuse("number", _("This telephone is with another patient. Take it back there first"))
                number = None
            if number is None or due_at is None:
                return render_template("clinic/lend.html", found=found, form=form), 422

        def act(work: Work) -> Answer:
            held = held_own_case(work, case_id)
            lend(work, held.case, number, form.serial.data.strip(), due_at, visitor().actor)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "phone_lent")

        return send_once(store, visitor().id, act)


def _due(form: LendForm, regime: Regime, now: datetime) -> datetime | None:
    """The evening of the day that was chosen; None after refusing it."""
    try:
        due_at = datetime.combine(date.fromisoformat(form.due.data.strip()), _BACK_BY, regime.zone)
    except ValueError:
        due_at = now
    if due_at <= now or due_at.year - now.year > 1:
        form.refuse("due", _("Choose a day that is ahead"))
        return None
    return due_at
