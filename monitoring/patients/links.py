"""Ways to a patient's page: a link in a text, of which only the hash is kept."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase
from store import Work
from store.patients import PatientLink
from store.tokens import new_token, token_hash

PREFIX: Final = "/i/"
"""Of where links lead: one for all of them, so that people know which are ours."""
PAGE_FOR: Final = timedelta(days=60)
"""How long a link opens the page of a case without an end."""


def new_link(work: Work, case: WatchedCase, scope: str, ends_at: datetime, check_id: str | None = None) -> str:
    """The token of a new link; whoever has it is taken for the patient until it ends."""
    token = new_token()
    made = {"token_hash": token_hash(token), "case_id": case.id, "scope": scope, "check_id": check_id}
    work.insert(PatientLink, **made, made_at=work.now, ends_at=ends_at)
    return token


def link_address(public_url: str, token: str) -> str:
    """The address that opens what `new_link` made, as it stands in a text."""
    return f"{public_url}{PREFIX}{token}"


def page_address(work: Work, case: WatchedCase, public_url: str) -> str:
    """The address of a new link to the patient's page, which opens it to the end of the case."""
    return link_address(public_url, new_link(work, case, "page", case.ends_at or work.now + PAGE_FOR))


def has_way_in(work: Work, case: WatchedCase) -> bool:
    """Whether a link opens the patient's page still, used or not."""
    mine = select(col(PatientLink.case_id)).where(col(PatientLink.case_id) == case.id, col(PatientLink.scope) == "page")
    return work.row(mine.where(col(PatientLink.ends_at) > work.now).limit(1)) is not None


def use_link(work: Work, token: str) -> bool:
    """Marks a link as used; whether it was not before. Of two at once one is the first."""
    unused = update(PatientLink).where(
        col(PatientLink.token_hash) == token_hash(token),
        col(PatientLink.used_at).is_(None),
        col(PatientLink.ends_at) > work.now,
    )
    return work.run(unused, used_at=work.now) > 0
