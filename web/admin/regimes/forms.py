"""Forms over an order: one field an entry, in the language of the page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from codes.orders.proposing import LONGEST_REASON
from web.admin.regimes.labels import choice, hint, label
from web.admin.regimes.shapes import Document, Entry, Kind
from web.admin.regimes.values import Typed, shown
from web.forms import PageForm
from web.words import _, later

_AREAS = frozenset({Kind.LONG, Kind.LINES, Kind.HOURS})
_MOST_ROWS = 12
_FEWEST_ROWS = 3
_REASON = Length(max=LONGEST_REASON, message=later("The reason is too long"))


def entries_form(entries: Sequence[Entry], document: Document, *, sent: bool) -> Any:
    """A form with a field an entry: as it was sent, or as the order has it."""
    made = type("OrderForm", (PageForm,), {entry.name: _field(entry) for entry in entries})
    if sent:
        return made()
    return made(formdata=None, data={entry.name: shown(entry, document) for entry in entries})


def typed(form: Any, entries: Iterable[Entry]) -> dict[str, Typed]:
    """What was typed, by entry; what the form did not show is left out."""
    unsaid = (Kind.FLAG, Kind.CHOICES)
    wanted = [entry.name for entry in entries if entry.kind in unsaid or entry.name in request.form]
    return {name: form[name].data if form[name].data is not None else "" for name in wanted}


def told_faults(form: Any, faults: Mapping[str, Sequence[str]]) -> None:
    """Puts what is wrong beside the fields."""
    for name, said in faults.items():
        form[name].errors = [*form[name].errors, *said]


def look_of(entry: Entry, document: Document) -> dict[str, Any]:
    """How a field is drawn: parameters of its macro."""
    drawn: dict[str, Any] = {"attributes": {"lang": entry.language}} if entry.language else {}
    if entry.kind in _AREAS:
        lines = str(shown(entry, document)).count("\n") + 2
        return drawn | {"rows": min(max(lines, _FEWEST_ROWS), _MOST_ROWS)}
    if entry.kind is Kind.NUMBER:
        return drawn | {"classes": "govuk-input--width-5", "inputmode": "numeric"}
    if entry.kind is Kind.SIGN:
        return drawn | {"classes": "govuk-input--width-2"}
    if entry.kind is Kind.CHOICES:
        return drawn | {"classes": "govuk-checkboxes--small regime-choices"}
    return drawn


def _field(entry: Entry) -> Any:
    said = {"description": hint(entry)}
    if entry.kind is Kind.FLAG:
        return BooleanField(label(entry), widget=GovCheckboxInput(), **said)
    if entry.kind in (Kind.CHOICE, Kind.CHOICES):
        kind, widget = (
            (SelectField, GovSelect()) if entry.kind is Kind.CHOICE else (SelectMultipleField, GovCheckboxesInput())
        )
        choices = [SelectChoice(value, choice(entry, value)) for value in entry.choices]
        return kind(label(entry), widget=widget, choices=choices, validate_choice=False, **said)
    if entry.kind in _AREAS:
        return TextAreaField(label(entry), widget=GovTextArea(), **said)
    return StringField(label(entry), widget=GovTextInput(), **said)


class TomlForm(PageForm):
    """The whole text."""

    toml = TextAreaField(later("Text of the order (TOML)"), widget=GovTextArea())


class StartForm(PageForm):
    """What a new draft begins as."""

    origin = RadioField(
        later("Begin with"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose what the draft begins with"))],
    )
    file = FileField(
        later("A TOML file from this computer"),
        description=later("Used where “A file” is chosen"),
        widget=GovFileInput(),
    )


class ProposeForm(PageForm):
    """From when the order is to be in force."""

    when = RadioField(
        later("When does it come into force?"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose when it comes into force"))],
    )
    day = StringField(later("Day"), widget=GovTextInput())
    clock = StringField(
        later("Time"), description=later("By the clock of the order's time zone"), widget=GovTextInput()
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.when.choices = [
            SelectChoice("once", _("As soon as it is approved")),
            SelectChoice("at", _("At a day and time")),
        ]


class ReasonForm(PageForm):
    """Why something is not approved, or is withdrawn."""

    reason = TextAreaField(
        later("Reason"),
        description=later("Every administrator sees it. Write nothing about a citizen."),
        widget=GovTextArea(),
        validators=[InputRequired(later("Write the reason")), _REASON],
    )


class WithdrawForm(ReasonForm):
    """Why, and by whom, a planned order is withdrawn."""

    who = RadioField(
        later("Who withdraws it?"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose who withdraws it"))],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.who.choices = [
            SelectChoice("two", _("I ask another administrator to approve")),
            SelectChoice("alone", _("I alone, at once: this is an emergency")),
        ]
