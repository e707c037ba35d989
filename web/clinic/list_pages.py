"""The clinic's open cases, and looking for one: by number, document or name, never through everybody."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from codes.fields import Field
from codes.looking import note_look
from codes.phones import read_phone
from codes.regime import Regime
from codes.regimes import in_force
from language.fields import Fit, read_field
from monitoring.cases.clinics import (
    MOST_LISTED,
    MOST_SEARCHED,
    ClinicCase,
    Clinician,
    called,
    cases_with,
    open_cases,
)
from monitoring.cases.fences import homeless
from monitoring.duty.marks import Mark, marks_of
from store import Store, Work
from web.clinic.acting import acting
from web.clinic.forms import FindForm
from web.clinic.showing import last_day
from web.clinic.wording import CLOSINGS, KINDS, MARKS
from web.once import told
from web.visitor import visitor
from web.words import _

_DIGITS_OF_A_NUMBER = 7
_ONE_MORE = MOST_LISTED + 1
"""By which one sees that there are more than the page shows."""


def add_list_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /clinic."""

    @blueprint.get("/clinic")
    def cases() -> ResponseReturnValue:
        with store.reading() as work:
            answer = told(work, visitor().id)
        return _page(store, FindForm(formdata=None), lambda work, who: open_cases(work, who, _ONE_MORE), answer=answer)

    @blueprint.post("/clinic", endpoint="find")
    def find() -> ResponseReturnValue:
        form = FindForm()
        if not form.validate():
            return _page(store, form, lambda work, who: open_cases(work, who, _ONE_MORE)), 422
        wanted = form.wanted.data.strip()
        return _page(store, form, lambda work, who: _meant(work, who, wanted), searched=True)


def _page(store: Store, form: FindForm, find: Callable[[Work, Clinician], list[ClinicCase]], **more: Any) -> str:
    """The first of what is found. It is read first, and the looks noted then: many names take their time to open."""
    with store.reading() as work:
        who = acting(work)
        found = find(work, who)
        some = found[:MOST_LISTED]
        shown = _listed(work, some)
    with store.work() as work:
        for one in some:
            note_look(work, one.case.person_id, visitor().actor, "case", "clinic")
    more |= {"cases": shown, "most": MOST_LISTED if len(found) > MOST_LISTED else 0}
    return render_template("clinic/cases.html", form=form, clinic=who.clinic, **more)


def _meant(work: Work, who: Clinician, typed: str) -> list[ClinicCase]:
    """The cases that somebody can mean: by a number or document exactly, by a name among the open ones."""
    regime = in_force(work).regime
    number = read_phone(typed, regime.phone_region) if sum(map(str.isdigit, typed)) >= _DIGITS_OF_A_NUMBER else None
    document = read_field(Field.DOCUMENT, typed, regime, work.now.astimezone(regime.zone).date())
    documents = [document.value] if document.fit is Fit.FINE else []
    exact = cases_with(work, who, [number] if number else [], documents)
    return exact or called(open_cases(work, who, MOST_SEARCHED), typed)


def _listed(work: Work, found: list[ClinicCase]) -> list[dict[str, Any]]:
    """As they are shown, those that need somebody first."""
    regime = in_force(work).regime
    live = [one.case.id for one in found if one.case.closed_at is None]
    without, marks = homeless(work, live), marks_of(work, live)
    shown = [_row(one, regime, marks.get(one.case.id), has_home=one.case.id not in without) for one in found]
    return sorted(shown, key=lambda one: not one["mark"])


def _row(one: ClinicCase, regime: Regime, mark: Mark | None, *, has_home: bool) -> dict[str, Any]:
    case = one.case
    return {
        "id": case.id,
        "name": one.person.name or _("no name on file"),
        "tail": one.person.document_tail,
        "kind": _(KINDS[case.kind]),
        "until": last_day(case.ends_at, regime),
        "closing": _(CLOSINGS[case.closing or "ended"]) if case.closed_at else "",
        "enrolled": case.means != "link" or case.enrolled_at is not None,
        "paused": case.paused_at is not None,
        "has_home": has_home,
        "mark": _(MARKS[mark]) if mark else "",
    }
