"""Texts to patients: in their telephone's language, and never at night unless they asked just now."""

from collections.abc import Mapping
from datetime import datetime

from codes.regime import Regime
from monitoring.cases.watched import WatchedCase, cases_on, telephone_of, watched_case
from monitoring.patients.links import has_way_in, page_address
from monitoring.quiet import after_quiet
from store import Work
from store.outbox import send
from store.phones import find_phone


def tell(
    work: Work, regime: Regime, case: WatchedCase, template: str, fields: Mapping[str, str | int | datetime]
) -> str | None:
    """Owes a patient a text, after the quiet hours it may fall into; its id. None where no telephone is known.

    Who wants no notices gets it too: it is about what is decided of them.
    """
    phone = telephone_of(work, case)
    if phone is None:
        return None
    language = phone.language or regime.default_language
    return send(work, phone, template, language, fields, asked=True, due_at=after_quiet(regime, work.now))


def tell_opened(work: Work, regime: Regime, case: WatchedCase, public_url: str) -> str | None:
    """Tells a patient that they have to stay at home, until when, and how they are asked."""
    if case.means != "link":
        return tell(work, regime, case, f"case_opened_{case.means}", _until(case))
    return tell(work, regime, case, "case_opened", {**_until(case), "link": page_address(work, case, public_url)})


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
    return tell(work, regime, case, "page_link", {"link": page_address(work, case, public_url)})


def _until(case: WatchedCase) -> dict[str, datetime]:
    return {"until": case.ends_at} if case.ends_at else {}
