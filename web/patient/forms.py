"""What patients write in answer to a doubt."""

from typing import Final

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from codes.review.appeals import LONGEST
from language.visible import visible
from web.forms import PageForm
from web.words import later

_LONG = Length(max=LONGEST, message=later("That is too long: at most 2000 signs"))


MOST_BESIDE: Final = 500
"""Signs of what is said beside a button."""


def said_beside() -> str:
    """What was typed beside the button that was pressed; it may be nothing."""
    return visible(request.form.get("words", ""))[:MOST_BESIDE].strip()


class ReplyForm(PageForm):
    """What a patient says to what was noticed."""

    text = TextAreaField(
        later("Your answer"),
        description=later("In your own words: where you were, what kept you, what we don't know. At most 2000 signs."),
        widget=GovTextArea(),
        validators=[DataRequired(later("Write your answer")), _LONG],
    )
