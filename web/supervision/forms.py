"""What supervisors choose and write."""

from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from codes.desk.alarms import LONGEST_NOTE
from codes.desk.reviewing_calls import Verdict
from web.forms import PageForm
from web.supervision.wording import REASONS, UNLOCKS, VERDICTS
from web.words import _, later

_LONGEST = Length(max=LONGEST_NOTE, message=later("The note is too long"))


def _choices(words: Mapping[str, str], *wanted: str) -> list[Any]:
    return [SelectChoice(str(value), _(words[value])) for value in wanted or words]


class ListenForm(PageForm):
    """Why a call is heard."""

    why = SelectField(later("Why you listen"), widget=GovSelect())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.why.choices = _choices(REASONS)


class VerdictForm(PageForm):
    """What one thinks of a call."""

    verdict = RadioField(
        later("What you think of it"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose what you think of the call"))],
    )
    note = TextAreaField(
        later("Note"),
        description=later("What was wrong, or good. Nothing about the caller."),
        widget=GovTextArea(),
        validators=[_LONGEST],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = _choices(VERDICTS, Verdict.FINE, Verdict.FAULTY)


class UnlockForm(PageForm):
    """Why an officer is unlocked."""

    why = SelectField(later("Why you unlock"), widget=GovSelect())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.why.choices = _choices(UNLOCKS)


class LookedIntoForm(PageForm):
    """What an alarm turned out to be."""

    note = TextAreaField(
        later("What it was"),
        description=later("Whom you asked and what you found. No names or numbers of citizens."),
        widget=GovTextArea(),
        validators=[InputRequired(later("Write what you found")), _LONGEST],
    )
