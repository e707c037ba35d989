"""One step of a call, as the carrier hands it over."""

from dataclasses import dataclass

from telephony.guard import Form
from telephony.voice.scene import Heard

_LONGEST = 400
"""Signs of what was said or keyed that are read."""
SILENCE = Heard()


@dataclass(frozen=True, slots=True)
class Webhook:
    """One step of a call as it came in: `number` is the caller's, as the carrier writes it."""

    call_sid: str
    number: str
    direction: str
    step: int = 0
    attempt: int = 0
    language: str = ""
    heard: Heard = SILENCE
    message_id: str = ""
    """Of the call back that this call is."""
    since: float = 0.0


def read_webhook(form: Form, query: Form, since: float) -> Webhook:
    """A signed form with what its address says; it came in at `since`."""
    outward = form.get("Direction", "").startswith("outbound")
    heard = Heard(form.get("Digits", "")[:_LONGEST], form.get("SpeechResult", "").strip()[:_LONGEST])
    return Webhook(
        form.get("CallSid", ""),
        form.get("To" if outward else "From", ""),
        "out" if outward else "in",
        _number(query.get("step", "")),
        _number(query.get("attempt", "")),
        query.get("language", ""),
        heard,
        query.get("message", ""),
        since,
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0
