"""What a step of a call looks at, and what it comes to."""

from dataclasses import dataclass, field, replace
from typing import Any

from codes.applications import BY_VOICE
from codes.desk.calling import Wanted
from codes.meeting import Meeting
from codes.regime import Regime
from language.at_home import Tell
from language.intents import Intent, Request, Unclear
from language.speaking import speak, speak_whole
from language.understanding import understand
from store import Work
from telephony.conversation.memory import Memory
from telephony.conversation.talk import Talk
from telephony.voice.documents import Prompt
from telephony.voice.state import CallState, Expect
from telephony.voice.voices import Voices


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in: keys, or what the recogniser made of speech; neither is silence."""

    keys: str = ""
    speech: str = ""

    @property
    def silent(self) -> bool:
        """Whether nothing was keyed or said."""
        return not (self.keys or self.speech)

    @property
    def number(self) -> str:
        """The keys without the hash at their end."""
        return self.keys.rstrip("#")


@dataclass(frozen=True, slots=True)
class Scene:
    """A step of a call: who is on the line, what was remembered, in which language they hear (`spoken`) and read."""

    work: Work
    meeting: Meeting
    call_sid: str
    language: str
    spoken: str
    voices: Voices
    state: CallState = field(default_factory=CallState)
    public_url: str = ""
    """Where pages are, for links in texts."""

    @property
    def regime(self) -> Regime:
        """The order in force."""
        return self.meeting.terms.regime

    @property
    def actor(self) -> str:
        """Who does it, for the audit."""
        return self.meeting.phone.actor

    def say(self, name: str, **fields: Any) -> Prompt:
        """One sentence."""
        return Prompt(name, speak(name, self.spoken, self.regime, now=self.work.now, **fields))

    def offer(self, name: str, **fields: Any) -> tuple[Prompt, ...]:
        """A sentence and what it offers."""
        said = speak_whole(name, self.spoken, self.regime, now=self.work.now, **fields)
        return (Prompt(name, said[0]), *(Prompt("", one) for one in said[1:]))

    def understand(self, text: str, *, officer: bool = False) -> Intent:
        """What was said means, the open question in mind."""
        intent = self._heard_as(text, officer=officer, patient=self.meeting.patient)
        doubtful = isinstance(intent, Unclear) or (isinstance(intent, Request) and intent.purpose is None)
        if not doubtful or self.state.memory.dialogue is not None:
            return intent
        told = self._heard_as(text, officer=officer, patient=True)  # as of a patient: a number can be forged
        return told if isinstance(told, Tell) else intent

    def _heard_as(self, text: str, *, officer: bool, patient: bool) -> Intent:
        shapes, dialogue, now = self.meeting.terms.shapes, self.state.memory.dialogue, self.work.now
        said = understand(text, self.regime, dialogue, officer=officer, patient=patient, shapes=shapes, now=now)
        return said.intent

    def talk(self, text: str) -> Talk:
        """The turn as the conversation sees it."""
        memory: Memory = self.state.memory
        where = BY_VOICE, self.call_sid
        return Talk(self.work, self.meeting, memory, self.language, text, None, *where, self.public_url)

    def turned(self, **changes: Any) -> "Scene":
        """The scene with another state."""
        return replace(self, state=replace(self.state, **changes))


@dataclass(frozen=True, slots=True)
class Move:
    """What is said, and what is expected next; `heard` False: it was no help, which counts."""

    prompts: tuple[Prompt, ...]
    state: CallState
    label: str
    heard: bool = True
    transfer: Wanted | None = None
    ends: bool = False
    language: str | None = None
    """Go on in this language."""


def settle(
    scene: Scene,
    prompts: tuple[Prompt, ...],
    expect: Expect,
    label: str,
    *,
    again: tuple[Prompt, ...] | None = None,
    heard: bool = True,
    **changes: Any,
) -> Move:
    """A move that says `prompts` and expects something; `again` (all of them) is what can be heard once more."""
    state = replace(scene.state, expect=expect, again=prompts if again is None else again, **changes)
    return Move(prompts, state, label, heard=heard)
