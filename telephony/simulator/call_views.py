"""How a call looks to the browser page and the control API (JSON-able)."""

from dataclasses import asdict
from typing import Any

from telephony.simulator.call_records import Call, CallDirection, Line


def call_view(call: Call) -> dict[str, Any]:
    """One call as the telephone at its end knows it; times are ISO 8601."""
    return {
        "sid": call.sid,
        "number": call.phone,
        "other": call.other,
        "direction": "outgoing" if call.direction is CallDirection.INBOUND else "incoming",
        "status": call.status.value,
        "lines": [line_view(line) for line in call.lines],
        "listening": asdict(call.listening) if call.listening else None,
        "recording": call.recording,
        "paused": call.paused,
        "queue": asdict(call.queue) if call.queue else None,
        "bridged": call.bridged,
        "began": call.created.isoformat(),
        "answered": call.answered.isoformat() if call.answered else None,
        "ended": call.ended.isoformat() if call.ended else None,
    }


def line_view(line: Line) -> dict[str, str]:
    """One line of a call."""
    return {
        "who": line.who,
        "kind": line.kind,
        "text": line.text,
        "language": line.language,
        "at": line.at.isoformat(),
    }
