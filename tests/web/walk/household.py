"""Somebody of the town who stays at home."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.watched import WatchedCase, cases_on
from monitoring.duty.telling import note_told
from monitoring.home.replying import reply
from monitoring.patients.links import new_link
from store import Work
from store.cases import Case, Consent
from store.checks import PresenceCheck
from store.phones import ensure_phone
from tests.web.browsing import Site
from tests.web.people import patient_cookie


def a_patient(site: Site, number: str, name: str, caller: str) -> dict[str, str]:
    """A patient whose browser is known, a link that nobody opened, a doubt, a check that waits: by name.

    And somebody at home on the telephone of a caller.
    """
    _, token = patient_cookie(site.app, site.store, number, name)
    patient_cookie(site.app, site.store, caller, name)
    with site.store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, number))
        agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "signed", "taken_by": "tests"}
        work.insert(Consent, id=work.new_id(), case_id=case.id, **agreed, given_at=work.now)
        doubt = raise_alert(work, case, "missed")
        note_told(work, doubt, case, "tests", in_force(work).regime)
        reply(work, case, doubt, "page", name, "tests")
        link = new_link(work, case, "page", work.now + timedelta(days=7))
        (other,) = cases_on(work, ensure_phone(work, caller))
        asked = {"doubt": doubt, "asked": _asked(work, case)}
        return {"at_home": token, "home": link, "relative": other.person_id, **asked}


def _asked(work: Work, case: WatchedCase) -> str:
    """A presence check that waits for an answer on the page; its id."""
    work.run(update(Case).where(col(Case.id) == case.id), enrolled_at=work.now)
    check_id, until = work.new_id(), work.now + timedelta(hours=1)
    given = {"case_id": case.id, "origin": "staff", "means": "link", "state": "asked", "step": 1, "attempts": 0}
    times = {"planned_at": work.now, "asked_at": work.now, "window_ends_at": until}
    work.insert(PresenceCheck, id=check_id, **given, **times)
    return check_id
