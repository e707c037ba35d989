"""What was typed, as the order reads it: numbers, documents, moments; else an error in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from codes.fields import Field
from codes.phones import read_phone
from codes.regime import Regime
from language.fields import Fit, read_field
from language.wording import say
from web.forms import PageForm
from web.words import _, spoken


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
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=regime.zone), True
    except ValueError:
        form.refuse(field, _("This is no time. Write it like {example}", example="2026-06-03T14:30"))
        return None, False
