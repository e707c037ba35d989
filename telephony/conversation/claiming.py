"""One document on two telephones: the one that named it first is asked, then the other; only two yeses join them.

Whoever names a document first may be a stranger who knows it, so neither can join the other alone. The question lies
beside the dialogue, under a key of its own: nobody asked for it, and both go on with whatever they were doing. It is
answered by a yes or a no that answers nothing else.
"""

from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlmodel import col

from codes.fields import Field
from codes.joining import join_people
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
_AGREED = ":agreed"
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
    if not pending_claim(talk, first):
        _ask(talk, first, claimant.id, claimant.document_tail)
        talk.work.audit(talk.actor, "document.claimed", claimant.id)


def _ask(talk: Talk, phone: Telephone, claim: str, tail: str) -> None:
    sealed = phone.key.seal(_place(phone), claim)
    talk.work.later(KEEP, key=_key(phone), state_sealed=sealed, expires_at=talk.work.now + LIFE)
    send(talk.work, phone, "document_claimed", phone.language or talk.regime.default_language, {"tail": tail})


def pending_claim(talk: Talk, phone: Telephone) -> str | None:
    """Who waits for this telephone's answer: a person's id, with `_AGREED` behind it where they said yes."""
    asked = select(col(OpenDialogue.state_sealed)).where(
        col(OpenDialogue.key) == _key(phone), col(OpenDialogue.expires_at) > talk.work.now
    )
    row = talk.work.row(asked)
    return phone.key.open(_place(phone), row.state_sealed) if row else None


def answer_claim(talk: Talk, claim: str, *, agreed: bool) -> Turn:
    """This telephone says whether its document may be used together with another telephone."""
    other_id = claim.removesuffix(_AGREED)
    other, mine = _phone_of(talk, other_id), _namesake(talk, other_id)
    if other is None or mine is None:
        return _end(talk, other_id, "claim_denied", "")
    tail = mine.document_tail
    if agreed and not claim.endswith(_AGREED):
        _ask(talk, other, mine.id + _AGREED, tail)
        return _end(talk, other_id, "claim_waits", tail)
    if agreed:
        join_people(talk.work, mine, other_id, talk.actor)
    template = "claim_agreed" if agreed else "claim_denied"
    send(talk.work, other, template, other.language or talk.regime.default_language, {"tail": tail})
    return _end(talk, other_id, template, tail)


def _end(talk: Talk, other_id: str, template: str, tail: str) -> Turn:
    talk.work.later(FORGET, key=_key(talk.meeting.phone))
    talk.work.audit(talk.actor, f"document.{template}", other_id)
    return Turn(Say(template, {"tail": tail}), talk.memory, template)


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
