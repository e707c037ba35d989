"""What a telephone said and heard goes: texts, answers, notes, what was begun. The number, and that it did, stay."""

from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlmodel import col

from store import Work
from store.calls import Call, CallReview, CallStep
from store.cases import Appeal
from store.citizens import CitizenSession, Draft
from store.messages import UNSENT, InboundMessage, OpenDialogue, OutboxMessage
from store.people import PersonPhone, Phone
from store.phones import Telephone
from store.sharing import Mail

SILENCE: Final = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
"""What a text is answered that comes again after its answer is gone."""
RETURNED: Final = 90004
"""The error number of what was not sent, since the telephone it was for came back; no number of the carrier's."""


def empty_telephone(work: Work, phone: Telephone) -> None:
    """Wipes all that is sealed under the telephone's key but its number, open appeals and texts on their way.

    Those go out, since some may be for somebody else on it, and are wiped as soon as they arrived.
    """
    sent = update(OutboxMessage).where(col(OutboxMessage.phone_id) == phone.id)
    work.run(sent.where(col(OutboxMessage.state).not_in(UNSENT)), fields_sealed=None)
    _silence(work, phone)
    work.run(delete(Draft).where(col(Draft.phone_id) == phone.id))
    mails = update(Mail).where(col(Mail.phone_id) == phone.id)
    work.run(mails, address_sealed=None)
    work.run(mails.where(col(Mail.settled_at).is_(None)), state="failed", settled_at=work.now, due_at=None)
    _empty_calls(work, phone)
    _empty_appeals(work, phone)


def empty_lent_telephone(work: Work, phone: Telephone) -> None:
    """A telephone of ours came back: whoever gets it next finds nothing of who had it, and is sent nothing of theirs.

    Nobody is known on it any more, no browser signed in with it, and it has no language yet.
    """
    unsent = update(OutboxMessage).where(col(OutboxMessage.phone_id) == phone.id, col(OutboxMessage.state) == "created")
    work.run(unsent, state="failed", settled_at=work.now, due_at=None, fields_sealed=None, error_code=RETURNED)
    empty_telephone(work, phone)
    work.run(delete(PersonPhone).where(col(PersonPhone.phone_id) == phone.id))
    signed_in = update(CitizenSession).where(col(CitizenSession.phone_id) == phone.id)
    work.run(signed_in.where(col(CitizenSession.ended_at).is_(None)), ended_at=work.now)
    unsaid = {"language": None, "language_chosen": False, "stopped_at": None, "flagged_at": None}
    work.run(update(Phone).where(col(Phone.id) == phone.id), **unsaid)


def _silence(work: Work, phone: Telephone) -> None:
    for row in work.rows(select(col(InboundMessage.sid)).where(col(InboundMessage.phone_id) == phone.id)):
        sealed = phone.key.seal(f"inbound_message.reply.{row.sid}", SILENCE)
        work.run(update(InboundMessage).where(col(InboundMessage.sid) == row.sid), reply_sealed=sealed)


def _empty_calls(work: Work, phone: Telephone) -> None:
    calls = [row.sid for row in work.rows(select(col(Call.sid)).where(col(Call.phone_id) == phone.id))]
    work.run(delete(CallStep).where(col(CallStep.call_sid).in_(calls)))
    work.run(update(Call).where(col(Call.sid).in_(calls)), note_sealed=None)
    work.run(update(CallReview).where(col(CallReview.call_sid).in_(calls)), note_sealed=None)
    keys: list[Any] = [phone.id, f"claim/{phone.id}", *calls]
    work.run(delete(OpenDialogue).where(col(OpenDialogue.key).in_(keys)))


def _empty_appeals(work: Work, phone: Telephone) -> None:
    """Answered ones; one that is open keeps its words for who answers."""
    answered = select(col(Appeal.id)).where(col(Appeal.phone_id) == phone.id, col(Appeal.state) != "open")
    for row in work.rows(answered):
        empty = phone.key.seal(f"appeal.text.{row.id}", "")
        work.run(update(Appeal).where(col(Appeal.id) == row.id), text_sealed=empty, decision_sealed=None)
