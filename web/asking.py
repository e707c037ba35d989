"""Fields of the order as forms, and what was typed as the order reads it; else an error in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from codes.fields import Field
from codes.phones import read_phone
from codes.regime import Regime
from language.fields import Fit, read_field
from language.wording import say
from web.forms import PageForm
from web.words import _, later, spoken

_YEARS = range(2000, 2200)
"""Near the ends of the calendar a moment has no time in another zone."""
_LONGEST = Length(max=200, message=later("That is too long"))


def field_words(name: Field, regime: Regime) -> str:
    """What a field is called, as a label."""
    said = say(f"field_{name}", spoken(), regime)
    return said[:1].upper() + said[1:]


def fields_form(regime: Regime, needed: Iterable[Field], optional: Iterable[Field], **more: Any) -> Any:
    """A form for fields of the order, as `needed` and `optional`; `more` are fields beside them."""
    made = {name: _text(name, regime, needed=True) for name in needed}
    made |= {name: _text(name, regime, needed=False) for name in optional if name not in made}
    return type("FieldsForm", (PageForm,), {**more, **{str(name): field for name, field in made.items()}})


def moment_field() -> Any:
    """When to begin, as `read_moment` reads it."""
    return StringField(later("From when"), description=later("Left empty: from now on"), widget=GovTextInput())


def _text(name: Field, regime: Regime, *, needed: bool) -> StringField:
    label = field_words(name, regime)
    if needed:
        wanted = InputRequired(_("Enter this: {field}", field=label))
        return StringField(label, widget=GovTextInput(), validators=[wanted, _LONGEST])
    return StringField(_("{field} (may be left out)", field=label), widget=GovTextInput(), validators=[_LONGEST])


def read_number(form: PageForm, field: str, regime: Regime) -> str | None:
    """A telephone number as E.164; None after refusing it."""
    number = read_phone(form[field].data or "", regime.phone_region)
    if number is None:
        form.refuse(field, _("This can't be a telephone number. Write it like {example}", example="+7 999 123-45-67"))
    return number


def read_fields(form: PageForm, names: Iterable[Field], regime: Regime, now: datetime) -> dict[Field, str] | None:
    """The fields that were filled in, normalised; None after refusing one."""
    read: dict[Field, str] = {}
    today, fine = now.astimezone(regime.zone).date(), True
    for name in names:
        typed = (form[str(name)].data or "").strip() if str(name) in form else ""
        if not typed:
            continue
        found = read_field(name, typed, regime, today)
        if found.fit is Fit.FINE:
            read[name] = found.value
        else:
            fine = False
            form.refuse(str(name), say(f"format_{name}", spoken(), regime, given=typed))
    return read if fine else None


def read_moment(form: PageForm, field: str, regime: Regime) -> tuple[datetime | None, bool]:
    """A local moment as the browser writes it (``2026-06-03T14:30``), and whether it is fine; empty is now."""
    typed: Any = (form[field].data or "").strip()
    if not typed:
        return None, True
    moment = _moment(typed)
    if moment is None:
        form.refuse(field, _("This is no time. Write it like {example}", example="2026-06-03T14:30"))
        return None, False
    return moment.replace(tzinfo=regime.zone), True


def _moment(typed: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None
