"""A patient's app: connected by a code that is shown once, and that the app changes for its token.

Nobody but the app ever sees the token. The code is short enough to be read out and typed, and opens nothing else: it is
kept as a blind index, works once, for a quarter of an hour, and goes with whatever ends links. One app reports for a
case; another that is connected ends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select, update

from codes.code import draw_code, read_code, show_code
from codes.regime import CodeShape
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.home.links import agrees, patient_actor
from monitoring.patients.devices import APP, add_device, end_apps
from store import Work
from store.columns import table
from store.patients import PatientLink

GOOD_FOR: Final = timedelta(minutes=15)
SCOPE: Final = "app"
_SHAPE: Final = CodeShape()
_LINK = table(PatientLink)
_UNUSED: Final = _LINK.c.used_at.is_(None)


class WhyNot(StrEnum):
    """Why no app reports for a patient."""

    OVER = "over"  # the case
    NO_CONSENT = "no_consent"  # none was given, or it was taken back
    NOT_BY_LINK = "not_by_link"  # they are called or visited: their position is not asked


@dataclass(frozen=True, slots=True)
class Offer:
    """A code that was just made; nobody can be told it again."""

    code: str
    """In groups, as people read it."""
    ends_at: datetime


class Wrong(StrEnum):
    """Why a code connects nothing."""

    MISTYPED = "mistyped"  # no code is like this
    UNKNOWN = "unknown"  # made up, used, over, or its case is


def why_no_app(work: Work, case: WatchedCase) -> WhyNot | None:
    """Why no app may report for a patient; None where one may."""
    if not case.is_open(work.now):
        return WhyNot.OVER
    if case.means != "link":
        return WhyNot.NOT_BY_LINK
    return None if agrees(work, case.id) else WhyNot.NO_CONSENT


def offer_app(work: Work, case: WatchedCase, by: str) -> Offer | WhyNot:
    """Makes a code by which an app is connected to a held case; one made before connects nothing any more."""
    if why := why_no_app(work, case):
        return why
    work.run(update(_LINK).where(*_open_codes(work, case.id)), ends_at=work.now)
    code, ends_at = draw_code(_SHAPE, work.now.date(), work.random), work.now + GOOD_FOR
    made = {"token_hash": work.keys.blind(SCOPE, code), "case_id": case.id, "scope": SCOPE}
    work.insert(PatientLink, **made, made_at=work.now, ends_at=ends_at)
    work.audit(by, "device.offered", case.id)
    return Offer(show_code(code, _SHAPE), ends_at)


def offered_until(work: Work, case: WatchedCase) -> datetime | None:
    """Until when a code that nobody used yet connects an app."""
    row = work.row(select(_LINK.c.ends_at).where(*_open_codes(work, case.id)).limit(1))
    return row.ends_at if row else None


def wrong_with(work: Work, typed: str) -> Wrong | None:
    """What is wrong with a code, as far as looking tells; who makes codes up keeps no writer waiting."""
    reading = read_code(typed, _SHAPE)
    if not reading.sound:
        return Wrong.MISTYPED
    row = work.row(select(_LINK.c.case_id).where(*_with_code(work, reading.text)))
    return None if row else Wrong.UNKNOWN


def change_code(work: Work, typed: str, model: str) -> str | Wrong:
    """The token of an app that came with a code, in any spelling; the code is used up."""
    reading = read_code(typed, _SHAPE)
    if not reading.sound:
        return Wrong.MISTYPED
    row = work.row(select(_LINK.c.case_id).where(*_with_code(work, reading.text)))
    case = held_case(work, row.case_id) if row else None
    used = case and work.run(update(_LINK).where(*_with_code(work, reading.text)), used_at=work.now)
    if case is None or not used:
        return Wrong.UNKNOWN
    token = connect_app(work, case, model, patient_actor(case.id))
    return Wrong.UNKNOWN if isinstance(token, WhyNot) else token


def connect_app(work: Work, case: WatchedCase, model: str, by: str) -> str | WhyNot:
    """The token of an app that reports for a held case from now on, in place of the one before."""
    if why := why_no_app(work, case):
        return why
    end_apps(work, case.id, by)
    return add_device(work, case, APP, model, by)


def _open_codes(work: Work, case_id: str) -> tuple[Any, ...]:
    return _LINK.c.case_id == case_id, _LINK.c.scope == SCOPE, _UNUSED, _LINK.c.ends_at > work.now


def _with_code(work: Work, code: str) -> tuple[Any, ...]:
    mine = _LINK.c.token_hash == work.keys.blind(SCOPE, code)
    return mine, _LINK.c.scope == SCOPE, _UNUSED, _LINK.c.ends_at > work.now
