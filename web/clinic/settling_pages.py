"""Of an open case: home is elsewhere from now on, or a second place counts for a while; chosen as for a new case."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextInput as TextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from codes.regimes import in_force
from monitoring.cases.drafts import Draft, begin_draft, drop_draft
from monitoring.cases.fences import OTHER, fences_of
from monitoring.patients.placing import Place, allow_patient_elsewhere, end_patient_elsewhere, move_patients_home
from store import Store, Work
from web.asking import read_moment
from web.clinic.acting import held_own_case, the_draft
from web.clinic.case_showing import elsewhere_shown
from web.clinic.forms import reason_field
from web.clinic.showing import fence_shown
from web.clinic.steps import next_page
from web.forms import PageForm
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import _, later

AIMS = ("home", "elsewhere")
LONGEST = timedelta(days=3)
"""Of an exemption: whoever is away for longer is at home elsewhere, or in hospital."""
_SHORT = Length(max=40, message=later("That is too long"))


class HomeForm(PageForm):
    """Why home is elsewhere."""

    reason = reason_field()


class EndElsewhereForm(PageForm):
    """Why another place counts no more, before its time."""

    reason = reason_field()


class ElsewhereForm(PageForm):
    """A place for a while."""

    start = StringField(
        later("From when"),
        widget=TextInput(),
        validators=[InputRequired(later("Enter when it begins")), _SHORT],
    )
    end = StringField(
        later("Until when"), widget=TextInput(), validators=[InputRequired(later("Enter when it ends")), _SHORT]
    )
    reason = reason_field()


def add_settling_pages(blueprint: Blueprint, store: Store) -> None:
    """POST /clinic/cases/ID/move; GET and POST /clinic/new/ID/settle and /clinic/cases/ID/elsewhere/ID/end."""

    @blueprint.post("/clinic/cases/<case_id>/move")
    def move(case_id: str) -> ResponseReturnValue:
        aim = request.form.get("aim", "")
        if aim not in AIMS:
            abort(400)
        with store.work() as work:
            found = held_own_case(work, case_id)
            draft = begin_draft(work, Draft(aim=aim, case_id=found.case.id), visitor().id)
        return redirect(next_page(draft), 303)

    _add_settle(blueprint, store)
    _add_end(blueprint, store)


def _add_end(blueprint: Blueprint, store: Store) -> None:
    url = "/clinic/cases/<case_id>/elsewhere/<fence_id>/end"

    @blueprint.route(url, methods=["GET", "POST"], endpoint="end_elsewhere")
    def end(case_id: str, fence_id: str) -> ResponseReturnValue:
        form, here = EndElsewhereForm(), url_for("pages.clinic.case", case_id=case_id)
        with store.work() as work:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            others = (one for one in fences_of(work, found.case) if one.role == OTHER)
            one = next((one for one in others if one.id == fence_id), None)
            if one is None:
                return redirect(here, 303)
            if request.method == "GET" or not form.validate():
                values = {"found": found, "place": elsewhere_shown(one, regime), "form": form}
                page = render_template("clinic/end_elsewhere.html", **values)
                return page, 200 if request.method == "GET" else 422

        def act(work: Work) -> Answer:
            case, why = held_own_case(work, case_id).case, form.reason.data.strip()
            ended = end_patient_elsewhere(work, in_force(work).regime, case, fence_id, why, visitor().actor)
            return Answer(here, "elsewhere_ended" if ended else "")

        return send_once(store, visitor().id, act)


def _add_settle(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/new/<draft_id>/settle", methods=["GET", "POST"])
    def settle(draft_id: str) -> ResponseReturnValue:
        with store.work() as work:
            draft = the_draft(work, draft_id)
            if draft.aim not in AIMS or draft.fence is None:
                return redirect(next_page(draft), 303)
            form = HomeForm() if draft.aim == "home" else ElsewhereForm()
            if request.method == "GET":
                return _page(work, draft, form)
            span = _span(work, form) if form.validate() else None
            if span is None:
                return _page(work, draft, form), 422

        def act(work: Work) -> Answer:
            return _settle(work, the_draft(work, draft_id), form.reason.data.strip(), span)

        return send_once(store, visitor().id, act)


def _span(work: Work, form: Any) -> tuple[datetime, datetime] | None:
    """From and until; of a home now and now. None after refusing them."""
    if "start" not in form:
        return work.now, work.now
    regime = in_force(work).regime
    (start, fine), (end, also) = read_moment(form, "start", regime), read_moment(form, "end", regime)
    if not (fine and also and start and end):
        return None
    if not (start < end and end > work.now and end - start <= LONGEST):
        form.refuse("end", _("It ends after it begins, is not over yet, and lasts three days at most"))
        return None
    return start, end


def _settle(work: Work, draft: Draft, reason: str, span: tuple[datetime, datetime]) -> Answer:
    case, fence = held_own_case(work, draft.case_id or "").case, draft.fence or abort(404)
    place, regime, by = Place(fence.outline, fence.weak), in_force(work).regime, visitor().actor
    if draft.aim == "home":
        move_patients_home(work, regime, case, place, fence.address, reason, by)
    else:
        allow_patient_elsewhere(work, regime, case, place, span, reason, by)
    drop_draft(work, draft.id)
    return Answer(url_for("pages.clinic.case", case_id=case.id), f"{draft.aim}_set")


def _page(work: Work, draft: Draft, form: Any) -> str:
    assert draft.fence is not None
    shown = fence_shown(work, draft.fence.outline, weak=draft.fence.weak)
    return render_template("clinic/settle.html", draft=draft, form=form, fence=shown)
