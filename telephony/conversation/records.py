"""What we hold and what we sent: my data, is this genuine, notices on and off, language."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import col

from codes.looking import looks_at
from codes.rights.keeping import destroyed_on
from store.messages import InboundMessage, OutboxMessage
from store.passes import Pass
from store.people import PersonPhone, Phone
from telephony.conversation.patients import held_at_home
from telephony.conversation.replies import Say, Several
from telephony.conversation.talk import Talk, Turn

GENUINE_FOR = timedelta(hours=24)


def my_data(talk: Talk) -> Turn:
    """What is held about the person on this telephone, how often it was looked at, and when it will be destroyed."""
    if not talk.holders:
        return Turn(Say("status_unknown"), talk.memory, "answered")
    person = talk.holders[0]
    phones = talk.work.count(select(func.count()).where(col(PersonPhone.person_id) == person.id))
    mine = col(Pass.person_id) == person.id
    kept = timedelta(days=talk.regime.retention_days)
    fields = {
        "initials": person.initials,
        "tail": person.document_tail,
        "phones": phones,
        "passes": talk.work.count(select(func.count()).where(mine)),
        "looks": talk.work.count(looks_at(person.id)),
        "destroyed_on": destroyed_on(talk.work, talk.regime, person.id) or talk.work.now + kept,
    }
    at_home = held_at_home(talk)
    reply = Several((Say("my_data", fields), at_home)) if at_home else Say("my_data", fields)
    return Turn(reply, talk.memory, "answered")


def genuine(talk: Talk) -> Turn:
    """When we texted this number in the last day: answers and notices."""
    phone_id, since = talk.meeting.phone.id, talk.work.now - GENUINE_FOR
    sent = select(col(OutboxMessage.sent_at)).where(
        col(OutboxMessage.phone_id) == phone_id, col(OutboxMessage.sent_at) >= since
    )
    answered = select(col(InboundMessage.received_at)).where(
        col(InboundMessage.phone_id) == phone_id, col(InboundMessage.received_at) >= since
    )
    moments = (row[0] for row in (*talk.work.rows(sent), *talk.work.rows(answered)))
    times = sorted({moment.replace(second=0, microsecond=0) for moment in moments}, reverse=True)
    reply = Say("genuine", {"times": times}) if times else Say("genuine_none")
    return Turn(reply, talk.memory, "answered")


def stop(talk: Talk) -> Turn:
    """No more notices; what somebody asks is still answered."""
    _change(talk, stopped_at=talk.work.now)
    return Turn(Say("stopped"), talk.memory, "answered")


def start(talk: Talk) -> Turn:
    """Notices again."""
    _change(talk, stopped_at=None)
    return Turn(Say("started"), talk.memory, "answered")


def flag(talk: Talk) -> None:
    """Notes that texts from this number may be forged."""
    _change(talk, flagged_at=talk.work.now)
    talk.work.audit(talk.actor, "phone.flagged", talk.meeting.phone.id)


def speak(talk: Talk, language: str, *, chosen: bool) -> None:
    """Notes the language to answer in: asked for, or the one the last text was in."""
    _change(talk, language=language, language_chosen=chosen)


def _change(talk: Talk, **values: Any) -> None:
    talk.work.run(update(Phone).where(col(Phone.id) == talk.meeting.phone.id), **values)
