"""Who comes to a patient's page: by the tokens in one cookie, beside whoever else is signed in in that browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from monitoring.cases.watched import WatchedCase, held_case, watched_case
from monitoring.checks.settling import check_row
from monitoring.home.links import patient_actor
from monitoring.home.sessions import Session, is_open, sessions_with
from store import Store, Work
from web.visitor import AtHome, at_home


class NotHome(Exception):
    """The case, or this browser's session of it, ended while a page of it was open."""


def home_with(store: Store, tokens: Sequence[str]) -> AtHome | None:
    """Whose pages these tokens open."""
    if not tokens:
        return None
    with store.reading() as work:
        found, _ = sessions_with(work, tokens)
    return AtHome(tuple(found)) if found else None


def seen_case(work: Work) -> WatchedCase:
    """The case whose page this is, to be looked at; raises NotHome where it is over."""
    return _still_open(work, watched_case(work, at_home().shown.case_id), at_home().shown)


def acting_case(work: Work) -> WatchedCase:
    """The same; nobody else changes it to the end of the work."""
    return _still_open(work, held_case(work, at_home().shown.case_id), at_home().shown)


def _still_open(work: Work, case: WatchedCase | None, session: Session) -> WatchedCase:
    if case is None or case.closed_at is not None or not is_open(work, session.device_id):
        raise NotHome
    return case


@dataclass(frozen=True, slots=True)
class Opened:
    """A presence check that this browser may see, with the session and the case that it belongs to."""

    session: Session
    case: WatchedCase
    check: Row[Any]

    @property
    def actor(self) -> str:
        """Who answers it, for the audit."""
        return patient_actor(self.case.id)


def opened_check(work: Work, check_id: str) -> Opened:
    """A check of one of the patients in this browser, asked already; 404 for any other, NotHome where it is over."""
    check = check_row(work, check_id)
    mine = {one.case_id: one for one in at_home().sessions}
    if check is None or check.asked_at is None or check.case_id not in mine:
        abort(404)
    session = mine[check.case_id]
    return Opened(session, _still_open(work, watched_case(work, check.case_id), session), check)


def actor() -> str:
    """Who acts on this page, for the audit."""
    return patient_actor(at_home().shown.case_id)


def sender_id() -> str:
    """Whose forms this browser sends."""
    return at_home().shown.device_id


def on_not_home(_error: NotHome) -> ResponseReturnValue:
    """What was open here ended meanwhile."""
    return to_patients_door()


def to_patients_door() -> ResponseReturnValue:
    """Who has no session is told how to come by one; a script is told that there is none."""
    door = url_for("pages.patient.no_link")
    if request.headers.get("X-Requested-With") == "script":
        return jsonify(door=door), 401
    return redirect(door, 303)
