"""Appeals: somebody says that we were wrong; a person answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select, update
from sqlmodel import col

from codes.applications import new_number
from codes.review.appealed import ALERT, CASE, About, decided_about, decided_lately
from codes.review.barring import Barred, is_their_phone, not_theirs
from codes.review.overturning import doubt_case, tell_about, withdraw_alert
from codes.review.taking import APPEAL, done
from store import Work
from store.cases import Appeal
from store.columns import table
from store.duty import Alert
from store.outbox import send
from store.phones import Telephone, phone_by_id


class NotOpen(ValueError):
    """There is no such appeal, or it was decided before."""


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal as people decide it."""

    id: str
    number: str
    phone: Telephone
    text: str
    state: str
    filed_at: datetime
    decision: str = ""
    """The words that its sender was sent."""
    decided_at: datetime | None = None
    decided_by: str | None = None
    """An actor."""
    about: About | None = None


LONGEST: Final = 2000
"""Signs of an appeal on a page; a text has no more than its sender pays for."""
MOST_A_DAY: Final = 5
"""On pages from one telephone, in any 24 hours."""


def may_appeal(work: Work, phone: Telephone) -> bool:
    """Whether another appeal is taken on a page now. Holds the telephone's lock, so that two at once count as two."""
    work.lock(phone.index)
    lately = col(Appeal.phone_id) == phone.id, col(Appeal.filed_at) > work.now - timedelta(days=1)
    return work.count(select(func.count()).select_from(Appeal).where(*lately)) < MOST_A_DAY


def file_appeal(work: Work, phone: Telephone, text: str, about: About | None = None) -> str:
    """Keeps an appeal, about anything or one decision; the number to quote."""
    appeal_id, number = work.new_id(), new_number(work)
    work.insert(
        Appeal,
        id=appeal_id,
        number=number,
        phone_id=phone.id,
        text_sealed=phone.key.seal(f"appeal.text.{appeal_id}", text),
        state="open",
        filed_at=work.now,
        about=about and about.what,
        about_id=about and about.id,
    )
    work.audit(phone.actor, "appeal.filed", appeal_id, {about.what: about.id} if about else None)
    return number


def appeals(work: Work, state: str | None = None) -> list[Appealed]:
    """Appeals, oldest first; all of them, or those in one state."""
    wanted = select(table(Appeal)).order_by(col(Appeal.filed_at))
    return [_appealed(work, row) for row in work.rows(wanted.where(col(Appeal.state) == state) if state else wanted)]


def appeal_by_number(work: Work, number: str) -> Appealed | None:
    """One of them, open or decided."""
    row = work.row(select(table(Appeal)).where(col(Appeal.number) == number))
    return _appealed(work, row) if row else None


def _appealed(work: Work, row: Row[Any]) -> Appealed:
    phone = phone_by_id(work, row.phone_id)
    text = phone.key.open(f"appeal.text.{row.id}", row.text_sealed)
    decision = phone.key.open(f"appeal.decision.{row.id}", row.decision_sealed) if row.decision_sealed else ""
    about = About(row.about, row.about_id) if row.about else None
    answered = decision, row.decided_at, row.decided_by
    return Appealed(row.id, row.number, phone, text, row.state, row.filed_at, *answered, about)


def own_appeals(work: Work, phone: Telephone) -> list[Appealed]:
    """Those of one telephone, the newest first."""
    mine = select(table(Appeal)).where(col(Appeal.phone_id) == phone.id).order_by(col(Appeal.id).desc())
    return [_appealed(work, row) for row in work.rows(mine)]


def decide_appeal(work: Work, number: str, *, upheld: bool, words: str, language: str, by: str) -> Barred | None:
    """Decides an open appeal and owes its sender the answer, with `words`; or why they may not. Raises NotOpen."""
    row = work.row(select(Appeal).where(col(Appeal.number) == number))
    if row is None:
        raise NotOpen(f"no open appeal {number}")
    phone = phone_by_id(work, row.phone_id)
    barred = not_theirs(work, APPEAL, row.id, by) or _concerned(work, row, by)
    if barred:
        return barred
    state, template = ("upheld", "appeal_upheld") if upheld else ("denied", "appeal_denied")
    sealed = phone.key.seal(f"appeal.decision.{row.id}", words)
    open_still = update(Appeal).where(col(Appeal.id) == row.id, col(Appeal.state) == "open")
    if not work.run(open_still, state=state, decided_at=work.now, decided_by=by, decision_sealed=sealed):
        raise NotOpen(f"no open appeal {number}")
    work.audit(by, f"appeal.{state}", row.id)
    done(work, APPEAL, row.id, by)
    _answer(work, row, phone, language, template, {"number": number, "text": words})
    if upheld and row.about == ALERT:
        withdraw_alert(work, row.about_id, phone, language, by)
    elif upheld and row.about == CASE:
        doubt_case(work, row.about_id, by)
    return None


def _answer(
    work: Work, row: Row[Any], phone: Telephone, language: str, template: str, fields: Mapping[str, str]
) -> None:
    """To the telephone it came from; of somebody at home who can't read texts, on a call."""
    case_id = row.about_id if row.about == CASE else None
    if row.about == ALERT:
        alert = work.row(select(col(Alert.case_id)).where(col(Alert.id) == row.about_id))
        case_id = alert.case_id if alert else None
    if case_id is None:
        send(work, phone, template, phone.language or language, fields)
    else:
        tell_about(work, case_id, phone, language, template, fields)


def _concerned(work: Work, row: Row[Any], by: str) -> Barred | None:
    if is_their_phone(work, row.phone_id, by):
        return Barred.OWN
    named = decided_about(work, About(row.about, row.about_id)) if row.about else None
    decided = [*([named] if named else []), *decided_lately(work, row.phone_id, row.filed_at)]
    return Barred.CONCERNED if any(one.concerns(by) for one in decided) else None
