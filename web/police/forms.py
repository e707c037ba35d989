"""What officers type."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovRadioInput, GovSelect, GovSubmitInput, GovTextInput
from wtforms import PasswordField, RadioField, SelectChoice, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from codes.fields import Field
from codes.passes import CODE
from codes.regime import Regime
from web.forms import PageForm
from web.words import _, later, spoken

_SHORT = Length(max=40, message=later("That is too long"))
_LONG = Length(max=500, message=later("That is too long"))
KINDS = {CODE: later("Code"), Field.PLATE: later("Plate"), Field.CARD: later("Transport card")}
"""What is looked up, by its name."""


class ShiftForm(PageForm):
    """Number, PIN, code, and the zone where the order has zones."""

    number = StringField(
        later("Your telephone number"),
        description=later("The one you are enrolled with"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter your telephone number")), _SHORT],
    )
    pin = PasswordField(
        later("PIN of your shift"),
        widget=GovPasswordInput(),
        validators=[InputRequired(later("Enter your PIN")), _SHORT],
    )
    code = StringField(
        later("Six-digit code"),
        description=later("Your authenticator app shows it. Each code works once."),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the code your app shows")), _SHORT],
    )
    zone = SelectField(later("Zone of this shift"), widget=GovSelect(), validate_choice=False, default="")
    submit = SubmitField(later("Start the shift"), widget=GovSubmitInput())

    def __init__(self, regime: Regime | None, **given: Any) -> None:
        super().__init__(**given)
        zones = regime.zones if regime else ()
        named = [SelectChoice(zone.key, zone.name.get(spoken(), zone.key)) for zone in zones]
        self.zone.choices = [SelectChoice("", _("My usual one")), *named]
        self.has_zones = bool(zones)


class FirstCodeForm(PageForm):
    """The app's first code."""

    code = StringField(
        later("Six-digit code"),
        description=later("The code that the app shows now"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the code your app shows")), _SHORT],
    )
    submit = SubmitField(later("Set up"), widget=GovSubmitInput())


class LookForm(PageForm):
    """What is looked up."""

    kind = RadioField(later("What do you check?"), widget=GovRadioInput(), validate_choice=False, default=CODE)
    typed = StringField(
        later("Code, plate or card"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter what stands on the pass")), _LONG],
    )
    submit = SubmitField(later("Check"), widget=GovSubmitInput())

    def __init__(self, bound: Sequence[Field], **given: Any) -> None:
        super().__init__(**given)
        kinds = [CODE, *(kind for kind in KINDS if kind in bound)]
        self.kind.choices = [SelectChoice(str(kind), _(KINDS[kind])) for kind in kinds]
        self.several = len(kinds) > 1
        if not self.several:
            self.typed.label.text = _("Code of the pass")
