"""What is typed to sign in and to enrol."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, ValidationError

from web.forms import PageForm
from web.signin.passwords import LONGEST, weakness
from web.words import later

_NAME = Length(max=200, message=later("The name is too long"))
_PASSWORD = Length(max=4 * LONGEST, message=later("The password is too long"))
_CODE = Length(max=20, message=later("A code has six digits"))


class SignInForm(PageForm):
    """Name, password and code."""

    name = StringField(
        later("Name"), widget=GovTextInput(), validators=[InputRequired(later("Enter your name")), _NAME]
    )
    password = PasswordField(
        later("Password"),
        widget=GovPasswordInput(),
        validators=[InputRequired(later("Enter your password")), _PASSWORD],
    )
    code = StringField(
        later("Six-digit code"),
        description=later("Your authenticator app shows it. Each code works once."),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the code your app shows")), _CODE],
    )
    submit = SubmitField(later("Sign in"), widget=GovSubmitInput())


class EnrolForm(PageForm):
    """A password and the app's first code."""

    password = PasswordField(
        later("Password"),
        description=later("At least 12 characters. Several words that only you would put together are good."),
        widget=GovPasswordInput(),
        validators=[InputRequired(later("Enter a password")), _PASSWORD],
    )
    code = StringField(
        later("Six-digit code"),
        description=later("The code that the app shows now"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the code your app shows")), _CODE],
    )
    submit = SubmitField(later("Set up and sign in"), widget=GovSubmitInput())

    def __init__(self, name: str, **given: Any) -> None:
        super().__init__(**given)
        self._of = name

    def validate_password(self, field: Any) -> None:
        """No rules of composition; what everybody tries first is refused."""
        if field.data and (wrong := weakness(field.data, self._of)):
            raise ValidationError(wrong)
