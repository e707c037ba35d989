"""The passes of those on one telephone, and what they asked for, as they themselves see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select

from codes.holding import Withdrawal
from codes.issuing import granted
from codes.outcomes import Grant, RefusalReason
from codes.passes import LivePass, live_pass
from codes.people import Holder
from codes.regime import Regime
from codes.regimes import terms
from store import Work
from store.columns import labelled, table
from store.ids import first_id
from store.passes import Application, Pass

SHOWN_FOR = timedelta(days=30)
"""After its end; or since an application was decided."""
MOST = 50
_BY_THEMSELVES = frozenset(map(str, Withdrawal))
_PASS, _APPLICATION = table(Pass), table(Application)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_OWN = select(*labelled(Pass, "pass", without=("fields_sealed",))).where(_PASS.c.person_id.in_(_PEOPLE))
_LATELY = _OWN.where(_PASS.c.valid_until > bindparam("since")).order_by(_PASS.c.id.desc()).limit(MOST)
_ONE = _OWN.where(_PASS.c.id == bindparam("wanted"))
_ASKED = (
    select(_APPLICATION)
    .where(_APPLICATION.c.person_id.in_(_PEOPLE), _APPLICATION.c.id >= bindparam("first"))
    .order_by(_APPLICATION.c.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class OwnPass:
    """A pass with whom it is for."""

    holder: Holder
    live: LivePass
    """Also where it is not live any more."""
    regime: Regime
    """The order it was issued under."""
    revoked_reason: str | None
    channel: str

    @property
    def grant(self) -> Grant:
        """As it is answered."""
        return granted(self.regime, self.live)

    def is_live(self, now: datetime) -> bool:
        """Whether it can be shown to an officer, now or later."""
        return self.revoked_reason is None and now < self.live.valid_until

    @property
    def is_appealable(self) -> bool:
        """Whether somebody else withdrew it."""
        return self.revoked_reason is not None and self.revoked_reason not in _BY_THEMSELVES


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """Something that was asked for and is not granted (yet)."""

    id: str
    number: str | None
    """What people quote; only what a person decides has one."""
    holder: Holder
    purpose: int
    state: str
    refusal: str | None
    asked_at: datetime
    decided_at: datetime | None
    regime: Regime

    @property
    def is_appealable(self) -> bool:
        """Whether it was refused; what needs no pass is no refusal."""
        return self.state == "refused" and self.refusal != RefusalReason.NO_PASS_NEEDED


def own_passes(work: Work, holders: Sequence[Holder]) -> list[OwnPass]:
    """The passes of these people, newest first; those long past are left out."""
    if not holders:
        return []
    since = work.now - SHOWN_FOR
    return [_own(work, row, holders) for row in work.rows(_LATELY, people=_ids(holders), since=since)]


def own_pass(work: Work, holders: Sequence[Holder], pass_id: str) -> OwnPass | None:
    """One of their passes."""
    row = work.row(_ONE, people=_ids(holders), wanted=pass_id) if holders else None
    return _own(work, row, holders) if row else None


def own_applications(work: Work, holders: Sequence[Holder]) -> list[OwnApplication]:
    """What waits for a decision or was refused lately, newest first."""
    if not holders:
        return []
    first = first_id(work.now - SHOWN_FOR)
    by_id = {one.id: one for one in holders}
    return [
        OwnApplication(
            row.id,
            row.number,
            by_id[row.person_id],
            row.purpose,
            row.state,
            row.refusal,
            row.asked_at,
            row.decided_at,
            terms(work, row.regime_version).regime,
        )
        for row in work.rows(_ASKED, people=_ids(holders), first=first)
        if row.state != "granted"
    ]


def appealable_applications(work: Work, holders: Sequence[Holder]) -> list[OwnApplication]:
    """What was lately refused to these people, and they can say that it was wrong."""
    return [one for one in own_applications(work, holders) if one.is_appealable]


def appealable_passes(work: Work, holders: Sequence[Holder]) -> list[OwnPass]:
    """Passes that were lately withdrawn by somebody else than their holder."""
    return [one for one in own_passes(work, holders) if one.is_appealable]


def _ids(holders: Sequence[Holder]) -> list[str]:
    return [one.id for one in holders]


def _own(work: Work, row: Row[Any], holders: Sequence[Holder]) -> OwnPass:
    holder = next(one for one in holders if one.id == row.pass_person_id)
    regime = terms(work, row.pass_regime_version).regime
    return OwnPass(holder, live_pass(holder.key, row), regime, row.pass_revoked_reason, row.pass_channel)
