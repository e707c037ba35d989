"""Appeals: somebody says that we were wrong; a person answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from codes.applications import new_number
from store import Work
from store.cases import Appeal
from store.outbox import send
from store.phones import Telephone, phone_by_id


class NotOpen(ValueError):
    """There is no such appeal, or it was decided before."""


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal as people decide it."""

    number: str
    phone: Telephone
    text: str
    state: str
    filed_at: datetime


def file_appeal(work: Work, phone: Telephone, text: str) -> str:
    """Keeps an appeal; the number to quote."""
    appeal_id, number = work.new_id(), new_number(work)
    work.insert(
        Appeal,
        id=appeal_id,
        number=number,
        phone_id=phone.id,
        text_sealed=phone.key.seal(f"appeal.text.{appeal_id}", text),
        state="open",
        filed_at=work.now,
    )
    work.audit(phone.actor, "appeal.filed", appeal_id)
    return number


def appeals(work: Work, state: str | None = None) -> list[Appealed]:
    """Appeals, oldest first; all of them, or those in one state."""
    wanted = select(Appeal).order_by(col(Appeal.filed_at))
    rows = work.rows(wanted.where(col(Appeal.state) == state) if state else wanted)
    found = []
    for row in rows:
        phone = phone_by_id(work, row.phone_id)
        text = phone.key.open(f"appeal.text.{row.id}", row.text_sealed)
        found.append(Appealed(row.number, phone, text, row.state, row.filed_at))
    return found


def decide_appeal(work: Work, number: str, *, upheld: bool, words: str, language: str, by: str) -> None:
    """Decides an open appeal and owes its sender the answer, with `words`. Raises NotOpen."""
    row = work.row(select(Appeal).where(col(Appeal.number) == number))
    if row is None:
        raise NotOpen(f"no open appeal {number}")
    phone = phone_by_id(work, row.phone_id)
    state, template = ("upheld", "appeal_upheld") if upheld else ("denied", "appeal_denied")
    sealed = phone.key.seal(f"appeal.decision.{row.id}", words)
    open_still = update(Appeal).where(col(Appeal.id) == row.id, col(Appeal.state) == "open")
    if not work.run(open_still, state=state, decided_at=work.now, decided_by=by, decision_sealed=sealed):
        raise NotOpen(f"no open appeal {number}")
    work.audit(by, f"appeal.{state}", row.id)
    send(work, phone, template, phone.language or language, {"number": number, "text": words})
