"""One case: all that is known of it, changing its plan, closing it."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from monitoring.cases.changing import Planned
from monitoring.cases.clinics import ClinicCase
from monitoring.patients.changing import change_patients_plan
from monitoring.patients.leaving import end_case
from store import Store, Work
from web.clinic.acting import held_own_case, seen_case
from web.clinic.case_showing import case_shown
from web.clinic.forms import OTHER, ChangeForm, CloseForm
from web.clinic.person_pages import named_days, read_last_day
from web.clinic.showing import end_of, last_date
from web.once import Answer, send_once, told
from web.visitor import visitor


def add_case_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET /clinic/cases/ID, GET and POST .../change and .../close."""
    _add_case(blueprint, store)
    _add_change(blueprint, store, public_url)
    _add_close(blueprint, store)


def _add_case(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/clinic/cases/<case_id>")
    def case(case_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found = seen_case(work, case_id, "case")
            answer, shown = told(work, visitor().id), case_shown(work, found)
        kept = request.args.get("photo", "")
        return render_template("clinic/case.html", shown=shown, answer=answer, kept_photo=kept)


def _add_change(blueprint: Blueprint, store: Store, public_url: str) -> None:
    @blueprint.get("/clinic/cases/<case_id>/change", endpoint="ask_change")
    def ask(case_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            form = ChangeForm(formdata=None, data=_planned(found, regime))
            form.name_days(named_days(work.now.astimezone(regime.zone).date(), regime))
        return render_template("clinic/change.html", case_id=case_id, form=form)

    @blueprint.post("/clinic/cases/<case_id>/change")
    def change(case_id: str) -> ResponseReturnValue:
        form = ChangeForm()
        with store.work() as work:
            held_own_case(work, case_id)
            regime = in_force(work).regime
            today = work.now.astimezone(regime.zone).date()
            form.name_days(named_days(today, regime))
            last = read_last_day(form, today) if form.validate() else None
            if last is None:
                return render_template("clinic/change.html", case_id=case_id, form=form), 422
            ends_at = end_of(last, regime)

        def act(work: Work) -> Answer:
            circumstances, note = tuple(form.circumstances.data), (form.note.data or "").strip()
            planned = Planned(form.kind.data, form.means.data, ends_at, circumstances, note)
            held = held_own_case(work, case_id)
            why, by = form.reason.data.strip(), visitor().actor
            change_patients_plan(work, regime, held.case, planned, why, by, public_url)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "changed")

        return send_once(store, visitor().id, act)


def _planned(found: ClinicCase, regime: Regime) -> dict[str, Any]:
    case, ends_at = found.case, found.case.ends_at
    circumstances = list(case.details.circumstances)
    kept = {"kind": case.kind, "means": case.means, "note": case.details.note, "circumstances": circumstances}
    if ends_at is None:
        return kept
    return {**kept, "span": OTHER, "until": last_date(ends_at, regime).isoformat()}


def _add_close(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/clinic/cases/<case_id>/close", endpoint="ask_close")
    def ask(case_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found = held_own_case(work, case_id)
        return render_template("clinic/close.html", found=found, form=CloseForm(formdata=None))

    @blueprint.post("/clinic/cases/<case_id>/close")
    def close(case_id: str) -> ResponseReturnValue:
        form = CloseForm()
        if not form.validate():
            with store.work() as work:
                found = held_own_case(work, case_id)
            return render_template("clinic/close.html", found=found, form=form), 422

        def act(work: Work) -> Answer:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            reason = form.reason.data.strip()
            end_case(work, regime, found.case, form.closing.data, reason, visitor().actor) or abort(404)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "closed")

        return send_once(store, visitor().id, act)
