"""Which messages a list asks for: To, From, DateSent, ``DateSent>`` and ``DateSent<``.

Source: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from telephony.simulator.dialling import same_phone
from telephony.simulator.errors import Refusal
from telephony.simulator.records import Message

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


def wanted(message: Message, query: Mapping[str, str]) -> bool:
    """Whether a message passes all filters. Raises :class:`Refusal` 20001 when a date is none."""
    return (
        same_phone(message.recipient, query.get("To") or message.recipient)
        and same_phone(message.sender, query.get("From") or message.sender)
        and _sent_within(message.sent or message.created, query)
    )


def _sent_within(moment: datetime, query: Mapping[str, str]) -> bool:
    on, since, until = (query.get(name, "") for name in ("DateSent", "DateSent>", "DateSent<"))
    return (
        (not on or _moment(on[:10]) <= moment < _moment(on[:10]) + _DAY)
        and (not since or _moment(since) <= moment)
        and (not until or moment < _moment(until) + (_DAY if len(until) == 10 else _SECOND))
    )


def _moment(text: str) -> datetime:
    """Midnight for a date alone; times without a zone are UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(20001, "DateSent") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
