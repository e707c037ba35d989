"""The forms of the duty desk."""

from collections.abc import Collection
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from monitoring.duty.deciding import Decision
from monitoring.duty.queue import About, Show
from web.duty.wording import ABOUT, DECISIONS, OUTAGES, SHOWS
from web.forms import PageForm
from web.words import _, later

LONGEST = 160
"""Signs of what is sent: with what stands around it four texts at most."""
LONGEST_REASON = 2000


class FilterForm(PageForm):
    """Which of the queue."""

    class Meta:
        """Asks nothing that could do harm."""

        csrf = False

    show = SelectField(later("Show"), widget=GovSelect())
    about = SelectField(later("What it is about"), widget=GovSelect())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.show.choices = [SelectChoice(str(one), _(SHOWS[one])) for one in Show]
        self.about.choices = [SelectChoice(str(one), _(ABOUT[one])) for one in About]


class DecisionForm(PageForm):
    """What is decided, why, and what the patient is sent."""

    decision = RadioField(
        later("What you decide"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose what you decide"))],
    )
    reason = TextAreaField(
        later("Why, for the record"),
        description=later("Kept under lock with the case. Reviewers read it if there is an appeal."),
        widget=GovTextArea(),
        validators=[
            InputRequired(later("Write why you decide so")),
            Length(max=LONGEST_REASON, message=later("That is too long: 2,000 signs at most")),
        ],
    )
    words = TextAreaField(
        later("What you add for the patient (may be left out)"),
        description=later("They are sent these words. Write in their language."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST, message=later("That is too long: 160 signs at most"))],
    )
    false_alarm = BooleanField(
        later("The telephone was wrong, not the patient"),
        widget=GovCheckboxInput(),
    )

    def __init__(self, possible: Collection[Decision], **given: Any) -> None:
        super().__init__(**given)
        self.decision.choices = [SelectChoice(str(one), _(DECISIONS[one])) for one in Decision if one in possible]


class OutageForm(PageForm):
    """A time in which silence proves nothing."""

    kind = SelectField(later("What is out"), widget=GovSelect())
    starts = StringField(
        later("From when"),
        description=later("Day and time by the clock of the order, such as 24.11.2026 14:05"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter when it began"))],
    )
    ends = StringField(
        later("Until when (may be left out: it goes on)"),
        widget=GovTextInput(),
    )
    note = StringField(
        later("What is known of it"),
        description=later("In some words, without anybody's name or number"),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST, message=later("That is too long: 160 signs at most"))],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = [SelectChoice(one, _(words)) for one, words in OUTAGES.items()]
