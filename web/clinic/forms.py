"""What clinicians type and choose."""

from collections.abc import Iterable, Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput, GovTextArea
from govuk_frontend_wtf.wtforms_widgets import GovTextInput as TextInput
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from web.clinic.wording import CIRCUMSTANCES, CLOSINGS, KINDS, MEANS, WAYS
from web.forms import PageForm
from web.words import _, later

_SHORT = Length(max=200, message=later("That is too long"))
_LONG = Length(max=1000, message=later("That is too long"))
DAYS = ("7", "10", "14")
OTHER = "other"
WHY, WANTING = later("Why, for the record"), later("Write why")


def _choices(words: Mapping[str, str], wanted: Iterable[str] = ()) -> list[Any]:
    return [SelectChoice(str(value), _(words[value])) for value in wanted or words]


def reason_field(label: str = WHY, hint: str = "", wanting: str = WANTING) -> StringField:
    """Why something of a case is changed: never left out."""
    return StringField(label, description=hint, widget=TextInput(), validators=[DataRequired(wanting), _SHORT])


class FindForm(PageForm):
    """A case to be found."""

    wanted = StringField(
        later("Telephone number, document or name"),
        widget=TextInput(),
        validators=[DataRequired(later("Enter a telephone number, a document or a name")), _SHORT],
    )


class PlanForm(PageForm):
    """What kind of case it is, how long it lasts, how presence is checked."""

    kind = RadioField(
        later("Why they stay at home"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose why they stay at home"))],
    )
    span = RadioField(later("How long"), widget=GovRadioInput(), validators=[InputRequired(later("Choose how long"))])
    until = StringField(
        later("Last day"),
        description=later("Only with “to another day”"),
        widget=TextInput(),
        validators=[_SHORT],
    )
    circumstances = SelectMultipleField(
        later("Special circumstances"),
        description=later("Choose all that apply, or none"),
        widget=GovCheckboxesInput(),
    )
    means = RadioField(
        later("How we ask whether they are at home"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose how we ask"))],
    )
    reason = reason_field(
        later("Which order or document says so"),
        later("A number, say. No diagnosis: the patient can read it."),
        later("Write which order or document says so"),
    )
    note = TextAreaField(
        later("Note for whoever decides (may be left out)"),
        description=later("What they should know, such as who opens the door"),
        widget=GovTextArea(),
        validators=[_LONG],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = _choices(KINDS)
        self.circumstances.choices = _choices(CIRCUMSTANCES)
        self.means.choices = _choices(MEANS)

    def name_days(self, days: Mapping[str, str]) -> None:
        """Says of each length on which day it ends."""
        self.span.choices = [
            *(SelectChoice(length, _("{days} days, to {day}", days=length, day=day)) for length, day in days.items()),
            SelectChoice(OTHER, _("To another day")),
        ]


class ChangeForm(PlanForm):
    """Another plan of a case that is open, and why."""

    reason = reason_field(hint=later("The patient can read it. No diagnosis."))


class AddressForm(PageForm):
    """A home to be found."""

    address = StringField(
        later("Street and house"),
        description=later("As people say it; mistakes are forgiven. Leave the flat out."),
        widget=TextInput(),
        validators=[DataRequired(later("Enter a street and a house")), _SHORT],
    )


class MapForm(PageForm):
    """A home by a point or a building, where no search finds it."""

    place = StringField()
    lat = StringField(later("Latitude"), description=later("Such as 55.7887"), widget=TextInput(), validators=[_SHORT])
    lon = StringField(later("Longitude"), description=later("Such as 49.1221"), widget=TextInput(), validators=[_SHORT])
    address = StringField(
        later("Address, as a visitor finds it"),
        widget=TextInput(),
        validators=[DataRequired(later("Enter the address")), _SHORT],
    )


class ConsentForm(PageForm):
    """Who agreed, and how."""

    way = RadioField(
        later("How they agree"), widget=GovRadioInput(), validators=[InputRequired(later("Choose how they agree"))]
    )
    agreed = BooleanField(
        later("The patient has read this, or it was read to them, and agrees"),
        widget=GovCheckboxInput(),
        validators=[InputRequired(later("Without consent nobody is looked after in this way"))],
    )
    signature = StringField(
        later("The patient's full name, as their signature"),
        description=later("The patient types it; on the telephone you type who said yes"),
        widget=TextInput(),
        validators=[DataRequired(later("Enter the full name")), _SHORT],
    )
    recording = StringField(
        later("Number of the recording"),
        description=later("Only where it was read on the telephone: RE and 32 signs, from the page of the call"),
        widget=TextInput(),
        validators=[_SHORT],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.way.choices = _choices(WAYS)


class CloseForm(PageForm):
    """How a case ends."""

    closing = RadioField(
        later("How it ends"), widget=GovRadioInput(), validators=[InputRequired(later("Choose how it ends"))]
    )
    reason = reason_field(hint=later("No diagnosis"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.closing.choices = _choices(CLOSINGS)
