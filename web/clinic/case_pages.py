"""One case: all that is known of it, changing its plan, closing it."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from language.moments import day, when
from monitoring.cases.changing import Change, Planned, change_plan, changes_of
from monitoring.cases.circumstances import better_means
from monitoring.cases.clinics import ClinicCase, household
from monitoring.cases.consent import consents_of
from monitoring.cases.fences import HOME, KnownFence, fences_of
from monitoring.cases.watched import telephone_of
from monitoring.patients.leaving import end_case
from store import Store, Work
from web.clinic.acting import acting, held_own_case, seen_case
from web.clinic.forms import OTHER, CloseForm, PlanForm
from web.clinic.person_pages import named_days, read_last_day
from web.clinic.showing import end_of, fence_shown, fence_words, last_day
from web.clinic.staff_names import names_of
from web.clinic.wording import CHANGES, CIRCUMSTANCES, CLOSINGS, KINDS, MEANS, WAYS
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.wording import language_name
from web.words import _

_A_MOMENT = timedelta(seconds=1)


def add_case_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /clinic/cases/ID, GET and POST .../change and .../close."""
    _add_case(blueprint, store)
    _add_change(blueprint, store)
    _add_close(blueprint, store)


def _add_case(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/clinic/cases/<case_id>")
    def case(case_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found = seen_case(work, case_id, "case")
            answer, shown = told(work, visitor().id), _shown(work, found)
        return render_template("clinic/case.html", shown=shown, answer=answer)


def _shown(work: Work, found: ClinicCase) -> dict[str, Any]:
    case, regime = found.case, in_force(work).regime
    phone, fences = telephone_of(work, case), fences_of(work, case)
    home = next((one for one in fences if one.role == HOME), None)
    better = better_means(case.means, case.details.circumstances)
    return {
        "id": case.id,
        "open": case.closed_at is None,
        "name": found.person.name or _("no name on file"),
        "tail": found.person.document_tail,
        "number": phone.number if phone else "",
        "language": language_name(phone.language) if phone and phone.language else "",
        "kind": _(KINDS[case.kind]),
        "means": _(MEANS[case.means]),
        "better": _(MEANS[better]) if better and case.closed_at is None else "",
        "until": last_day(case.ends_at, regime),
        "opened": when(case.opened_at, regime, work.now),
        "opened_by": names_of(work, [case.opened_by]).get(case.opened_by, ""),
        "clinic": case.clinic or "",
        "details": case.details,
        "circumstances": ", ".join(_(CIRCUMSTANCES[one]) for one in case.details.circumstances),
        "closing": _(CLOSINGS[case.closing or "ended"]) if case.closed_at else "",
        "closed": when(case.closed_at, regime, work.now) if case.closed_at else "",
        "state": _state(found, regime, work.now),
        "home": fence_shown(work, home.outline, weak=home.weak) if home else None,
        "elsewhere": [_elsewhere(one, regime) for one in fences if one.role != HOME],
        "household": [_related(one) for one in household(work, acting(work), case)],
        "consents": [_consent(one, regime) for one in consents_of(work, case)],
        "changes": _changes(work, changes_of(work, case), regime),
    }


def _state(found: ClinicCase, regime: Regime, now: datetime) -> str:
    """How far the patient is with their page."""
    case = found.case
    if case.paused_at:
        return _("Paused since {moment}: a person has to speak with them", moment=when(case.paused_at, regime, now))
    if case.means != "link":
        return _("Nothing has to be opened")
    if case.enrolled_at:
        return _("Opened their page at {moment}", moment=when(case.enrolled_at, regime, now))
    if case.enrol_by:
        return _("Has to open their page by {moment}. Nothing counts before", moment=when(case.enrol_by, regime, now))
    return ""


def _elsewhere(one: KnownFence, regime: Regime) -> dict[str, str]:
    ends = when(one.ends_at, regime) if one.ends_at else ""
    words = fence_words(one.outline, weak=one.weak)
    return {"id": one.id, "from": when(one.starts_at, regime), "until": ends, "words": words}


def _related(one: ClinicCase) -> dict[str, Any]:
    kind = _(CLOSINGS[one.case.closing or "ended"]) if one.case.closed_at else _(KINDS[one.case.kind])
    return {"id": one.case.id, "name": one.person.name or _("no name on file"), "kind": kind}


def _consent(one: Any, regime: Regime) -> dict[str, str]:
    back = day(one.withdrawn_at, regime) if one.withdrawn_at else ""
    given = {"way": _(WAYS[one.way]), "signature": one.signature, "language": language_name(one.language)}
    return {**given, "version": one.version, "at": day(one.given_at, regime), "back": back}


def _changes(work: Work, changes: list[Change], regime: Regime) -> list[dict[str, str]]:
    names = names_of(work, [one.changed_by for one in changes])
    return [
        {
            "what": _(CHANGES[one.kind]),
            "reason": one.reason,
            "at": when(one.changed_at, regime, work.now),
            "by": names.get(one.changed_by, ""),
        }
        for one in changes
    ]


def _add_change(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/clinic/cases/<case_id>/change", endpoint="ask_change")
    def ask(case_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            form = PlanForm(formdata=None, data=_planned(found, regime))
            form.name_days(named_days(work.now.astimezone(regime.zone).date(), regime))
        return render_template("clinic/change.html", case_id=case_id, form=form)

    @blueprint.post("/clinic/cases/<case_id>/change")
    def change(case_id: str) -> ResponseReturnValue:
        form = PlanForm()
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
            change_plan(work, held.case, planned, form.reason.data.strip(), visitor().actor)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "changed")

        return send_once(store, visitor().id, act)


def _planned(found: ClinicCase, regime: Regime) -> dict[str, Any]:
    case, ends_at = found.case, found.case.ends_at
    circumstances = list(case.details.circumstances)
    kept = {"kind": case.kind, "means": case.means, "note": case.details.note, "circumstances": circumstances}
    if ends_at is None:
        return kept
    last = (ends_at.astimezone(regime.zone) - _A_MOMENT).date()
    return {**kept, "span": OTHER, "until": last.isoformat()}


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
