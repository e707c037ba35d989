"""The attributes of one element, with what is wrong about them noted as Twilio's numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from telephony.simulator.voice.verbs import Callback

KNOWN: Final[dict[str, frozenset[str]]] = {
    verb: frozenset(names.split())
    for verb, names in {
        "Say": "voice language loop",
        "Play": "loop digits",
        "Pause": "length",
        "Gather": "input action method timeout speechTimeout maxSpeechTime profanityFilter finishOnKey numDigits "
        "language hints bargeIn actionOnEmptyResult speechModel partialResultCallback partialResultCallbackMethod",
        "Dial": "action method timeout hangupOnStar timeLimit callerId record trim recordingStatusCallback sequential "
        "recordingStatusCallbackMethod recordingStatusCallbackEvent answerOnBridge ringTone recordingTrack callReason",
        "Enqueue": "action method waitUrl waitUrlMethod workflowSid maxQueueSize",
        "Leave": "",
        "Record": "action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback "
        "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent",
        "Redirect": "method",
        "Reject": "reason",
        "Hangup": "",
    }.items()
}
"""What each verb may carry."""


@dataclass(frozen=True)
class Attributes:
    """One element's attributes; ``warnings`` is the list that grows."""

    element: ET.Element
    warnings: list[tuple[int, str]]

    @property
    def content(self) -> str:
        """The text before any child, without space around it."""
        return (self.element.text or "").strip()

    def warn(self, code: int, about: str) -> None:
        """Note what is wrong."""
        self.warnings.append((code, f"<{self.element.tag}> {about}" if "<" not in about else about))

    def warn_of_strangers(self, known: Collection[str]) -> None:
        """Note attributes that the verb doesn't have."""
        for name in set(self.element.keys()) - set(known):
            self.warn(12200, f"has no attribute {name}")

    def text(self, name: str, default: str) -> str:
        """As it is written."""
        return self.element.get(name, default).strip()

    def whole(self, name: str, default: int | None, code: int, least: int = 1) -> int | None:
        """A whole number of at least ``least``."""
        text = self.element.get(name)
        if text is None:
            return default
        if text.isascii() and text.isdigit() and int(text) >= least:
            return int(text)
        self.warn(code, f"{name}={text!r}")
        return default

    def timeout(self, default: int, code: int) -> int:
        """Seconds to wait; ``auto`` is the default."""
        if self.element.get("timeout") == "auto":
            return default
        return self.whole("timeout", default, code) or default

    def one_of(self, name: str, allowed: Collection[str], default: str, code: int) -> str:
        """One of some words."""
        text = self.element.get(name, default)
        if text in allowed:
            return text
        self.warn(code, f"{name}={text!r}")
        return default

    def words(self, name: str, allowed: set[str], default: set[str], code: int) -> set[str]:
        """Several words, divided by spaces."""
        found = set(self.element.get(name, "").split()) or default
        if found <= allowed:
            return found
        self.warn(code, f"{name}={self.element.get(name)!r}")
        return default

    def flag(self, name: str, default: bool, code: int) -> bool:
        """``true`` or ``false``."""
        return self.one_of(name, {"true", "false"}, str(default).lower(), code) == "true"

    def method(self, name: str, code: int) -> str:
        """GET or POST."""
        return self.one_of(name, {"GET", "POST", "get", "post"}, "POST", code).upper()

    def callback(self, name: str) -> Callback:
        """The three attributes that say where, how and of what to be told."""
        events = frozenset(self.element.get(f"{name}Event", "completed").replace(",", " ").split())
        return Callback(self.text(name, ""), self.method(f"{name}Method", 12200), events)
