"""Becoming known: registration, correction, dependants, and a document that another telephone named before."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import bindparam, delete, select
from sqlmodel import col

from codes.fields import Field
from codes.people import DOCUMENT, Holder, add_person, correct_person
from language.intents import Aim, Ask, Dialogue
from store.messages import OpenDialogue
from store.outbox import send
from store.people import Document, PersonPhone
from store.phones import Telephone, phone_by_id
from store.prepared import Prepared
from telephony.conversation.memory import NOTHING, recall, remember
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn, ask, ask_for, first_missing, needed

CLAIM_LIFE = timedelta(hours=24)
_FIRST_PHONE = Prepared(
    select(col(PersonPhone.phone_id))
    .join(Document, col(Document.person_id) == col(PersonPhone.person_id))
    .where(col(Document.document_index) == bindparam("index"), col(PersonPhone.phone_id) != bindparam("phone_id"))
    .order_by(col(PersonPhone.added_at))
    .limit(1)
)
"""The telephone on which a document was named first, other than this one."""


def register(talk: Talk, dialogue: Dialogue) -> Turn:
    """Registers the sender or corrects what is known, once all that is required is there."""
    known = same_person(talk.holders, dialogue.fields)
    details = {**(known.details if known else {}), **dialogue.fields}
    missing = first_missing(needed(talk.regime, None), details)
    if missing:
        return ask_for(talk, dialogue, missing)
    if not dialogue.fields:
        return ask_for(talk, dialogue, next(iter(talk.regime.registration.required), Field.NAME))
    registered = settle_person(talk, known, dialogue.fields)
    template = "corrected" if known else "registered"
    return Turn(_about(template, registered), talk.memory.done(), template)


def _about(template: str, holder: Holder) -> Say:
    return Say(template, {"initials": holder.initials, "tail": holder.document_tail})


def settle_person(
    talk: Talk, known: Holder | None, fields: Mapping[Field, str], guardian_id: str | None = None
) -> Holder:
    """The person with `fields`, corrected or added; a telephone that named the document before is asked."""
    if known:
        holder = correct_person(talk.work, talk.meeting.phone, known, fields)
    else:
        holder = add_person(talk.work, talk.meeting.phone, fields, guardian_id)
    document = holder.details.get(Field.DOCUMENT)
    if document and (known is None or known.details.get(Field.DOCUMENT) != document):
        _ask_first_phone(talk, holder, document)
    return holder


def same_person(holders: tuple[Holder, ...], fields: Mapping[Field, str]) -> Holder | None:
    """Whom a text means among those on the telephone: by document, else by name, else one without a document yet."""
    document, name = fields.get(Field.DOCUMENT), fields.get(Field.NAME)
    if document:
        undocumented = [one for one in holders if Field.DOCUMENT not in one.details and _fits(one, name)]
        named = [one for one in holders if one.details.get(Field.DOCUMENT) == document]
        return next(iter([*named, *undocumented]), None)
    if name:
        return next((one for one in holders if _fits(one, name)), None)
    return holders[0] if len(holders) == 1 else None


def _fits(holder: Holder, name: str | None) -> bool:
    """Whether every word of the shorter name stands in the longer one, initials counting."""
    theirs = holder.details.get(Field.NAME)
    if name is None or theirs is None:
        return True
    shorter, longer = sorted((_words(name), _words(theirs)), key=len)
    return bool(shorter) and all(any(whole.startswith(word) for whole in longer) for word in shorter)


def _words(name: str) -> list[str]:
    return name.casefold().replace("ё", "е").replace(".", " ").split()


def add_dependant(talk: Talk, dialogue: Dialogue) -> Turn:
    """Adds a child or dependant to the telephone."""
    guardian = next((one for one in talk.holders if one.guardian_id is None), None)
    if guardian is None:
        return Turn(Say("status_unknown"), talk.memory.done(), "refused.unregistered")
    if Field.NAME not in dialogue.fields:
        return ask_for(talk, dialogue, Field.NAME)
    known = next((one for one in talk.holders if one.guardian_id and _fits(one, dialogue.fields[Field.NAME])), None)
    holder = settle_person(talk, known, dialogue.fields, guardian.id)
    return Turn(_about("dependant_added", holder), talk.memory.done(), "registered")


def _ask_first_phone(talk: Talk, claimant: Holder, document: str) -> None:
    """Asks whoever named the same document before; until they agree nothing is joined, and each counts for itself."""
    phone = talk.meeting.phone
    index = talk.work.keys.blind(DOCUMENT, document)
    row = talk.work.row(_FIRST_PHONE, index=index, phone_id=phone.id)
    if row is None:
        return
    first = phone_by_id(talk.work, row.phone_id)
    sealed = select(col(OpenDialogue.state_sealed)).where(
        col(OpenDialogue.key) == first.id, col(OpenDialogue.expires_at) > talk.work.now
    )
    kept = talk.work.row(sealed)
    memory = recall(first, kept.state_sealed if kept else None)
    if memory.dialogue:
        return
    claim = Dialogue(Aim.CHECK, Ask.CONFIRM, person=claimant.id)
    remember(talk.work, first, memory.asking(claim), NOTHING, CLAIM_LIFE)
    language = first.language or talk.regime.default_language
    send(talk.work, first, "document_claimed", language, {"tail": claimant.document_tail})
    talk.work.audit(talk.actor, "document.claimed", claimant.id)


def answer_claim(talk: Talk, dialogue: Dialogue, agreed: bool | None) -> Turn:
    """The first telephone says whether somebody else may use its document."""
    if agreed is None or dialogue.person is None:
        return ask(talk, dialogue)
    second = _phone_of(talk, dialogue.person)
    template = "claim_agreed" if agreed else "claim_denied"
    tail = talk.holders[0].document_tail if talk.holders else ""
    if second is not None:
        if agreed:
            _join(talk, second, dialogue.person)
        send(talk.work, second, template, second.language or talk.regime.default_language, {"tail": tail})
    talk.work.audit(talk.actor, f"document.{template}", dialogue.person)
    return Turn(Say(template, {"tail": tail}), talk.memory.done(), template)


def _phone_of(talk: Talk, person_id: str) -> Telephone | None:
    row = talk.work.row(select(col(PersonPhone.phone_id)).where(col(PersonPhone.person_id) == person_id))
    return phone_by_id(talk.work, row.phone_id) if row else None


def _join(talk: Talk, second: Telephone, claimant_id: str) -> None:
    """The second telephone may ask for the person of this one, instead of the person it named."""
    mine = _namesake(talk, claimant_id)
    if mine is None:
        return
    theirs = delete(PersonPhone).where(
        col(PersonPhone.phone_id) == second.id, col(PersonPhone.person_id) == claimant_id
    )
    talk.work.run(theirs)
    talk.work.insert(PersonPhone, phone_id=second.id, person_id=mine.id, added_at=talk.work.now)


def _namesake(talk: Talk, claimant_id: str) -> Holder | None:
    named = select(col(Document.document_index)).where(col(Document.person_id) == claimant_id)
    theirs = {row.document_index for row in talk.work.rows(named)}
    for one in talk.holders:
        document = one.details.get(Field.DOCUMENT)
        if document and talk.work.keys.blind(DOCUMENT, document) in theirs:
            return one
    return None
