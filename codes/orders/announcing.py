"""Telling people with a live pass that the order changes; only when an operator asks for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlmodel import col

from codes.regime import Regime
from store import Work
from store.outbox import send
from store.passes import Pass
from store.patience import take_time
from store.people import Phone
from store.phones import PHONE, Telephone, telephone

CHANGED = "regime_changed"
"""The sentence they get."""


def phones_to_tell(work: Work) -> list[Telephone]:
    """Telephones that a live pass was issued to and that want notices."""
    live = exists().where(
        col(Pass.phone_id) == col(Phone.id), col(Pass.valid_until) > work.now, col(Pass.revoked_at).is_(None)
    )
    take_time(work.connection)
    wanted = select(*PHONE).where(live, col(Phone.stopped_at).is_(None)).order_by(col(Phone.id))
    return [telephone(work, row) for row in work.rows(wanted)]


def notice(phone: Telephone, regime: Regime, starts_at: datetime) -> tuple[str, dict[str, Any]]:
    """The language and the fields of what `phone` is told of `regime`, which starts then."""
    language = phone.language if phone.language in regime.languages else regime.default_language
    return language, {"title": regime.title[language], "starts": starts_at}


def tell_holders(work: Work, phones: Sequence[Telephone], regime: Regime, starts_at: datetime, by: str) -> None:
    """Owes each of `phones` a text about the change."""
    for phone in phones:
        language, fields = notice(phone, regime, starts_at)
        send(work, phone, CHANGED, language, fields)
    work.audit(by, "regime.holders_told", regime.name, {"count": len(phones)})
