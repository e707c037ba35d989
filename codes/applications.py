"""Applications: somebody asked, and was refused, or referred to a person who decides. Granted at once: see the pass."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select
from sqlmodel import col

from codes.fields import PERSONAL, Field
from codes.outcomes import Referral, RefusalReason
from codes.people import DOCUMENT, Holder
from codes.regime import Purpose
from codes.regimes import Terms
from store import Work
from store.columns import labelled
from store.passes import Application
from store.phones import Telephone

APPLICATION = labelled(Application, "application")
"""The columns `said_in` reads, and the rest."""
BY_TEXT: Final = "text"
"""The channel of what was asked for by text; its answers are labelled too (`InboundMessage.intent`)."""
BY_VOICE: Final = "voice"
BY_AGENT: Final = "agent"
BY_WEB: Final = "web"
BY_EMPLOYER: Final = "employer"
_NUMBER_SIGNS = "123456789"


@dataclass(frozen=True, slots=True)
class Asking:
    """A complete request: who, from where, for what. `start` is when to begin, None for now."""

    phone: Telephone
    holder: Holder
    purpose: Purpose
    fields: Mapping[Field, str]
    channel: str
    actor: str
    start: datetime | None = None
    call_sid: str | None = None
    """The call in which it was asked."""
    vouched: bool = False
    """Whether a confirmed organisation asks: the reviewer who confirmed it has decided."""


def quota_holder(work: Work, asking: Asking) -> bytes:
    """Whom quotas are counted for: the document, or the telephone where none is known."""
    number = asking.holder.details.get(Field.DOCUMENT)
    return work.keys.blind(DOCUMENT, number) if number else asking.phone.index


def keep_application(
    work: Work,
    under: Terms,
    asking: Asking,
    application_id: str,
    state: str,
    refusal: RefusalReason | None = None,
    number: str | None = None,
) -> None:
    """Writes the application's row; one that is referred is not decided yet."""
    decided = state != "referred"
    work.insert(
        Application,
        id=application_id,
        number=number,
        person_id=asking.holder.id,
        phone_id=asking.phone.id,
        regime_version=under.version,
        purpose=asking.purpose.number,
        state=state,
        refusal=refusal,
        fields_sealed=sealed_fields(asking, f"application.fields.{application_id}"),
        channel=asking.channel,
        asked_at=work.now,
        start_at=asking.start,
        decided_at=work.now if decided else None,
        decided_by=asking.actor if decided else None,
    )


def sealed_fields(asking: Asking, place: str) -> bytes | None:
    """What was said for this one request, for the row and column `place`."""
    said = {name: value for name, value in asking.fields.items() if name not in PERSONAL}
    if not said:
        return None
    return asking.holder.key.seal(place, json.dumps(said, ensure_ascii=False))


def said_in(row: Row[Any], holder: Holder) -> dict[Field, str]:
    """What was said for the application of a row with the columns `APPLICATION`."""
    if row.application_fields_sealed is None:
        return {}
    said = json.loads(holder.key.open(f"application.fields.{row.application_id}", row.application_fields_sealed))
    return {Field(name): value for name, value in said.items()}


def refer(work: Work, under: Terms, asking: Asking) -> Referral:
    """Leaves the decision to a person; the number is what people quote."""
    application_id = work.new_id()
    number = new_number(work)
    keep_application(work, under, asking, application_id, "referred", number=number)
    details = {"purpose": asking.purpose.number, "regime": under.version, "channel": asking.channel}
    work.audit(asking.actor, "pass.referred", application_id, details)
    return Referral(number, asking.purpose.number)


def new_number(work: Work) -> str:
    """Eight random digits to quote on the telephone; no zero, which is read as a letter."""
    return "".join(work.random.choices(_NUMBER_SIGNS, k=8))


def pending_referral(work: Work, person_id: str, purpose: int) -> Referral | None:
    """The referral that still waits for the same person and purpose."""
    waiting = select(col(Application.number)).where(
        col(Application.person_id) == person_id,
        col(Application.purpose) == purpose,
        col(Application.state) == "referred",
    )
    row = work.row(waiting)
    return Referral(row.number, purpose) if row else None
