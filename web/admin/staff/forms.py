"""What administrators choose and write about accounts."""

from collections.abc import Collection
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovSelect, GovTextInput
from wtforms import SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from web.admin.staff.wording import CLOSES, OPENS, STATES, WHY_NOT
from web.forms import PageForm
from web.roles import EXCLUSIVE, STAFF_ROLES, TWO_PEOPLE, Role
from web.titles import role_titles
from web.words import _, later

LONGEST_NAME = 80


class RolesForm(PageForm):
    """Which roles somebody has."""

    roles = SelectMultipleField(
        later("Roles"),
        widget=GovCheckboxesInput(),
        validators=[InputRequired(later("Choose at least one role"))],
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.roles.choices = [SelectChoice(str(role), _sentence(role_titles([role]))) for role in STAFF_ROLES]

    def hints(self) -> list[dict[str, Any]]:
        """What each role opens, for the checkboxes."""
        two = _("Two administrators give it together.")
        return [{"hint": {"text": _(OPENS[role]) + (f" {two}" if role in TWO_PEOPLE else "")}} for role in STAFF_ROLES]

    def validate_roles(self, field: Any) -> None:
        """Roles that check each other are not held together."""
        for one, other, _why in EXCLUSIVE:
            if {one, other} <= set(field.data):
                raise ValidationError(apart(one, other))

    @property
    def chosen(self) -> tuple[Role, ...]:
        """The roles, in the order of the table."""
        return tuple(role for role in STAFF_ROLES if role in self.roles.data)


class AddForm(RolesForm):
    """Somebody new."""

    name = StringField(
        later("Name"),
        description=later("As colleagues know them. They sign in with it."),
        widget=GovTextInput(),
        validators=[
            InputRequired(later("Enter a name")),
            Length(max=LONGEST_NAME, message=later("The name is too long")),
        ],
    )

    def validate_name(self, field: Any) -> None:
        """Only what can be seen and typed again."""
        if field.data and not (self.called and self.called.isprintable()):
            raise ValidationError(later("A name is made of signs that can be seen"))

    @property
    def called(self) -> str:
        """The name with single blanks."""
        return " ".join((self.name.data or "").split())


class CloseForm(PageForm):
    """Why an account ends."""

    why = SelectField(later("Why you close it"), widget=GovSelect())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.why.choices = _choices(CLOSES)


class ClinicForm(PageForm):
    """Where a clinician works."""

    clinic = StringField(
        later("Clinic"),
        description=later("Spelt alike for all who work there: they see each other's cases. Empty: none"),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST_NAME, message=later("The name is too long"))],
    )

    @property
    def called(self) -> str:
        """The name with single blanks."""
        return " ".join((self.clinic.data or "").split())


class FilterForm(PageForm):
    """Which accounts are listed."""

    state = SelectField(later("State"), widget=GovSelect(), default="")
    role = SelectField(later("Role"), widget=GovSelect(), default="")

    def __init__(self, **given: Any) -> None:
        super().__init__(meta={"csrf": False}, **given)
        self.state.choices = [SelectChoice("", _("All but closed")), *_choices(STATES)]
        titles = [SelectChoice(str(role), _sentence(role_titles([role]))) for role in STAFF_ROLES]
        self.role.choices = [SelectChoice("", _("Every role")), *titles]


def apart(one: Role, other: Role) -> str:
    """Why two roles are not held together, in the language of the request."""
    names = {"one": role_titles([one]), "other": role_titles([other])}
    return _("Nobody is {one} and {other} at once: {why}", **names, why=_(WHY_NOT[one, other]))


def _choices(words: Any, wanted: Collection[str] = ()) -> list[Any]:
    return [SelectChoice(str(value), _(words[value])) for value in wanted or words]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
