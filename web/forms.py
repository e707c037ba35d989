"""Forms in the language of the request: labels, hints and errors are English in the class, and marked with `later`."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField

from language.visible import visible
from web.words import _


class PageForm(FlaskForm):  # type: ignore[misc]
    """A form of the pages; fields take widgets of `govuk_frontend_wtf.wtforms_widgets`."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """What is typed comes without signs that nobody sees; passwords stay as they are."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """A field of a form, with the filter."""
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                field.filters = [*field.filters, _visible]
            return field

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self:
            field.label.text = _(field.label.text)
            field.description = _(field.description) if field.description else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """As WTForms', with the errors said in the language of the request."""
        fine = bool(super().validate(extra_validators=extra_validators))
        for field in self:
            field.errors = [_(str(error)) for error in field.errors]
        return fine

    def refuse(self, field: str, error: str) -> None:
        """Adds an error that only the act itself could find; `error` is said already."""
        self[field].errors = [*self[field].errors, error]


def _visible(typed: str | None) -> str | None:
    return visible(typed) if typed else typed
