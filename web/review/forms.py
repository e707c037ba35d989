"""What reviewers choose and write."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from codes.review.review_queue import Show
from web.forms import PageForm
from web.review.wording import SHOWS
from web.words import _, later

LONGEST = 160
"""Signs of what is sent: with what stands around it four texts at most."""
_LENGTH = Length(max=LONGEST, message=later("That is too long: 160 signs at most"))


class FilterForm(PageForm):
    """Which of the queue."""

    class Meta:
        """Asks nothing that could do harm."""

        csrf = False

    show = SelectField(later("Show"), widget=GovSelect())
    purpose = SelectField(later("Purpose"), widget=GovSelect())
    papers = SelectField(later("Papers"), widget=GovSelect())

    def __init__(self, purposes: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(**given)
        self.show.choices = [SelectChoice(str(one), _(SHOWS[one])) for one in Show]
        self.purpose.choices = [SelectChoice("", _("Any")), *(SelectChoice(*one) for one in purposes)]
        self.papers.choices = [SelectChoice("", _("With or without")), SelectChoice("1", _("With papers"))]


class RefuseForm(PageForm):
    """Why it is refused, in the words that are sent."""

    words = TextAreaField(
        later("Why it is refused"),
        description=later("The applicant is sent these words. Write in their language."),
        widget=GovTextArea(),
        validators=[InputRequired(later("Write why it is refused")), _LENGTH],
    )


class AskForm(PageForm):
    """Which paper is missing, in the words that are sent."""

    words = TextAreaField(
        later("Which paper you need"),
        description=later("The applicant is sent these words. Write in their language."),
        widget=GovTextArea(),
        validators=[InputRequired(later("Write which paper you need")), _LENGTH],
    )


class ReturnForm(PageForm):
    """Why a proposal is not confirmed."""

    words = TextAreaField(
        later("Why you send it back"),
        description=later("For the reviewers who go on with it. The applicant does not get it."),
        widget=GovTextArea(),
        validators=[InputRequired(later("Write why you send it back")), _LENGTH],
    )


class AppealForm(PageForm):
    """Whether somebody was right, and the words they are sent."""

    verdict = RadioField(
        later("Were they right?"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose whether they were right"))],
    )
    words = TextAreaField(
        later("What you answer"),
        description=later("They are sent these words. Write in their language."),
        widget=GovTextArea(),
        validators=[InputRequired(later("Write what you answer")), _LENGTH],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = [
            SelectChoice("upheld", _("Yes: we were wrong")),
            SelectChoice("denied", _("No: the decision stands")),
        ]
