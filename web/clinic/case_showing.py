"""All that is known of a case, as its page says it."""

from datetime import datetime
from typing import Any

from codes.regime import Regime
from codes.regimes import in_force
from codes.review.taking import names_of
from language.moments import day, when
from monitoring.cases.changing import Change, changes_of
from monitoring.cases.circumstances import better_means
from monitoring.cases.clinics import ClinicCase, household
from monitoring.cases.consent import KnownConsent, consents_of
from monitoring.cases.fences import HOME, KnownFence, fences_of
from monitoring.cases.lending import Lent, lent_in
from monitoring.cases.proposals import reopening_of
from monitoring.cases.watched import telephone_of
from monitoring.duty.marks import Mark, marks_of
from monitoring.home.apps import offered_until, why_no_app
from monitoring.patients.devices import APP, KnownDevice, devices_of
from monitoring.photos.showing import reference_of
from store import Work
from web.clinic.acting import acting
from web.clinic.showing import fence_shown, fence_words, last_day
from web.clinic.wording import CHANGES, CIRCUMSTANCES, CLOSINGS, KINDS, MEANS, WAYS
from web.wording import language_name
from web.words import _


def case_shown(work: Work, found: ClinicCase) -> dict[str, Any]:
    """What the template of a case says."""
    return {**_plan(work, found), **_belongings(work, found)}


def _plan(work: Work, found: ClinicCase) -> dict[str, Any]:
    case, regime = found.case, in_force(work).regime
    phone = telephone_of(work, case)
    better = better_means(case.means, case.details.circumstances)
    mark = marks_of(work, [case.id]).get(case.id) if case.closed_at is None else None
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
        "in_error": mark is Mark.IN_ERROR,
        "unanswered": mark is Mark.UNANSWERED,
    }


def _belongings(work: Work, found: ClinicCase) -> dict[str, Any]:
    case, regime = found.case, in_force(work).regime
    fences = fences_of(work, case)
    home = next((one for one in fences if one.role == HOME), None)
    consents = consents_of(work, case)
    return {
        "home": fence_shown(work, home.outline, weak=home.weak) if home else None,
        "elsewhere": [elsewhere_shown(one, regime) for one in fences if one.role != HOME],
        "household": [_related(one) for one in household(work, acting(work), case)],
        "agreed": any(one.withdrawn_at is None for one in consents),
        "consents": [_consent(one, regime) for one in consents],
        "changes": _changes(work, changes_of(work, case), regime),
        "photo": reference_of(work, case) is not None,
        "lent": [_lent(one, regime) for one in lent_in(work, case)],
        "devices": [device_shown(one, regime, work.now) for one in devices_of(work, case)],
        "may_have_app": why_no_app(work, case) is None,
        "code_until": when(code_until, regime, work.now) if (code_until := offered_until(work, case)) else "",
        "whole": case.key is not None,
        "reopening": reopening_of(work, case.id) is not None,
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


def elsewhere_shown(one: KnownFence, regime: Regime) -> dict[str, str]:
    """An exemption: ``id``, from and until when by the order's clock, the place in words."""
    ends = when(one.ends_at, regime) if one.ends_at else ""
    words = fence_words(one.outline, weak=one.weak)
    return {"id": one.id, "from": when(one.starts_at, regime), "until": ends, "words": words}


def _related(one: ClinicCase) -> dict[str, Any]:
    kind = _(CLOSINGS[one.case.closing or "ended"]) if one.case.closed_at else _(KINDS[one.case.kind])
    return {"id": one.case.id, "name": one.person.name or _("no name on file"), "kind": kind}


def _consent(one: KnownConsent, regime: Regime) -> dict[str, str]:
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


def _lent(one: Lent, regime: Regime) -> dict[str, str]:
    back = when(one.returned_at, regime) if one.returned_at else ""
    return {"id": one.id, "number": one.number, "serial": one.serial, "due": when(one.due_at, regime), "back": back}


def device_shown(one: KnownDevice, regime: Regime, now: datetime) -> dict[str, Any]:
    """A browser or app, and since when."""
    app = one.kind == APP
    kind = _("App") if app else _("Browser")
    heard = when(one.last_heard_at, regime, now) if one.last_heard_at else ""
    words = f"{kind}, {one.model}" if one.model else kind
    return {"id": one.id, "app": app, "words": words, "added": when(one.added_at, regime, now), "heard": heard}
