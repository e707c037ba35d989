"""A patient opens a link: what it leads to, and the session of the browser that used it.

A link works once, in one browser: that browser is known from then on, to the end of the case. Whoever comes with a used
one is not let in, but may have a new one texted, to the number on file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlmodel import col

from codes.regime import Regime
from monitoring.cases.watched import WatchedCase, held_case, telephone_of, watched_case
from monitoring.checks.enrolling import enrol
from monitoring.patients.devices import add_device
from monitoring.patients.links import page_address, use_link
from store import Work
from store.cases import Consent
from store.columns import table
from store.outbox import send
from store.patients import PatientLink
from store.tokens import token_hash

MOST_A_DAY: Final = 3
"""Links that are texted because somebody came with a used one, in any 24 hours."""


_MODELS: Final = (
    (re.compile(r"\bAndroid\b(?: (\d{1,2})\b)?"), "Android"),
    (re.compile(r"\b(?:iPhone|iPad)\b(?:.{0,40}? OS (\d{1,2})_)?"), "iOS"),
)


class Entry(StrEnum):
    """What a link leads to now."""

    OPEN = "open"
    USED = "used"  # in another browser
    ENDED = "ended"  # its time is over, the case goes on
    CLOSED = "closed"  # the case is over
    UNKNOWN = "unknown"  # no link of ours


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link and what it opens; no case where there is no such link."""

    entry: Entry
    case: WatchedCase | None = None
    scope: str = "page"
    check_id: str | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody was let in. `token` is the new session's, None where this browser had one; `enrolled`: just now."""

    case_id: str
    check_id: str | None
    token: str | None
    enrolled: bool


def find_link(work: Work, token: str) -> FoundLink:
    """What a token is; looking consumes nothing."""
    row = work.row(select(table(PatientLink)).where(col(PatientLink.token_hash) == token_hash(token)))
    case = watched_case(work, row.case_id) if row else None
    if row is None or case is None:
        return FoundLink(Entry.UNKNOWN)
    if not case.is_open(work.now):
        entry = Entry.CLOSED
    elif row.ends_at <= work.now:
        entry = Entry.ENDED
    else:
        entry = Entry.OPEN if row.used_at is None else Entry.USED
    return FoundLink(entry, case, row.scope, row.check_id, row.used_at)


def arrive(work: Work, token: str, known: Sequence[str], model: str) -> Arrived | FoundLink:
    """Lets a browser in by a link, or says why not. `known` are the ids of cases it has sessions of.

    `model` is a class of telephones, such as ``Android 10``. The first who comes by a link is enrolled with it.
    """
    found = find_link(work, token)
    if found.case is None or held_case(work, found.case.id) is None:
        return found
    found = find_link(work, token)
    case = found.case
    back = case is not None and case.id in known
    if case is None or not (found.entry is Entry.OPEN or (found.entry in (Entry.USED, Entry.ENDED) and back)):
        return found
    if found.entry is Entry.OPEN:
        use_link(work, token)
    by = patient_actor(case.id)
    new = None if back else add_device(work, case, "browser", model, by)
    return Arrived(case.id, found.check_id, new, enrolled=_enrolled(work, case, by))


def agrees(work: Work, case_id: str) -> bool:
    """Whether the patient agreed to be asked, and did not take it back."""
    mine = select(func.count()).select_from(Consent).where(col(Consent.case_id) == case_id)
    return work.count(mine.where(col(Consent.withdrawn_at).is_(None))) > 0


def text_new_link(work: Work, token: str, regime: Regime, public_url: str) -> bool:
    """Texts a new link to the patient's page, to the number on file; False where that was done often enough today.

    Whoever has a link of an open case may ask for that. The same answer for a token that nobody has.
    """
    found = find_link(work, token)
    if found.case is None or found.entry is Entry.CLOSED or (case := held_case(work, found.case.id)) is None:
        return True
    lately = col(PatientLink.made_at) > work.now - timedelta(days=1), col(PatientLink.scope) == "page"
    mine = select(func.count()).select_from(PatientLink).where(col(PatientLink.case_id) == case.id, *lately)
    phone = telephone_of(work, case)
    if phone is None or work.count(mine) > MOST_A_DAY:
        return False
    link = {"link": page_address(work, case, public_url)}
    send(work, phone, "page_link", phone.language or regime.default_language, link, asked=True)
    work.audit(patient_actor(case.id), "patient.link_texted", case.id)
    return True


def patient_actor(case_id: str) -> str:
    """Who a patient is in the audit: nobody but whoever has this case."""
    return f"patient:{case_id}"


def _enrolled(work: Work, case: WatchedCase, by: str) -> bool:
    if case.means != "link" or case.enrolled_at is not None or not agrees(work, case.id):
        return False
    return enrol(work, case, by)


def device_model(agent: str) -> str:
    """The class of telephones that a browser says it is: ``Android 10``, ``iOS 17``; empty for anything else."""
    for pattern, name in _MODELS:
        if found := pattern.search(agent):
            return f"{name} {found[1] or ''}".strip()
    return ""
