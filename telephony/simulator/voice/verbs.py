"""What a voice document can ask for, each verb with Twilio's defaults. Nothing is done here.

Source: https://www.twilio.com/docs/voice/twiml
"""

from dataclasses import dataclass, field
from typing import Final

EVERY_KEY: Final = "0123456789*#"


@dataclass(frozen=True)
class Say:
    """Words to be spoken; ``loop`` 0 means again and again."""

    text: str
    language: str = "en-US"
    loop: int = 1


@dataclass(frozen=True)
class Play:
    """A sound to be played, by its address as written; ``tones`` instead of it plays keys."""

    url: str
    loop: int = 1
    tones: str = ""


@dataclass(frozen=True)
class Pause:
    """Silence."""

    seconds: int = 1


Prompt = Say | Play | Pause


@dataclass(frozen=True)
class Gather:
    """Keys or speech of the caller; an empty ``action`` means this very document, an empty ``finish`` no such key."""

    action: str = ""
    method: str = "POST"
    keys: bool = True
    speech: bool = False
    finish: str = "#"
    digits: int | None = None
    timeout: int = 5
    language: str = "en-US"
    on_empty: bool = False
    barge_in: bool = True
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True)
class Callback:
    """Where to tell what became of a thing: ``events`` are those asked for."""

    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True)
class NumberNoun:
    """A telephone to be dialled; ``url`` is a document for whoever answers, before the two are connected."""

    number: str
    url: str = ""
    method: str = "POST"
    callback: Callback = field(default_factory=Callback)


@dataclass(frozen=True)
class QueueNoun:
    """A queue to take the first caller from; ``url`` is a document for that caller before the two are connected."""

    name: str
    url: str = ""
    method: str = "POST"


@dataclass(frozen=True)
class Dial:
    """Connect the caller; without ``action`` the document goes on afterwards. ``record`` is Twilio's word."""

    nouns: tuple[NumberNoun | QueueNoun, ...] = ()
    action: str = ""
    method: str = "POST"
    timeout: int = 30
    time_limit: int | None = None
    caller_id: str = ""
    record: str = "do-not-record"
    callback: Callback = field(default_factory=Callback)
    star_ends: bool = False


@dataclass(frozen=True)
class Enqueue:
    """Wait in a queue; ``wait_url`` None is Twilio's own music, an empty one silence."""

    name: str
    action: str = ""
    method: str = "POST"
    wait_url: str | None = None
    wait_method: str = "POST"


@dataclass(frozen=True)
class Leave:
    """Out of the queue, on with the document that put the caller there."""


@dataclass(frozen=True)
class Record:
    """The caller's voice until a key, a silence or the longest time."""

    action: str = ""
    method: str = "POST"
    timeout: int = 5
    finish: str = EVERY_KEY
    longest: int = 3600
    beep: bool = True
    callback: Callback = field(default_factory=Callback)


@dataclass(frozen=True)
class Redirect:
    """Leave this document for another; an empty ``url`` is this one again."""

    url: str
    method: str = "POST"


@dataclass(frozen=True)
class Reject:
    """Don't answer: ``busy`` or ``rejected``."""

    reason: str = "rejected"


@dataclass(frozen=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True)
class Unknown:
    """A verb that calls don't have, or that this carrier doesn't know."""

    name: str


Verb = Say | Play | Pause | Gather | Dial | Enqueue | Leave | Record | Redirect | Reject | Hangup | Unknown


@dataclass(frozen=True)
class Document:
    """The verbs of an answer in their order; ``warnings`` are Twilio's numbers with what they are about."""

    verbs: tuple[Verb, ...] = ()
    warnings: tuple[tuple[int, str], ...] = ()
