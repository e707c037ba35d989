"""How somebody at home is told something: by a text, or by a call where they can't read one. One rule for all who tell.

What is to be said on a call is a row, rung for by day until it was heard (`monitoring.notices`); where nobody can be
rung, or nobody hears it, a person tells.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import phonenumbers
from sqlalchemy import Row

from codes.regime import Regime
from store import DataKey, Work
from store.audit import SERVICE
from store.case_details import open_details
from store.notices import SpokenNotice
from store.outbox import send
from store.phones import Telephone

CANT_READ: Final = frozenset({"no_smartphone", "poor_sight"})
"""Circumstances of who is told by a call."""
DEAF: Final = "deaf"


class Way(StrEnum):
    """How somebody can be told."""

    TEXT = "text"
    CALL = "call"
    PERSON = "person"  # who can neither hear nor read it, or has a landline and can't hear it


@dataclass(frozen=True, slots=True)
class Patient:
    """Whom a case is about, as far as the way to them goes; the key is gone once the case was destroyed."""

    case_id: str
    key: DataKey | None
    means: str
    circumstances: Collection[str]


def patient_of(work: Work, case: Row[Any]) -> Patient:
    """A row of `Case` as whom it is about."""
    key, details = open_details(work.keys, case)
    return Patient(case.id, key, case.means, details.circumstances)


def way_to(patient: Patient, number: str) -> Way:
    """How this patient is told on a telephone (E.164)."""
    if DEAF in patient.circumstances:
        return Way.PERSON if is_landline(number) or "poor_sight" in patient.circumstances else Way.TEXT
    spoken = patient.means == "call" or not CANT_READ.isdisjoint(patient.circumstances)
    return Way.CALL if spoken or is_landline(number) else Way.TEXT


@lru_cache(maxsize=4096)
def is_landline(number: str) -> bool:
    """Whether a number (E.164) is one that no text reaches; where a country tells them not apart, it is none."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
    return kind == phonenumbers.PhoneNumberType.FIXED_LINE


def by_day(regime: Regime, moment: datetime) -> datetime:
    """This moment, or the end of the night it lies in: nobody at home is texted at night but in answer."""
    local, quiet = moment.astimezone(regime.zone), regime.isolation
    if quiet.quiet_until <= local.time() < quiet.quiet_from:
        return moment
    day = local.date() + timedelta(days=1 if local.time() >= quiet.quiet_from else 0)
    return datetime.combine(day, quiet.quiet_until, tzinfo=regime.zone)


def tell_patient(
    work: Work,
    patient: Patient,
    phone: Telephone,
    language: str,
    template: str,
    fields: Mapping[str, str | int | datetime],
    *,
    due_at: datetime | None = None,
) -> str:
    """Owes a patient a notice, as a text due at `due_at` or to be said by day; the id of the row.

    Who wants no notices gets it too: it is about what is decided of them.
    """
    if patient.key is None or way_to(patient, phone.number) is Way.TEXT:
        return send(work, phone, template, language, fields, asked=True, due_at=due_at)
    return owe_spoken(work, patient, template, fields)


def owe_spoken(
    work: Work,
    patient: Patient,
    template: str,
    fields: Mapping[str, str | int | datetime],
    alert_id: str | None = None,
    fact_id: str | None = None,
) -> str:
    """Owes a patient a notice to be said; the row's id. `alert_id` and `fact_id`: of a doubt that it tells of."""
    assert patient.key is not None, "what is sealed for a patient needs the case's key"
    notice_id = work.new_id()
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}
    sealed = patient.key.seal(fields_place(notice_id), json.dumps(plain, ensure_ascii=False))
    given = {"case_id": patient.case_id, "template": template, "alert_id": alert_id, "fact_id": fact_id}
    work.insert(SpokenNotice, id=notice_id, fields_sealed=sealed, tries=0, made_at=work.now, due_at=work.now, **given)
    work.audit(SERVICE, "notice.owed", notice_id, {"case": patient.case_id, "what": template})
    return notice_id


def fields_place(notice_id: str) -> str:
    """Where the fields of a notice are sealed."""
    return f"spoken_notice.fields.{notice_id}"
