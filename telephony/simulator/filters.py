"""Which messages and calls a list asks for: To, From, DateSent, ``DateSent>`` and ``DateSent<``.

Source: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from telephony.simulator.call_records import Call
from telephony.simulator.dialling import same_phone
from telephony.simulator.errors import RefusedError
from telephony.simulator.records import Message

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_EVER: Final = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def message_filter(query: Mapping[str, str]) -> Callable[[Message], bool]:
    """Whether a message passes all filters of a query. Raises :class:`RefusedError` 20001 when a date is none."""
    to, sender = query.get("To"), query.get("From")
    since, until = _span(query, "DateSent")

    def passes(message: Message) -> bool:
        return (
            (not to or same_phone(message.recipient, to))
            and (not sender or same_phone(message.sender, sender))
            and since <= (message.sent or message.created) < until
        )

    return passes


def call_filter(query: Mapping[str, str]) -> Callable[[Call], bool]:
    """Whether a call passes all filters of a query: To, From, Status, ParentCallSid, StartTime with ``<`` and ``>``."""
    to, sender, status, parent = (query.get(name) for name in ("To", "From", "Status", "ParentCallSid"))
    since, until = _span(query, "StartTime")

    def passes(call: Call) -> bool:
        return (
            (not to or same_phone(call.recipient, to))
            and (not sender or same_phone(call.sender, sender))
            and status in {None, "", call.status.value}
            and parent in {None, "", call.parent_sid}
            and since <= call.created < until
        )

    return passes


def _span(query: Mapping[str, str], name: str) -> tuple[datetime, datetime]:
    """From when, inclusive, and until when, exclusive; a date alone means its whole day, as far as it matters."""
    on, since, until = (query.get(name + sign, "") for sign in ("", ">", "<"))
    if on:
        day = _moment(name, on[:10])
        return day, day + _DAY
    start = _moment(name, since) if since else _EVER[0]
    end = _moment(name, until) + (_DAY if len(until) == len("2026-11-23") else _SECOND) if until else _EVER[1]
    return start, end


def _moment(name: str, text: str) -> datetime:
    """Midnight for a date alone; times without a zone are UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RefusedError(20001, name) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
