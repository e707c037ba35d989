"""A code on an agent's screen: shown to be read out, hidden once every group was read back, or after some minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from codes.desk.attending import Attended
from codes.issuing import granted
from codes.looking import note_look
from codes.outcomes import Grant
from codes.passes import LivePass
from codes.regimes import terms
from store import Work
from store.columns import table
from store.desk import Dictation

SHOWN_FOR = timedelta(minutes=10)
_TABLE = table(Dictation)
_NEWEST = (
    select(_TABLE)
    .where(
        _TABLE.c.pass_id == bindparam("pass_id"),
        _TABLE.c.call_sid == bindparam("call_sid"),
        _TABLE.c.staff_id == bindparam("staff_id"),
    )
    .order_by(_TABLE.c.begun_at.desc(), _TABLE.c.ended_at.is_not(None), _TABLE.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Dictated:
    """A pass that is read out; `code` is empty while it is hidden."""

    id: str
    grant: Grant
    code: str
    """As shown to people, in groups."""
    read_back: frozenset[int]
    """Places of the groups that were read back, from 0."""
    until: datetime
    """When it hides by itself."""
    finished: bool
    """Whether every group was read back."""


def begin_dictation(work: Work, attended: Attended, pass_id: str, why: str) -> bool:
    """Shows a live pass's code; False where it is none of theirs. It must be heard on the recording."""
    pair = attended.live(pass_id)
    if pair is None:
        return False
    attended.audible()
    _begin(work, attended, pass_id)
    note_look(work, pair[0].id, attended.actor, why, "desk.code")
    return True


def begin_with_issue(work: Work, attended: Attended, grant: Grant) -> None:
    """Shows the code of a pass that was issued just now."""
    _begin(work, attended, grant.pass_id)


def dictation(work: Work, attended: Attended, pass_id: str) -> Dictated | None:
    """What is shown of a live pass; None where nothing was yet, or it is none of theirs."""
    pair, row = attended.live(pass_id), _newest(work, attended, pass_id)
    if pair is None or row is None:
        return None
    grant = _grant(work, pair[1])
    until, count = row.begun_at + SHOWN_FOR, len(grant.code.split("-"))
    read_back = frozenset(place for place in range(count) if row.read_back >> place & 1)
    hidden = row.ended_at is not None or work.now >= until or attended.silenced
    return Dictated(row.id, grant, "" if hidden else grant.code, read_back, until, len(read_back) == count)


def tick(work: Work, attended: Attended, pass_id: str, place: int) -> Dictated | None:
    """The caller read a group back; after the last one the code is hidden. None: there is nothing to tick."""
    attended.audible()
    shown = dictation(work, attended, pass_id)
    if shown is None or not shown.code or not 0 <= place < len(shown.code.split("-")):
        return shown
    told = shown.read_back | {place}
    whole = len(told) == len(shown.code.split("-"))
    bits = sum(1 << one for one in told)
    work.run(update(_TABLE).where(_TABLE.c.id == shown.id), read_back=bits, ended_at=work.now if whole else None)
    if whole:
        work.audit(attended.actor, "code.dictated", pass_id, {"call": attended.call.sid})
    return dictation(work, attended, pass_id)


def _begin(work: Work, attended: Attended, pass_id: str) -> None:
    """One at a time; again within a moment it is the same."""
    row = _newest(work, attended, pass_id)
    if row is not None and row.ended_at is None and work.now < row.begun_at + SHOWN_FOR:
        return
    dictation_id, who = work.new_id(), {"call_sid": attended.call.sid, "staff_id": attended.staff_id}
    work.insert(Dictation, id=dictation_id, pass_id=pass_id, begun_at=work.now, read_back=0, **who)
    work.audit(attended.actor, "code.shown", pass_id, {"call": attended.call.sid})


def _newest(work: Work, attended: Attended, pass_id: str) -> Row[Any] | None:
    who = {"call_sid": attended.call.sid, "staff_id": attended.staff_id}
    found: Row[Any] | None = work.row(_NEWEST, pass_id=pass_id, **who)
    return found


def _grant(work: Work, live: LivePass) -> Grant:
    return granted(terms(work, live.regime_version).regime, live)
