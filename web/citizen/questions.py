"""The questions of an application, one a page: which come, which is next, and what an answer makes of the draft."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import request
from wtforms import SelectChoice, StringField

from codes.applying import guardian_on, lacking
from codes.fields import Field
from codes.meeting import Meeting
from codes.people import Holder
from codes.regime import Purpose, Regime
from language.examples import purpose_name, sample
from language.moments import when
from language.rules import terms_of
from web.asking import field_words, fields_form, moment_field, read_fields, read_moment
from web.citizen.drafts import Draft
from web.citizen.forms import ChoiceForm
from web.forms import PageForm
from web.words import _, spoken

WHOM, PURPOSE, MORE, TIME, CHECK = "whom", "purpose", "more", "time", "check"
"""Steps that are no field of the order."""
NEW, DEPENDANT = "new", "dependant"
"""Whom a pass is for, where they are not known yet."""


def steps(meeting: Meeting, draft: Draft) -> list[str]:
    """Every question of this draft, in order, as far as it can be known now."""
    regime = meeting.terms.regime
    whom = [WHOM] if meeting.holders else []
    purpose = regime.by_number.get(draft.purpose or 0)
    if purpose is None:
        return [*whom, PURPOSE]
    asked = [str(name) for name in lacking(meeting, replace(draft, fields={}).wish)]
    more = [MORE] if optional_fields(purpose) else []
    time = [TIME] if purpose.book_ahead_days else []
    return [*whom, PURPOSE, *asked, *more, *time, CHECK]


def next_step(meeting: Meeting, draft: Draft) -> str:
    """The first question without an answer."""
    return next((step for step in steps(meeting, draft) if not _answered(draft, step)), CHECK)


def _answered(draft: Draft, step: str) -> bool:
    known = {WHOM: draft.whom, PURPOSE: draft.purpose is not None, MORE: draft.more, TIME: draft.timed, CHECK: False}
    return known[step] if step in known else bool(draft.fields.get(step))


def optional_fields(purpose: Purpose) -> tuple[Field, ...]:
    """What may be said for a purpose, and may be left out."""
    return tuple(name for name in purpose.optional_fields if name not in purpose.fields)


def person_words(holder: Holder) -> str:
    """``Иванов Иван Иванович``, as they wrote it themselves; the document's end tells namesakes apart."""
    name, tail = holder.details.get(Field.NAME), holder.document_tail
    if name is None:
        return _("Document ending in {tail}", tail=tail) if tail else _("No name on file")
    return f"{name} *{tail}" if tail else name


def question_form(meeting: Meeting, draft: Draft, step: str, **given: Any) -> PageForm:
    """The form of a step, filled with what was answered before."""
    regime = meeting.terms.regime
    if step == WHOM:
        return _choice(_people(meeting), draft.person_id or "", _("Who is the pass for?"), given)
    if step == PURPOSE:
        return _choice(_purposes(regime), str(draft.purpose or ""), _("What is the pass for?"), given)
    if step == TIME:
        local = datetime.fromisoformat(draft.start).astimezone(regime.zone) if draft.start else None
        before = {"start": f"{local:%Y-%m-%dT%H:%M}"} if local else {}
        return _filled({"start": moment_field()}, before, given)
    if step == MORE:
        purpose = regime.by_number[draft.purpose or 0]
        form: PageForm = fields_form(regime, (), optional_fields(purpose))(data=dict(draft.fields), **given)
        return form
    return fields_form(regime, [Field(step)], ())(data=dict(draft.fields), **given)  # type: ignore[no-any-return]


def _filled(fields: dict[str, StringField], before: dict[str, str], given: dict[str, Any]) -> PageForm:
    form: PageForm = type("TimeForm", (PageForm,), fields)(data=before, **given)
    return form


def _choice(choices: Sequence[SelectChoice], chosen: str, label: str, given: dict[str, Any]) -> ChoiceForm:
    form = ChoiceForm(data={"choice": chosen} if chosen else {}, **given)
    form.choice.label.text = label
    form.choice.choices = list(choices)
    return form


