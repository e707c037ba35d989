"""The jobs that destroy by themselves: people whose time is over, and numbers whose owners wanted to be forgotten.

A number goes a day after its owner asked: today's limits (codes to sign in, e-mails, appeals) are counted by it, and
the text that says it was done has to reach it.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from codes.case_telephones import is_of_a_case
from codes.isolation import hold_people
from codes.regimes import regime_if_any
from codes.rights.destroying import destroy_people
from codes.rights.emptying import SILENCE, empty_telephone
from codes.rights.keeping import destroyed_on
from store import DataKey, Work
from store.audit import WORKER
from store.calls import Call
from store.cases import Appeal, Case
from store.citizens import CitizenSession
from store.messages import UNSENT, InboundMessage, OutboxMessage
from store.passes import Application, Pass
from store.people import Person, PersonPhone, Phone
from store.phones import phone_by_id

STAYS: Final = timedelta(days=1)
PAGE: Final = 50


def destroy_past(work: Work) -> int:
    """Destroys a page of people who were not on any pass, application or case for as long as the order keeps them."""
    regime = regime_if_any(work)
    if regime is None:
        return 0
    since = work.now - timedelta(days=regime.retention_days)
    person = col(Person.id)
    used = (
        exists().where(col(Pass.person_id) == person, col(Pass.valid_until) > since),
        exists().where(
            col(Application.person_id) == person,
            or_(
                col(Application.state) == "referred",
                col(Application.asked_at) > since,
                col(Application.decided_at) > since,
            ),
        ),
        exists().where(
            col(Case.person_id) == person, or_(col(Case.destroyed_at).is_(None), col(Case.closed_at) > since)
        ),
    )
    past = select(person).where(
        col(Person.destroyed_at).is_(None), col(Person.blocked_at).is_(None), col(Person.created_at) < since
    )
    ward = aliased(Person)
    cares = exists().where(col(ward.guardian_id) == person, col(ward.destroyed_at).is_(None))
    rows = work.rows(past.where(~cares, *(~one for one in used)).order_by(person).limit(PAGE))
    ids = [row.id for row in rows]
    hold_people(work, ids)
    over = [one for one in ids if (end := destroyed_on(work, regime, one)) is not None and end < work.now]
    destroy_people(work, over, WORKER, with_telephones=False)
    return len(over)


def forget_numbers(work: Work) -> int:
    """Lets go of numbers a day after their owners asked; how many. One that is in use again stays."""
    leaving = select(col(Phone.id), col(Phone.leaving_at)).where(col(Phone.leaving_at) < work.now - STAYS)
    rows = work.rows(leaving.order_by(col(Phone.leaving_at)).limit(PAGE))
    for row in rows:
        _let_go(work, row.id, row.leaving_at)
    return len(rows)


def _let_go(work: Work, phone_id: str, since: datetime) -> None:
    phone = phone_by_id(work, phone_id)
    work.lock(phone.index)
    mine = update(Phone).where(col(Phone.id) == phone_id)
    if _in_use(work, phone_id, since):
        work.run(mine, leaving_at=None)
        return
    empty_telephone(work, phone)
    new = work.keys.new_key()
    nobody = work.keys.blind("forgotten", phone_id)
    sealed = new.key.seal(f"phone.number.{phone_id}", "")
    gone = {"number_index": nobody, "number_sealed": sealed, "data_key": new.wrapped, "epoch": new.epoch}
    _reseal(work, phone_id, new.key)
    work.run(mine, **gone, language=None, leaving_at=None)
    work.audit(WORKER, "phone.destroyed", phone_id)


def _in_use(work: Work, phone_id: str, since: datetime) -> bool:
    """Whether somebody used it since, or something is on its way to it still."""
    uses = (
        select(col(PersonPhone.phone_id)).where(col(PersonPhone.phone_id) == phone_id),
        select(col(InboundMessage.sid)).where(
            col(InboundMessage.phone_id) == phone_id, col(InboundMessage.received_at) > since
        ),
        select(col(Call.sid)).where(col(Call.phone_id) == phone_id, col(Call.began_at) > since),
        select(col(CitizenSession.phone_id)).where(
            col(CitizenSession.phone_id) == phone_id, col(CitizenSession.opened_at) > since
        ),
        select(col(OutboxMessage.id)).where(
            col(OutboxMessage.phone_id) == phone_id, col(OutboxMessage.state).in_(UNSENT)
        ),
    )
    return is_of_a_case(work, phone_id) or any(work.row(one.limit(1)) is not None for one in uses)


def _reseal(work: Work, phone_id: str, key: DataKey) -> None:
    """Rows that must hold something hold nothing, under the key that is there now."""
    for row in work.rows(select(col(InboundMessage.sid)).where(col(InboundMessage.phone_id) == phone_id)):
        sealed = key.seal(f"inbound_message.reply.{row.sid}", SILENCE)
        work.run(update(InboundMessage).where(col(InboundMessage.sid) == row.sid), reply_sealed=sealed)
    for row in work.rows(select(col(Appeal.id)).where(col(Appeal.phone_id) == phone_id)):
        sealed = key.seal(f"appeal.text.{row.id}", "")
        work.run(update(Appeal).where(col(Appeal.id) == row.id), text_sealed=sealed, decision_sealed=None)
