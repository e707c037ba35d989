"""What somebody who acts for an organisation types, and the reviewer who decides about it."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput, GovRadioInput, GovTextArea, GovTextInput
from wtforms import BooleanField, FileField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from codes.employers.accounts import MOST_ROWS_A_DAY
from web.forms import PageForm
from web.words import later

_RANGE = later("Enter a number from 1 to 10,000")
_NAME = Length(max=120, message=later("That is too long"))


class OpenForm(PageForm):
    """An organisation that asks for an account."""

    name = StringField(
        later("Name of the organisation"),
        description=later("As your workers know it: it stands at the head of the text they get"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the name of the organisation")), _NAME],
    )
    tax_number = StringField(
        later("Tax number"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the tax number")), _NAME],
    )
    contact = StringField(
        later("Whom we can ask about it"),
        description=later("A name and a telephone, for the reviewer who decides"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter a name and a telephone")), _NAME],
    )


class InviteForm(PageForm):
    """Somebody else who will act for it."""

    number = StringField(
        later("Mobile number of a colleague"),
        description=later("We ask them by text. They agree by signing in."),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter a mobile number")), Length(max=40, message=later("That is too long"))],
    )


class UploadForm(PageForm):
    """A list of workers."""

    purpose = RadioField(later("What the passes are for"), widget=GovRadioInput(), validate_choice=False)
    sheet = FileField(
        later("List of workers (CSV)"),
        description=later("At most 10,000 lines and 2 MB"),
        widget=GovFileInput(),
    )


class SearchForm(PageForm):
    """A worker to be found."""

    wanted = StringField(
        later("Part of a name, or the end of a document"),
        widget=GovTextInput(),
        validators=[Length(max=80, message=later("That is too long"))],
    )


class CloseForm(PageForm):
    """Whether an account is to end."""

    sure = BooleanField(
        later("Yes, close the account for good"),
        widget=GovCheckboxInput(),
        validators=[InputRequired(later("Tick the box if you are sure"))],
    )


class _Whole(IntegerField):  # type: ignore[misc]
    """A whole number of so many digits as somebody means; the validators can't compare one of a thousand."""

    _DIGITS = 9

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads it, or says what is wanted."""
        if valuelist and len(valuelist[0]) > self._DIGITS:
            raise ValueError(_RANGE)
        super().process_formdata(valuelist)


class LimitForm(PageForm):
    """How many passes a day."""

    rows_a_day = _Whole(
        later("Passes a day"),
        widget=GovTextInput(),
        validators=[
            InputRequired(later("Enter how many passes a day")),
            NumberRange(1, MOST_ROWS_A_DAY, _RANGE),
        ],
    )


class ReasonForm(PageForm):
    """Why not, or no more: in the words that are sent."""

    reason = TextAreaField(
        later("Why"),
        description=later("These words go out by text. Write in the organisation's language."),
        widget=GovTextArea(),
        validators=[
            InputRequired(later("Write why")),
            Length(max=60, message=later("That is too long: 60 signs at most")),
        ],
    )
