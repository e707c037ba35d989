"""Which texts are listed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectChoice, SelectField

from language.failures import WORDS
from language.templates import TEMPLATES
from store.texts_out import Wanted
from web.admin.messages.wording import STATES
from web.admin.spans import SpanForm
from web.wording import text_words
from web.words import _, later, spoken

_OURS = 90000
"""From here on errors are of calls."""
_SHOWN_SIGNS = 60
"""As much of a text as a choice shows."""


class TextsForm(SpanForm):
    """A state, a template, an error, a span."""

    state = SelectField(later("State"), widget=GovSelect(), default="")
    template = SelectField(later("Template"), widget=GovSelect(), default="")
    error = SelectField(later("Error"), widget=GovSelect(), default="")

    def __init__(self, today: date, data: Mapping[str, str] | None = None, **given: Any) -> None:
        super().__init__(today, data, **given)
        said = WORDS.get(spoken(), WORDS["en"])
        errors = [SelectChoice(str(code), f"{code} {words}") for code, words in said.items() if code < _OURS]
        self.state.choices = [
            SelectChoice("", _("Every state")),
            *(SelectChoice(one, _(STATES[one])) for one in STATES),
        ]
        self.template.choices = [
            SelectChoice("", _("Every template")),
            *(SelectChoice(one, f"{one}: {text_words(one)[:_SHOWN_SIGNS]}") for one in sorted(TEMPLATES)),
        ]
        self.error.choices = [SelectChoice("", _("Whatever the error")), *errors]

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """What is asked for; what did not pass is left out."""
        since, until = self.span(zone)
        kept = self.kept()
        error = kept.get("error")
        return Wanted(since, until, kept.get("state"), kept.get("template"), int(error) if error else None)

    def kept(self) -> dict[str, Any]:
        """Also what was selected."""
        fields = (self.state, self.template, self.error)
        fit = {field.name: field.data for field in fields if field.data and not field.errors}
        return super().kept() | {
            name: one for name, one in fit.items() if one in {choice.value for choice in self[name].choices}
        }
