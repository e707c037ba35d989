"""Appeals as pages ask for them and show them, whoever's they are: one form, one way to say what they are about."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length

from codes.regime import Regime
from codes.review.appealed import ALERT, CASE, About
from codes.review.appeals import LONGEST, Appealed
from language.moments import day, when
from monitoring.home.appealing import Appealable
from store import Work
from web.forms import PageForm
from web.words import _, later

ALERTS: Mapping[str, str] = MappingProxyType(
    {
        "departure": later("Your telephone said for a while that it is not at home"),
        "failed": later("A check did not fit"),
        "missed": later("A check was not answered"),
        "unclear": later("A check could not be judged"),
    }
)
"""What was noticed of a patient."""
APPEALABLE: Mapping[str, str] = MappingProxyType(
    {"warn": later("a warning"), "visit": later("a visit"), "violation": later("a violation")}
)
"""Decisions that a patient may appeal from, in a word or two."""
_STATES = {"open": later("waits for an answer"), "upheld": later("you were right"), "denied": later("denied")}


class AppealForm(PageForm):
    """What about, and why."""

    about = RadioField(later("What is it about?"), widget=GovRadioInput(), validate_choice=False)
    text = TextAreaField(
        later("What was wrong?"),
        description=later("In your own words, at most 2000 signs. Who reads it did not decide the first time."),
        widget=GovTextArea(),
        validators=[
            DataRequired(later("Write what was wrong")),
            Length(max=LONGEST, message=later("That is too long: at most 2000 signs")),
        ],
    )

    def chosen(self) -> About | None:
        """What was chosen of the choices; None where it is no decision, or none of them."""
        known = {one.value for one in self.about.choices}
        what, _dot, about_id = (self.about.data if self.about.data in known else "").partition(".")
        return About(what, about_id) if about_id else None


def choice_at_home(regime: Regime, one: Appealable) -> SelectChoice:
    """Something of who stays at home, to choose."""
    return SelectChoice(f"{one.about.what}.{one.about.id}", _at_home(regime, one))


def _at_home(regime: Regime, one: Appealable) -> str:
    if one.alert is None or one.until is None:
        return _("That I have to stay at home, until when, or how I am asked")
    what = _(ALERTS[one.alert.kind]) if one.alert.kind in ALERTS else _("Something has to be looked at")
    said = {"what": what, "decision": _(APPEALABLE[one.alert.decision]), "until": day(one.until, regime)}
    return _("{what}: {decision}, told {moment}. Appeal by {until}", moment=when(one.alert.decided_at, regime), **said)


def shown_appeal(work: Work, regime: Regime, one: Appealed) -> dict[str, Any]:
    """One of somebody's own, with its answer; what is about who stays at home with the day by which it is answered."""
    at_home = one.about is not None and one.about.what in (ALERT, CASE)
    return {
        "number": one.number,
        "text": one.text,
        "state": _(_STATES[one.state]),
        "open": one.state == "open",
        "filed": when(one.filed_at, regime, work.now),
        "by": day(one.filed_at + timedelta(days=regime.isolation.appeal_days), regime) if at_home else "",
        "answer": one.decision,
        "decided": when(one.decided_at, regime, work.now) if one.decided_at else "",
    }
