"""Somebody of the town who stays at home."""

from datetime import timedelta

from monitoring.cases.watched import cases_on
from monitoring.patients.links import new_link
from store.phones import ensure_phone
from tests.web.browsing import Site
from tests.web.people import patient_cookie


def a_patient(site: Site, number: str, name: str) -> dict[str, str]:
    """A patient whose browser is known, with a link that nobody opened: both by name."""
    _, token = patient_cookie(site.app, site.store, number, name)
    with site.store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, number))
        return {"at_home": token, "home": new_link(work, case, "page", work.now + timedelta(days=7))}
