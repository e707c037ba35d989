"""Browsers and apps that report for a patient: added with a token, of which only the hash is kept, and ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase
from store import Work
from store.columns import table
from store.patients import Device, PatientLink
from store.tokens import new_token, token_hash

TOKEN = "pld_"  # noqa: S105 - what every token begins with
"""So that whoever finds one knows what it is."""
APP: Final = "app"


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A browser or app of a patient, by what class of telephone it is."""

    id: str
    kind: str
    model: str
    added_at: datetime
    last_heard_at: datetime | None


def devices_of(work: Work, case: WatchedCase) -> list[KnownDevice]:
    """Those that report for a case, the oldest first."""
    columns = [table(Device).c[name] for name in KnownDevice.__slots__]
    mine = select(*columns).where(col(Device.case_id) == case.id, col(Device.ended_at).is_(None))
    return [KnownDevice(*row) for row in work.rows(mine.order_by(col(Device.id)))]


def add_device(work: Work, case: WatchedCase, kind: str, model: str, by: str) -> str:
    """The token of a new ``browser`` or ``app``; nobody can be told it again. `model` is a class of telephones."""
    device_id, token = work.new_id(), TOKEN + new_token() + new_token()
    given = {"id": device_id, "case_id": case.id, "kind": kind, "model": model, "token_hash": token_hash(token)}
    work.insert(Device, **given, added_at=work.now, last_heard_at=work.now)
    work.audit(by, "device.added", device_id, {"case": case.id, "kind": kind})
    return token


def apps_of(work: Work, case: WatchedCase) -> list[KnownDevice]:
    """The apps among `devices_of`."""
    return [one for one in devices_of(work, case) if one.kind == APP]


def end_apps(work: Work, case_id: str, by: str) -> int:
    """Ends the apps of a case, and whatever would connect one; how many. Browsers stay."""
    codes = update(PatientLink).where(col(PatientLink.case_id) == case_id, col(PatientLink.scope) == APP)
    work.run(codes.where(col(PatientLink.used_at).is_(None), col(PatientLink.ends_at) > work.now), ends_at=work.now)
    mine = select(col(Device.id)).where(col(Device.case_id) == case_id, col(Device.kind) == APP)
    return sum(end_device(work, row.id, by) for row in work.rows(mine.where(col(Device.ended_at).is_(None))))


def end_device(work: Work, device_id: str, by: str) -> bool:
    """Its token opens nothing from now on; False where it ended before."""
    mine = update(Device).where(col(Device.id) == device_id, col(Device.ended_at).is_(None))
    if not work.run(mine, ended_at=work.now):
        return False
    work.audit(by, "device.ended", device_id)
    return True
