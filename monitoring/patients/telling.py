"""Notices to patients: in their telephone's language, by text or by a call, and never at night unless they asked."""

from collections.abc import Mapping
from datetime import datetime

from codes.regime import Regime
from codes.telling import Patient, Way, tell_patient, way_to
from monitoring.cases.watched import WatchedCase, cases_on, telephone_of, watched_case
from monitoring.patients.links import has_way_in, page_address
from monitoring.quiet import after_quiet
from store import Work
from store.outbox import send
from store.phones import Telephone, find_phone

Fields = Mapping[str, str | int | datetime]


def tell(work: Work, regime: Regime, case: WatchedCase, template: str, fields: Fields) -> str | None:
    """Owes a patient a notice, after the quiet hours it may fall into; its id. None where no telephone is known.

    Who wants no notices gets it too: it is about what is decided of them.
    """
    phone = telephone_of(work, case)
    if phone is None:
        return None
    due_at, language = after_quiet(regime, work.now), phone.language or regime.default_language
    return tell_patient(work, whom(case), phone, language, template, fields, due_at=due_at)


def whom(case: WatchedCase) -> Patient:
    """Whom a case is about, as far as the way to them goes."""
    return Patient(case.id, case.key, case.means, case.details.circumstances)


def is_told_by_text(case: WatchedCase, phone: Telephone) -> bool:
    """Whether texts tell this patient something; else it is said on calls."""
    return case.key is None or way_to(whom(case), phone.number) is Way.TEXT


def tell_opened(work: Work, regime: Regime, case: WatchedCase, public_url: str) -> str | None:
    """Tells a patient that they have to stay at home, until when, and how they are asked; an address by text always."""
    if case.means != "link":
        return tell(work, regime, case, f"case_opened_{case.means}", _until(case))
    return _text_address(work, regime, case, "case_opened", public_url, **_until(case))


def tell_moved(work: Work, regime: Regime, number: str, public_url: str) -> None:
    """Tells the patients on a telephone that they were moved to, who can't come by their page from it yet."""
    phone = find_phone(work, number)
    for case in cases_on(work, phone) if phone else ():
        if case.phone_id == (phone and phone.id) and not has_way_in(work, case):
            tell_again(work, regime, case.id, public_url)


def tell_again(work: Work, regime: Regime, case_id: str, public_url: str) -> str | None:
    """Texts a new link to who is asked by links, wherever they are reached now; the message's id."""
    case = watched_case(work, case_id)
    if case is None or case.means != "link" or not case.is_open(work.now):
        return None
    return _text_address(work, regime, case, "page_link", public_url)


def _text_address(
    work: Work, regime: Regime, case: WatchedCase, template: str, public_url: str, **fields: datetime
) -> str | None:
    """Whoever is asked by links needs them as texts."""
    phone = telephone_of(work, case)
    if phone is None:
        return None
    linked: dict[str, str | int | datetime] = {**fields, "link": page_address(work, case, public_url)}
    language = phone.language or regime.default_language
    return send(work, phone, template, language, linked, asked=True, due_at=after_quiet(regime, work.now))


def _until(case: WatchedCase) -> dict[str, datetime]:
    return {"until": case.ends_at} if case.ends_at else {}
