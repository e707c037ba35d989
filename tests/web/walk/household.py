"""Somebody of the town who stays at home."""

from datetime import timedelta

from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.watched import cases_on
from monitoring.duty.telling import note_told
from monitoring.home.replying import reply
from monitoring.patients.links import new_link
from store.cases import Consent
from store.phones import ensure_phone
from tests.web.browsing import Site
from tests.web.people import patient_cookie


def a_patient(site: Site, number: str, name: str) -> dict[str, str]:
    """A patient whose browser is known, a link that nobody opened, a doubt: by name."""
    _, token = patient_cookie(site.app, site.store, number, name)
    with site.store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, number))
        agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "signed", "taken_by": "tests"}
        work.insert(Consent, id=work.new_id(), case_id=case.id, **agreed, given_at=work.now)
        doubt = raise_alert(work, case, "missed")
        note_told(work, doubt, case, "tests", in_force(work).regime)
        reply(work, case, doubt, "page", name, "tests")
        link = new_link(work, case, "page", work.now + timedelta(days=7))
        return {"at_home": token, "home": link, "doubt": doubt}
