"""One document on two telephones: the one that named it first is asked, and joins the second or not.

The question lies beside the dialogue, under a key of its own: the first telephone did not ask for it, and may go on
with whatever it was doing. It is answered by a yes or a no that answers nothing else.
"""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select
from sqlmodel import col

from codes.fields import Field
from codes.people import DOCUMENT, Holder
from language.intents import Aim, Ask, Dialogue
from store.messages import OpenDialogue
from store.outbox import send
from store.people import Document, PersonPhone
from store.phones import Telephone, phone_by_id
from store.prepared import Prepared
from telephony.conversation.memory import FORGET, KEEP
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn

LIFE = timedelta(hours=24)
QUESTION = Dialogue(Aim.CHECK, Ask.CONFIRM)
"""How an answer to it is understood."""
_FIRST_PHONE = Prepared(
    select(col(PersonPhone.phone_id))
    .join(Document, col(Document.person_id) == col(PersonPhone.person_id))
    .where(col(Document.document_index) == bindparam("index"), col(PersonPhone.phone_id) != bindparam("phone_id"))
    .order_by(col(PersonPhone.added_at))
    .limit(1)
)
"""The telephone on which a document was named first, other than this one."""


def ask_first_phone(talk: Talk, claimant: Holder, document: str) -> None:
    """Asks whoever named the same document before, once a day; until they agree nothing is joined."""
    index = talk.work.keys.blind(DOCUMENT, document)
    row = talk.work.row(_FIRST_PHONE, index=index, phone_id=talk.meeting.phone.id)
    if row is None:
        return
    first = phone_by_id(talk.work, row.phone_id)
    if pending_claim(talk, first):
        return
    sealed = first.key.seal(_place(first), claimant.id)
    talk.work.later(KEEP, key=_key(first), state_sealed=sealed, expires_at=talk.work.now + LIFE)
    language = first.language or talk.regime.default_language
    send(talk.work, first, "document_claimed", language, {"tail": claimant.document_tail})
    talk.work.audit(talk.actor, "document.claimed", claimant.id)


def pending_claim(talk: Talk, phone: Telephone) -> str | None:
    """The person who, on another telephone, named a document of this one; None where nobody waits for an answer."""
    asked = select(col(OpenDialogue.state_sealed)).where(
        col(OpenDialogue.key) == _key(phone), col(OpenDialogue.expires_at) > talk.work.now
    )
    row = talk.work.row(asked)
    return phone.key.open(_place(phone), row.state_sealed) if row else None


def answer_claim(talk: Talk, claimant_id: str, *, agreed: bool) -> Turn:
    """The first telephone says whether somebody else may use its document."""
    second = _phone_of(talk, claimant_id)
    mine = _namesake(talk, claimant_id)
    template = "claim_agreed" if agreed else "claim_denied"
    fields = {"tail": mine.document_tail if mine else ""}
    if second and mine and agreed:
        theirs = col(PersonPhone.phone_id) == second.id, col(PersonPhone.person_id) == claimant_id
        talk.work.run(delete(PersonPhone).where(*theirs))
        talk.work.insert(PersonPhone, phone_id=second.id, person_id=mine.id, added_at=talk.work.now)
    if second:
        send(talk.work, second, template, second.language or talk.regime.default_language, fields)
    talk.work.later(FORGET, key=_key(talk.meeting.phone))
    talk.work.audit(talk.actor, f"document.{template}", claimant_id)
    return Turn(Say(template, fields), talk.memory, template)


def _key(phone: Telephone) -> str:
    return f"claim/{phone.id}"


def _place(phone: Telephone) -> str:
    return f"dialogue.claim.{phone.id}"


def _phone_of(talk: Talk, person_id: str) -> Telephone | None:
    row = talk.work.row(select(col(PersonPhone.phone_id)).where(col(PersonPhone.person_id) == person_id))
    return phone_by_id(talk.work, row.phone_id) if row else None


def _namesake(talk: Talk, claimant_id: str) -> Holder | None:
    """The person of this telephone with a document of the claimant's."""
    named = select(col(Document.document_index)).where(col(Document.person_id) == claimant_id)
    theirs = {row.document_index for row in talk.work.rows(named)}
    for one in talk.holders:
        document = one.details.get(Field.DOCUMENT)
        if document and talk.work.keys.blind(DOCUMENT, document) in theirs:
            return one
    return None
