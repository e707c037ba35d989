"""What is not needed any more goes: fields of settled texts, dialogues left open, steps of calls, old sessions."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, tuple_, update
from sqlmodel import col

from store.calls import CallStep
from store.citizens import CitizenSession, Draft, SignInCode
from store.desk import SentForm
from store.messages import OpenDialogue, OutboxMessage
from store.patience import take_time
from store.staff import StaffSession
from store.work import Work

FORGET_DIALOGUES = timedelta(days=1)
"""After their end; an old one does no harm but holds what somebody wrote."""
FORGET_SENT = timedelta(days=3)
"""The carrier has the text and no receipt came: none will."""
FORGET_FAILED = timedelta(days=30)
"""Texts that never arrived stay readable so long for whoever has to tell people in another way."""
FORGET_STEPS = timedelta(days=3)
"""No carrier asks for a step of a call so late."""
FORGET_SESSIONS = timedelta(days=30)
"""The audit says for ever who signed in when; the row served the browser, for eight hours at most."""
FORGET_FORMS = timedelta(days=1)
"""No page with the form is open any more: who sends it signed in again since."""
FORGET_DRAFTS = timedelta(days=1)
"""After the last change: somebody began to apply and went away, or the answer was given."""
FORGET_CODES = timedelta(days=2)
"""Codes to sign in are counted over a day."""
PAGE = 1000
"""Rows of a kind that one `forget` looks after."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows a `forget` emptied or deleted."""

    texts: int
    dialogues: int
    steps: int = 0
    sessions: int = 0
    forms: int = 0
    drafts: int = 0
    codes: int = 0

    @property
    def most(self) -> int:
        """All of those there may be many of."""
        return self.texts + self.dialogues + self.steps + self.forms + self.drafts + self.codes


def forget(work: Work) -> Forgotten:
    """Wipes and deletes a page of what is past its time. Delivered texts were wiped when their receipt came."""
    take_time(work.connection)
    sent = (col(OutboxMessage.state) == "sent") & (col(OutboxMessage.sent_at) < work.now - FORGET_SENT)
    settled = col(OutboxMessage.settled_at) < work.now - FORGET_FAILED
    full = select(col(OutboxMessage.id)).where(col(OutboxMessage.fields_sealed).is_not(None), sent | settled)
    texts = update(OutboxMessage).where(col(OutboxMessage.id).in_(full.limit(PAGE))).values(fields_sealed=None)
    old = select(col(OpenDialogue.key)).where(col(OpenDialogue.expires_at) < work.now - FORGET_DIALOGUES)
    dialogues = delete(OpenDialogue).where(col(OpenDialogue.key).in_(old.limit(PAGE)))
    key = (col(CallStep.call_sid), col(CallStep.step))
    past = select(*key).where(col(CallStep.received_at) < work.now - FORGET_STEPS).limit(PAGE)
    steps = delete(CallStep).where(tuple_(*key).in_(past))
    old_drafts = select(col(Draft.id)).where(col(Draft.changed_at) < work.now - FORGET_DRAFTS)
    drafts = delete(Draft).where(col(Draft.id).in_(old_drafts.limit(PAGE)))
    old_codes = select(col(SignInCode.browser_hash)).where(col(SignInCode.sent_at) < work.now - FORGET_CODES)
    codes = delete(SignInCode).where(col(SignInCode.browser_hash).in_(old_codes.limit(PAGE)))
    left = select(col(CitizenSession.token_hash)).where(col(CitizenSession.opened_at) < work.now - FORGET_SESSIONS)
    citizens = delete(CitizenSession).where(col(CitizenSession.token_hash).in_(left.limit(PAGE)))
    over = select(col(StaffSession.token_hash)).where(col(StaffSession.opened_at) < work.now - FORGET_SESSIONS)
    sessions = delete(StaffSession).where(col(StaffSession.token_hash).in_(over.limit(PAGE)))
    done = select(col(SentForm.token)).where(col(SentForm.sent_at) < work.now - FORGET_FORMS)
    forms = delete(SentForm).where(col(SentForm.token).in_(done.limit(PAGE)))
    work.run(citizens)
    return Forgotten(*(work.run(one) for one in (texts, dialogues, steps, sessions, forms, drafts, codes)))
