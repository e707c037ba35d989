"""What citizens type."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextInput
from wtforms import RadioField, SelectChoice, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from web.forms import PageForm
from web.words import _, later

_LONGEST = Length(max=40, message=later("That is too long"))


class NumberForm(PageForm):
    """Where to send the code."""

    number = StringField(
        later("Your mobile number"),
        description=later("We text you a code to sign in. It costs you nothing."),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter your mobile number")), _LONGEST],
    )
    submit = SubmitField(later("Send me a code"), widget=GovSubmitInput())


class CodeForm(PageForm):
    """The code that was texted."""

    code = StringField(
        later("Eight-digit code"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the code from the text")), _LONGEST],
    )
    submit = SubmitField(later("Sign in"), widget=GovSubmitInput())


class MailForm(PageForm):
    """Where to send a pass."""

    address = StringField(later("E-mail address"), widget=GovTextInput(), validators=[Length(max=254)])


class LinkForm(PageForm):
    """How long a link shows the pass."""

    lasting = RadioField(later("How long does it work?"), widget=GovRadioInput(), default="day")

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        words = {"hour": _("One hour"), "day": _("A day, or until the pass ends"), "pass": _("Until the pass ends")}
        self.lasting.choices = [SelectChoice(value, text) for value, text in words.items()]


class ChoiceForm(PageForm):
    """One of several: whom a pass is for, what for."""

    choice = RadioField(
        "",
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose one of these"))],
        validate_choice=False,
    )
