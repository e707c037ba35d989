"""Own checks: is this code, car or card of mine good, and until when."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from codes.binding import BINDABLE
from codes.fields import Field
from codes.meeting import Meeting
from codes.regimes import terms
from codes.rights.own_checks import check_own
from language.examples import name_in
from language.fields import Fit, read_field
from language.moments import ending
from store import Store, Work
from web.citizen.counter import at_counter
from web.forms import PageForm
from web.words import later, spoken


class OwnCheckForm(PageForm):
    """A code, plate or card."""

    what = StringField(
        later("Code, car plate or transport card"),
        description=later("In any spelling. Only passes of the people on your telephone are found."),
        widget=GovTextInput(),
        validators=[
            InputRequired(later("Enter a code, plate or card")),
            Length(max=60, message=later("That is too long")),
        ],
    )


def add_check_pages(blueprint: Blueprint, store: Store) -> None:
    """/own-check; what was typed stands in no address."""

    @blueprint.get("/own-check")
    def ask_own_check() -> ResponseReturnValue:
        return render_template("citizen/own_check.html", form=OwnCheckForm(formdata=None), found=None)

    @blueprint.post("/own-check")
    def own_check() -> ResponseReturnValue:
        form = OwnCheckForm()
        if not form.validate():
            return render_template("citizen/own_check.html", form=form, found=None), 422
        with store.work() as work:
            found = _found(work, at_counter(work), (form.what.data or "").strip())
        return render_template("citizen/own_check.html", form=form, found=found), 429 if found[
            "state"
        ] == "many" else 200


def _found(work: Work, meeting: Meeting, typed: str) -> dict[str, Any]:
    came = check_own(work, meeting.terms, meeting.phone, meeting.holders, typed, _read(work, meeting, typed))
    if came.too_many:
        return {"state": "many"}
    if came.live is None:
        return {"state": "none"}
    live = came.live
    regime = terms(work, live.regime_version).regime
    ahead = live.valid_from > work.now
    return {
        "state": "ahead" if ahead else "live",
        "id": live.id,
        "purpose": name_in(regime.by_number[live.purpose].name, spoken(), regime),
        "until": ending(live.valid_until, regime, work.now),
    }


def _read(work: Work, meeting: Meeting, typed: str) -> dict[Field, str]:
    """What it is if it is a plate or a card."""
    regime = meeting.terms.regime
    today = work.now.astimezone(regime.zone).date()
    read = {name: read_field(name, typed, regime, today) for name in BINDABLE}
    return {name: found.value for name, found in read.items() if found.fit is Fit.FINE}
