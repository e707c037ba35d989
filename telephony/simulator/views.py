"""How texts, handsets and debugger entries look to the browser page and the control API (JSON-able)."""

from typing import Any

from telephony.simulator.records import DebugEntry, HandsetCard, Message
from telephony.simulator.segments import price_of


def message_view(message: Message) -> dict[str, Any]:
    """One text: ``way`` is ``in`` for what the phone sent; times are ISO 8601; ``price`` in US dollars, positive."""
    return {
        "sid": message.sid,
        "way": "in" if message.direction == "inbound" else "out",
        "phone": message.phone,
        "from": message.sender,
        "to": message.recipient,
        "body": message.body,
        "status": message.status.value,
        "at": message.created.isoformat(),
        "segments": message.segments,
        "price": price_of(message.segments).lstrip("-"),
        "error_code": message.error_code,
        "answered": message.answered,
        "gloss": message.gloss,
    }


def handset_view(card: HandsetCard) -> dict[str, str]:
    """One phone of the page."""
    return {"number": card.number, "label": card.label, "name": card.name}


def debug_view(entry: DebugEntry) -> dict[str, Any]:
    """One line of the debugger log."""
    return {
        "sid": entry.sid,
        "at": entry.at.isoformat(),
        "level": entry.level,
        "code": entry.code,
        "words": entry.words,
        "detail": entry.detail,
        "url": entry.url,
        "message_sid": entry.message_sid,
    }
