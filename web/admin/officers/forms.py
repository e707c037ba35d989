"""What administrators write about officers."""

from typing import Any

from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovTextArea, GovTextInput
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from codes.police.enlisting import LONGEST_UNIT
from codes.regime import Regime
from web.forms import PageForm
from web.words import _, later, spoken


class PlaceForm(PageForm):
    """Where somebody serves."""

    unit = StringField(
        later("Unit"),
        widget=GovTextInput(),
        validators=[
            DataRequired(later("Enter the unit")),
            Length(max=LONGEST_UNIT, message=later("A unit has at most 80 signs")),
        ],
    )
    zone = SelectField(later("Usual zone"), widget=GovSelect(), default="")

    def __init__(self, regime: Regime, **given: Any) -> None:
        super().__init__(**given)
        named = [SelectChoice(one.key, one.name.get(spoken()) or one.key) for one in regime.zones]
        self.zone.choices = [SelectChoice("", _("None")), *named]

    def validate_unit(self, field: Any) -> None:
        """Only what can be seen."""
        if not field.data.strip().isprintable():
            raise ValidationError(later("Enter the unit"))

    @property
    def row(self) -> dict[str, str]:
        """As a line of a sheet."""
        return {"unit": self.unit.data or "", "zone": self.zone.data or ""}


class EnlistForm(PlaceForm):
    """A new officer."""

    phone = StringField(
        later("Telephone"),
        description=later("The one they text from when they check a pass"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the telephone's number")), Length(max=40)],
    )

    @property
    def row(self) -> dict[str, str]:
        """As a line of a sheet."""
        return {**super().row, "phone": self.phone.data or ""}


class SheetForm(PageForm):
    """Many, from a file or pasted."""

    file = FileField(later("CSV file"), widget=GovFileInput())
    lines = TextAreaField(
        later("Or paste the lines here"),
        description=later("The first line: telephone, unit, zone. The zone may be left out."),
        widget=GovTextArea(),
    )

    @property
    def text(self) -> str:
        """What was given, the file first."""
        sent = self.file.data.read() if self.file.data else b""
        return sent.decode("utf-8-sig", "replace") if sent else self.lines.data or ""
