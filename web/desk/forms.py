"""What agents type: each form has a prefix, since several stand on one page."""

from collections.abc import Iterable, Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from codes.desk.wrapping_up import LONGEST_NOTE
from web.desk.wording import AGAIN, LOOKS, OTHERS_NUMBER, OUTCOMES
from web.forms import PageForm
from web.words import _, later

_LONGEST = Length(max=200, message=later("That is too long"))


def _choices(words: Mapping[str, str], wanted: Iterable[str]) -> list[Any]:
    return [SelectChoice(str(value), _(words[value])) for value in wanted]


class NumberForm(PageForm):
    """The agent's own telephone."""

    number = StringField(
        later("Your telephone number"),
        description=later("It rings when a caller is yours. A landline will do."),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the number of the telephone beside you")), _LONGEST],
    )


class TailForm(PageForm):
    """The end of the document."""

    tail = StringField(
        later("Last four digits of the document"),
        description=later("As the caller says them"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the four digits the caller says")), _LONGEST],
    )


class CodeForm(PageForm):
    """The code that was sent to the number on file."""

    code = StringField(
        later("Six digits of the text"),
        description=later("As the caller reads them out"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the six digits the caller reads out")), _LONGEST],
    )


class SearchForm(PageForm):
    """Both what the caller says, and why."""

    number = StringField(
        later("Number on file"),
        description=later("As the caller says it"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the number the caller says")), _LONGEST],
    )
    document = StringField(
        later("Whole number of the document"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the whole document the caller says")), _LONGEST],
    )
    why = SelectField(later("Why you look"), widget=GovSelect())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.why.choices = _choices(LOOKS, OTHERS_NUMBER)


class AgainForm(PageForm):
    """Why a code is shown once more."""

    why = SelectField(later("Why you show it"), widget=GovSelect())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.why.choices = _choices(LOOKS, AGAIN)


class WrapUpForm(PageForm):
    """What came of the call."""

    outcome = RadioField(
        later("What came of it"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose what came of the call"))],
    )
    note = TextAreaField(
        later("Note"),
        description=later("If something is worth knowing. Write nothing about anybody's health."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_NOTE, message=later("The note is too long"))],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.outcome.choices = _choices(OUTCOMES, OUTCOMES)


class MoveForm(PageForm):
    """The number on which somebody is to be known."""

    number = StringField(
        later("New telephone number"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the new number")), _LONGEST],
    )
