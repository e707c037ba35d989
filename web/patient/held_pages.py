"""What is held about a case: /at-home/held for people, /at-home/held.json to keep; the same document as citizens' own.

A telephone may be shared: then what only its patient should read is shown to who names their document.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from codes.meeting import Meeting, glance
from codes.rights.held import open_to
from codes.rights.held_case import what_we_hold_of_case
from monitoring.cases.watched import WatchedCase, telephone_of
from store import Store, Work
from web.citizen.held_pages import WholeForm, as_file, whole_by
from web.citizen.held_words import kept_words, parted
from web.patient.entering import actor, seen_case

_HIDDEN = frozenset({"kept", "isolation", "whole"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks: the case, and the telephone its patient is texted on."""

    case: WatchedCase
    meeting: Meeting


def add_held_pages(blueprint: Blueprint, store: Store) -> None:
    """/at-home/held and /at-home/held.json, by GET and, with a document's number, by POST."""

    @blueprint.get("/at-home/held")
    def held() -> ResponseReturnValue:
        _note(store)
        with store.reading() as work:
            asked = _asked(work)
            return _page(work, asked, open_to(asked.meeting), WholeForm(formdata=None))

    @blueprint.post("/at-home/held")
    def held_whole() -> ResponseReturnValue:
        with store.work() as work:
            asked, form = _noted(work), WholeForm()
            whole = whole_by(work, asked.meeting, form)
            return _page(work, asked, whole, form), 422 if form.errors else 200

    @blueprint.get("/at-home/held.json")
    def held_file() -> ResponseReturnValue:
        _note(store)
        with store.reading() as work:
            asked = _asked(work)
            return as_file(_told(work, asked, open_to(asked.meeting)))

    @blueprint.post("/at-home/held.json")
    def held_whole_file() -> ResponseReturnValue:
        with store.work() as work:
            asked, form = _noted(work), WholeForm()
            whole = whole_by(work, asked.meeting, form)
            if form.errors:
                return _page(work, asked, whole, form), 422
            return as_file(_told(work, asked, whole))


def _note(store: Store) -> None:
    """Apart from the page, so that texts wait for nothing while all of it is opened."""
    with store.work() as work:
        _noted(work)


def _noted(work: Work) -> _Asked:
    asked = _asked(work)
    work.audit(actor(), "held.told", asked.case.id)
    return asked


def _asked(work: Work) -> _Asked:
    case = seen_case(work)
    phone = telephone_of(work, case)
    if phone is None:
        abort(404)
    return _Asked(case, glance(work, phone))


def _told(work: Work, asked: _Asked, whole: set[str]) -> dict[str, Any]:
    case = asked.case
    return what_we_hold_of_case(work, asked.meeting, case.id, case.person_id, whole=case.person_id in whole)


def _page(work: Work, asked: _Asked, whole: set[str], form: WholeForm) -> str:
    told, regime = _told(work, asked, whole), asked.meeting.terms.regime
    return render_template(
        "patient/held.html",
        case=parted(told["isolation"][0], regime) if told["isolation"] else ([], []),
        more=parted({key: value for key, value in told.items() if key not in _HIDDEN}, regime),
        kept=[kept_words(one) for one in told["kept"]],
        shared=not told["whole"],
        form=form,
        document=(form.document.data or "") if form.document.data and not form.errors else "",
        number=regime.number,
    )
