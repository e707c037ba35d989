"""Who a caller is: a number can be forged, so that the end of a document or a code sent to the number must prove it."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlmodel import col

from codes.fields import Field
from codes.people import Holder
from codes.regimes import Terms
from store import Work
from store.calls import Call
from store.columns import table
from store.messages import OutboxMessage
from store.outbox import send
from store.phones import Telephone
from store.prepared import Prepared

TAIL = 4
"""Signs of a document's end that are asked for."""
WRONG_A_DAY = 5
"""Wrong proofs for one telephone; then its answers go out as texts only."""
TEXTS_A_DAY = 12
"""Answers by text to calls; each costs money, and a caller's number can be forged."""
CONSENT_FOR = timedelta(minutes=10)
CONSENTS_A_CALL = 3
PROOF_CODE = "proof_code"
"""The sentence that carries it."""
_CONSENT = "call.consent"
_DIGITS = re.compile(r"\D")
_CALL = table(Call)
_LATELY = (_CALL.c.phone_id == bindparam("telephone")) & (_CALL.c.began_at >= bindparam("yesterday"))
_WRONG = Prepared(select(func.coalesce(func.sum(_CALL.c.wrong_proofs), 0).label("wrong")).where(_LATELY))
_ONE = update(_CALL).where(_CALL.c.sid == bindparam("call_sid"))
_PROVE = Prepared(_ONE, ("person_id", "proof"))
_COUNT_WRONG = Prepared(_ONE.values(wrong_proofs=_CALL.c.wrong_proofs + 1))


def provable(holders: Sequence[Holder]) -> bool:
    """Whether anybody on the telephone has a document whose end could be asked for."""
    return any(_tail(holder) for holder in holders)


def holder_with_tail(holders: Sequence[Holder], keyed: str) -> Holder | None:
    """Whose document ends with these four digits."""
    return next((holder for holder in holders if keyed and _tail(holder) == keyed), None)


def wrong_proofs_lately(work: Work, phone: Telephone) -> int:
    """How often somebody failed to prove to be of this telephone in calls that began within a day: over midnight nobody
    gets new tries in a call, however many were begun before.
    """
    return int(work.row(_WRONG, telephone=phone.id, yesterday=work.now - timedelta(days=1)).wrong)


def texts_spent(work: Work, phone: Telephone, under: Terms) -> bool:
    """Whether so many answers went out to this telephone today that whoever asks may be somebody who annoys it."""
    midnight = under.regime.midnight(work.now)
    sent = (col(OutboxMessage.phone_id) == phone.id) & (col(OutboxMessage.created_at) >= midnight)
    return work.count(select(func.count()).where(sent, col(OutboxMessage.kind) == "answer")) >= TEXTS_A_DAY


def prove(work: Work, call_sid: str, person_id: str, how: str, by: str) -> None:
    """Notes who the caller is, and `how` we know: one of `store.calls.PROOFS`."""
    work.later(_PROVE, call_sid=call_sid, person_id=person_id, proof=how)
    work.audit(by, "caller.proved", call_sid, {"how": how, "person": person_id})


def count_wrong(work: Work, call_sid: str, by: str) -> None:
    """Notes a proof that failed."""
    work.later(_COUNT_WRONG, call_sid=call_sid)
    work.audit(by, "caller.not_proved", call_sid)


def send_consent(work: Work, call_sid: str, phone: Telephone, language: str, by: str) -> None:
    """Texts six digits to the number on file, which the caller reads out to the agent."""
    code = f"{work.random.randrange(10**6):06}"
    index = _consent(work, call_sid, phone, code)
    work.run(update(Call).where(col(Call.sid) == call_sid), consent_index=index, consent_sent_at=work.now)
    send(work, phone, PROOF_CODE, language, {"consent": code}, asked=True)
    work.audit(by, "caller.consent_sent", call_sid)


def consent_fits(work: Work, call: Row[Any], phone: Telephone, said: str) -> bool:
    """Whether the digits that were read out are those we sent to `phone`, not long ago."""
    if call.consent_index is None or work.now - call.consent_sent_at > CONSENT_FOR:
        return False
    return bool(call.consent_index == _consent(work, call.sid, phone, _DIGITS.sub("", said)))


def consents_sent(work: Work, call: Row[Any], phone: Telephone) -> int:
    """How many codes were sent to `phone` since the call began."""
    sent = (col(OutboxMessage.phone_id) == phone.id) & (col(OutboxMessage.template) == PROOF_CODE)
    return work.count(select(func.count()).where(sent, col(OutboxMessage.created_at) >= call.began_at))


def _consent(work: Work, call_sid: str, phone: Telephone, code: str) -> bytes:
    """Bound to the call and to the number: a code sent to one telephone proves nobody on another."""
    return work.keys.blind(_CONSENT, f"{call_sid}/{phone.id}/{code}")


def _tail(holder: Holder) -> str:
    digits = _DIGITS.sub("", holder.details.get(Field.DOCUMENT, ""))
    return digits[-TAIL:] if len(digits) >= TAIL else ""
