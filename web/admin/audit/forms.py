"""What auditors look for. Ids and words of ours alone: a name or a number would come to stand in the audit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Regexp

from store.audit_search import Sought
from web.admin.audit.actions import action_words, family_words
from web.admin.spans import SpanForm
from web.words import _, later

_WORD = r"[a-z][a-z0-9_.\-]{0,79}"
_HEX = r"[0-9a-f]{24}"
_CARRIERS = r"[A-Z]{2}[0-9a-f]{32}"
ACTOR = rf"^\s*({_WORD}(:({_HEX}|[A-Za-z][A-Za-z0-9_.\-]{{0,63}}))?)?\s*$"
SUBJECT = rf"^\s*({_HEX}|{_CARRIERS}|{_WORD}|[0-9]{{1,6}})?\s*$"
_IDS = later("Ids only: never a name, number or document")


class WhoForm(SpanForm):
    """Who did it, and to what."""

    actor = StringField(
        later("By whom"),
        description=later("An id from the audit, such as staff:… or officer:…"),
        widget=GovTextInput(),
        validators=[Regexp(ACTOR, message=_IDS)],
    )
    subject = StringField(
        later("To what or whom"),
        description=later("The id of a person, pass, call, officer, account or text"),
        widget=GovTextInput(),
        validators=[Regexp(SUBJECT, message=_IDS)],
    )

    def kept(self) -> dict[str, Any]:
        """Also whom, where it is an id."""
        fields = {"actor": self.actor, "subject": self.subject}
        found = {name: (field.data or "").strip() for name, field in fields.items() if not field.errors}
        return super().kept() | {name: one for name, one in found.items() if one}

    def sought(self, zone: ZoneInfo, action: str | None = None) -> Sought:
        """What is asked for."""
        since, until = self.span(zone)
        kept = self.kept()
        return Sought(since, until, kept.get("actor"), action or kept.get("action"), kept.get("subject"))


class EntriesForm(WhoForm):
    """Also what was done."""

    action = SelectField(later("What was done"), widget=GovSelect(), default="")

    def __init__(self, today: date, known: Sequence[str], data: Mapping[str, str] | None = None, **given: Any) -> None:
        super().__init__(today, data, **given)
        families = {action.partition(".")[0] for action in known}
        wholes = {f"{one}.": _("{family}: everything", family=family_words(one)) for one in families}
        said = wholes | {one: action_words(one) for one in known}
        choices = [SelectChoice(one, f"{words} ({one})") for one, words in sorted(said.items())]
        self.action.choices = [SelectChoice("", _("Everything")), *choices]

    def kept(self) -> dict[str, Any]:
        """Also what."""
        known = {choice.value for choice in self.action.choices}
        return super().kept() | ({"action": self.action.data} if self.action.data and self.action.data in known else {})
