"""Who comes to a patient's page: by the tokens in one cookie, beside whoever else is signed in in that browser."""

from collections.abc import Sequence

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monitoring.cases.watched import WatchedCase, held_case, watched_case
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


def actor() -> str:
    """Who acts on this page, for the audit."""
    return f"patient:{at_home().shown.case_id}"


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
