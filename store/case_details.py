"""What is sealed of a case under its key: read by every room that tells a person what is held of them."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row

from store.keyring import DataKey, Keyring

CIRCUMSTANCES = ("no_smartphone", "poor_sight", "bedridden", "minor", "shared_phone", "deaf")
"""What makes some ways of asking unfit for somebody."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is sealed of a case under its key. No diagnosis: `reason` names the order."""

    reason: str
    address: str = ""
    circumstances: tuple[str, ...] = ()
    note: str = ""
    """Of the clinician, for whoever decides."""
    closed_reason: str = ""


def seal_details(key: DataKey, case_id: str, details: Details) -> bytes:
    """The details as their column keeps them."""
    return key.seal(f"isolation_case.details.{case_id}", json.dumps(asdict(details), ensure_ascii=False))


def open_details(keys: Keyring, row: Row[Any]) -> tuple[DataKey | None, Details]:
    """The key and the details of a row of `Case`; no key where it was destroyed, or where there was none yet."""
    key = keys.unwrap(row.data_key, row.epoch) if row.data_key else None
    if key is None or not row.details_sealed:
        return key, Details(row.reason or "", closed_reason=row.closed_reason or "")
    said = json.loads(key.open(f"isolation_case.details.{row.id}", row.details_sealed))
    return key, Details(**{**said, "circumstances": tuple(said["circumstances"])})
