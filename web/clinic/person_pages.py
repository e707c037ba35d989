"""Whom a case is about: their telephone, name and document; then the kind of case, its end and how we ask."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from govuk_frontend_wtf.wtforms_widgets import GovTextInput as TextInput
from wtforms import BooleanField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from codes.fields import Field
from codes.isolation import at_home
from codes.regime import Regime
from codes.regimes import in_force
from language.moments import day
from monitoring.cases.consent import languages
from monitoring.cases.drafts import Draft, begin_draft, keep_draft
from monitoring.cases.opening import MOST_DAYS
from monitoring.patients.admitting import Trouble
from store import Store, Work
from web.asking import fields_form, read_fields, read_number
from web.clinic.acting import seen_case, the_draft
from web.clinic.forms import DAYS, OTHER, PlanForm
from web.clinic.showing import end_of
from web.clinic.steps import next_page
from web.clinic.wording import TROUBLES
from web.forms import PageForm
from web.visitor import visitor
from web.wording import language_name
from web.words import _, later

_FIELDS = (Field.NAME, Field.DOCUMENT)


def add_person_pages(blueprint: Blueprint, store: Store) -> None:
    """POST /clinic/new, GET and POST /clinic/new/ID/person and .../plan."""
    _add_begin(blueprint, store)
    _add_person(blueprint, store)
    _add_plan(blueprint, store)


def _add_begin(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/clinic/new")
    def begin() -> ResponseReturnValue:
        belongs_to = request.form.get("of", "")
        with store.work() as work:
            told = _of_household(work, belongs_to) if belongs_to else Draft()
            draft = begin_draft(work, told, visitor().id)
        return redirect(next_page(draft), 303)


def _of_household(work: Work, case_id: str) -> Draft:
    """Somebody who lives with, or met, a patient: a case of their own, which knows whose it belongs to."""
    found = seen_case(work, case_id, "household")
    return Draft(of_case_id=found.case.id, kind="", reason=found.case.details.reason)


def _add_person(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/new/<draft_id>/person", methods=["GET", "POST"])
    def person(draft_id: str) -> ResponseReturnValue:
        with store.work() as work:
            draft, regime = the_draft(work, draft_id), in_force(work).regime
            form = _person_form(regime, draft)
            if request.method == "GET":
                return _person_page(draft, form)
            told = _whom(work, form, draft, regime) if form.validate() else None
            if told is None:
                return _person_page(draft, form), 422
            keep_draft(work, told, visitor().id)
        return redirect(next_page(told), 303)


def _person_form(regime: Regime, draft: Draft) -> Any:
    known = {**draft.fields, "number": draft.number, "language": draft.language or regime.default_language}
    needed, longest = (
        InputRequired(later("Enter their telephone number")),
        Length(max=40, message=later("That is too long")),
    )
    offered = dict.fromkeys((*regime.languages, *languages()))
    more = {
        "number": StringField(
            later("Mobile telephone of the patient"),
            description=later("Texts and calls go there. A landline will do where we call."),
            widget=TextInput(),
            validators=[needed, longest],
        ),
        "child": BooleanField(later("A child without a document of its own"), widget=GovCheckboxInput()),
        "language": RadioField(
            later("Language of the patient"),
            widget=GovRadioInput(),
            choices=[SelectChoice(one, language_name(one)) for one in offered],
            validators=[InputRequired(later("Choose a language"))],
        ),
    }
    data = {**known, "child": bool(draft.number) and "document" not in draft.fields}
    form = fields_form(regime, (Field.NAME,), (Field.DOCUMENT,), **more)
    return form(data=data) if request.method == "GET" else form()


def _whom(work: Work, form: Any, draft: Draft, regime: Regime) -> Draft | None:
    """The draft with whom it is about; None after refusing something."""
    number = read_number(form, "number", regime)
    fields = read_fields(form, _FIELDS, regime, work.now)
    if fields is None or number is None:
        return None
    document = fields.get(Field.DOCUMENT)
    if not document and not form.child.data:
        form.refuse("document", _("Enter the document, or say that it is a child without one"))
        return None
    if document and at_home(work, document):
        form.refuse("document", _(TROUBLES[Trouble.OPEN]))
        return None
    circumstances = tuple(dict.fromkeys((*draft.circumstances, *([] if document else ["minor"]))))
    told = {str(name): value for name, value in fields.items()}
    whom = {"number": number, "fields": told, "language": form.language.data, "circumstances": circumstances}
    return replace(draft, **whom, consent={})


def _person_page(draft: Draft, form: Any) -> str:
    fields = [form.number, form[str(Field.NAME)], form[str(Field.DOCUMENT)]]
    return render_template("clinic/person.html", draft=draft, form=form, fields=fields)


def _add_plan(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/new/<draft_id>/plan", methods=["GET", "POST"])
    def plan(draft_id: str) -> ResponseReturnValue:
        with store.work() as work:
            draft, regime = the_draft(work, draft_id), in_force(work).regime
            today = work.now.astimezone(regime.zone).date()
            form = PlanForm(data=_planned(draft)) if request.method == "GET" else PlanForm()
            form.name_days(named_days(today, regime))
            if request.method == "GET":
                return _plan_page(draft, form)
            last = read_last_day(form, today) if form.validate() else None
            if last is None:
                return _plan_page(draft, form), 422
            told = _with_plan(draft, form, last)
            keep_draft(work, told, visitor().id)
        return redirect(next_page(told), 303)


def named_days(today: date, regime: Regime) -> dict[str, str]:
    """The lengths that are offered, each with its last day; today is the first."""
    return {length: day(end_of(today + timedelta(days=int(length) - 2), regime), regime) for length in DAYS}


def read_last_day(form: PlanForm, today: date) -> date | None:
    """The last day of a case, as it was chosen; None after refusing it."""
    if form.span.data != OTHER:
        return today + timedelta(days=int(form.span.data) - 1)
    return day_of(form, "until", today)


def day_of(form: PageForm, field: str, today: date) -> date | None:
    """A last day as the browser writes it; None after refusing it."""
    try:
        last = date.fromisoformat((form[field].data or "").strip())
    except ValueError:
        form.refuse(field, _("Choose the last day"))
        return None
    if not today <= last <= today + timedelta(days=MOST_DAYS):
        form.refuse(field, _("The last day is today or later, and at most {days} days away", days=MOST_DAYS))
        return None
    return last


def _planned(draft: Draft) -> dict[str, Any]:
    if not draft.kind:
        kept = {"circumstances": list(draft.circumstances), "means": "link", "reason": draft.reason}
        return {**kept, "kind": "contact"} if draft.of_case_id else kept
    kept = {name: getattr(draft, name) for name in ("kind", "means", "reason", "note")}
    return {**kept, "circumstances": list(draft.circumstances), "span": OTHER, "until": draft.ends_at}


def _with_plan(draft: Draft, form: PlanForm, last: date) -> Draft:
    child = () if "document" in draft.fields else ("minor",)
    return replace(
        draft,
        kind=form.kind.data,
        means=form.means.data,
        ends_at=last.isoformat(),
        circumstances=tuple(dict.fromkeys((*child, *form.circumstances.data))),
        reason=form.reason.data.strip(),
        note=(form.note.data or "").strip(),
    )


def _plan_page(draft: Draft, form: PlanForm) -> str:
    return render_template("clinic/plan.html", draft=draft, form=form)