def _people(meeting: Meeting) -> list[SelectChoice]:
    known = [SelectChoice(one.id, person_words(one)) for one in meeting.holders]
    new = [SelectChoice(NEW, _("Somebody else"))]
    care = [SelectChoice(DEPENDANT, _("A child, or somebody in my care"))] if guardian_on(meeting) else []
    return [*known, *care, *new]


def _purposes(regime: Regime) -> list[SelectChoice]:
    return [SelectChoice(str(one.number), purpose_name(one.number, spoken(), regime)) for one in regime.purposes]


def purpose_hints(regime: Regime) -> dict[str, str]:
    """By number: how long, how often, whether a person decides."""
    return {str(number): terms_of(regime, spoken(), number) for number in regime.by_number}


def hint(step: str, regime: Regime) -> str:
    """An example of what a field looks like."""
    return _("For example: {example}", example=sample(step, spoken(), regime))


def take_answer(meeting: Meeting, draft: Draft, step: str, form: PageForm, now: datetime) -> Draft | None:
    """The draft with the answer that was sent; None after refusing it in the form."""
    if not form.validate():
        return None
    if step == WHOM:
        return _told_whom(meeting, draft, form)
    if step == PURPOSE:
        return _told_purpose(meeting.terms.regime, draft, form)
    if step == TIME:
        return _told_time(meeting.terms.regime, draft, form)
    return _told_fields(meeting.terms.regime, draft, step, form, now)


def _told_whom(meeting: Meeting, draft: Draft, form: PageForm) -> Draft | None:
    chosen = request.form["choice"]
    if chosen not in {choice.value for choice in _people(meeting)}:
        form.refuse("choice", _("Choose one of these"))
        return None
    person = None if chosen in (NEW, DEPENDANT) else chosen
    kept = draft.fields if draft.whom and person == draft.person_id else {}
    return replace(draft, whom=True, person_id=person, dependant=chosen == DEPENDANT, fields=kept)


def _told_purpose(regime: Regime, draft: Draft, form: PageForm) -> Draft | None:
    chosen = request.form["choice"]
    if chosen not in {str(number) for number in regime.by_number}:
        form.refuse("choice", _("Choose one of these"))
        return None
    return replace(draft, purpose=int(chosen), more=False, timed=False, start=None)


def _told_time(regime: Regime, draft: Draft, form: PageForm) -> Draft | None:
    start, fine = read_moment(form, "start", regime)
    return replace(draft, timed=True, start=start.isoformat() if start else None) if fine else None


def _told_fields(regime: Regime, draft: Draft, step: str, form: PageForm, now: datetime) -> Draft | None:
    purpose = regime.by_number[draft.purpose or 0]
    names = optional_fields(purpose) if step == MORE else (Field(step),)
    read = read_fields(form, names, regime, now)
    if read is None:
        return None
    kept = {name: value for name, value in draft.fields.items() if name not in names}
    told = {str(name): value for name, value in read.items()}
    return replace(draft, fields={**kept, **told}, more=draft.more or step == MORE)


def answers(meeting: Meeting, draft: Draft) -> list[tuple[str, str, str]]:
    """What was answered: the step, its question, the answer."""
    regime = meeting.terms.regime
    purpose = regime.by_number[draft.purpose or 0]
    whom = next((person_words(one) for one in meeting.holders if one.id == draft.person_id), "")
    told = [(WHOM, _("Pass for"), whom or (_("Somebody in my care") if draft.dependant else _("Somebody else")))]
    rows = told if meeting.holders else []
    rows = [*rows, (PURPOSE, _("Purpose"), purpose_name(purpose.number, spoken(), regime))]
    for name in (step for step in steps(meeting, draft) if step in set(Field)):
        rows.append((name, field_words(Field(name), regime), draft.fields.get(name, "")))
    for optional in optional_fields(purpose):
        rows.append((MORE, field_words(optional, regime), draft.fields.get(optional, "") or _("left out")))
    if purpose.book_ahead_days:
        start = when(datetime.fromisoformat(draft.start), regime) if draft.start else _("now")
        rows.append((TIME, _("From"), start))
    return rows
