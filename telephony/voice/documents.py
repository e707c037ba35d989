"""What is said and listened for, as the carrier's XML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from language.speaking import SPOKEN
from language.templates import placeholders
from telephony.twiml import printable, response, said, verb
from telephony.voice.voices import RECOGNISED, Voices

LINE: Final = "callers"
"""The carrier's queue of those who wait for an agent."""
RING_S: Final = 10
"""So long an agent's leg waits for the caller it was rung for."""
BREATH_S: Final = 10
"""Between two sayings of somebody's place in the line."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something said: its sentence's name (empty: it is made up, as a code is), its words, and seconds of silence."""

    name: str
    text: str
    pause: int = 0
    language: str = ""
    """Said in this language instead of the call's."""


@dataclass(frozen=True, slots=True)
class Listen:
    """What is listened for. `finish` empty: every key counts; `digits`: so many keys end it."""

    speech: bool = True
    digits: int | None = None
    finish: str = "#"
    timeout_s: int = 5
    hints: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Where the documents of one call lead: to `step` of the call `attempt`, in the caller's `language`."""

    public_url: str
    step: int
    attempt: int
    language: str

    def address(self, path: str) -> str:
        """The signed address of what follows."""
        query = f"step={self.step}&attempt={self.attempt}&language={self.language}"
        return f"{self.public_url}/telephony/voice/{path}?{query}"


class Speaker:
    """Puts prompts into documents: said by a voice, or played where somebody recorded them."""

    def __init__(self, voices: Voices, public_url: str, spoken: str, wanted: str) -> None:
        """`wanted` is the caller's language; `spoken` the one with a voice in which the prompts are."""
        self._voices = voices
        self._public_url = public_url
        self._spoken = spoken
        self._wanted = wanted

    def ask(self, prompts: Sequence[Prompt], listen: Listen, line: Line) -> str:
        """Says `prompts` while listening; silence, too, goes on to the next step."""
        following = line.address("step")
        gather = verb(
            "Gather",
            *self._said(prompts),
            input="dtmf speech" if listen.speech else "dtmf",
            action=following,
            timeout=listen.timeout_s,
            finishOnKey=listen.finish,
            actionOnEmptyResult="true",
            numDigits=listen.digits,
            **_speech(listen, self._wanted),
        )
        return response(gather, verb("Redirect", said(following)))  # a carrier that falls through goes on too

    def end(self, prompts: Sequence[Prompt]) -> str:
        """Says `prompts` and hangs up."""
        return response(*self._said(prompts), verb("Hangup"))

    def transfer(self, prompts: Sequence[Prompt], line: Line) -> str:
        """Says `prompts` and puts the caller into the line for an agent."""
        enqueue = verb("Enqueue", LINE, action=line.address("left"), waitUrl=line.address("waiting"))
        return response(*self._said(prompts), enqueue)

    def wait(self, prompts: Sequence[Prompt], line: Line) -> str:
        """What is heard in the line, again and again; a key is listened for."""
        return response(
            verb(
                "Gather",
                *self._said(prompts),
                input="dtmf",
                numDigits=1,
                timeout=BREATH_S,
                finishOnKey="",
                action=line.address("key"),
            )
        )

    def leave(self, prompts: Sequence[Prompt]) -> str:
        """Says `prompts` and takes the caller out of the line."""
        return response(*self._said(prompts), verb("Leave"))

    def say(self, prompts: Sequence[Prompt]) -> str:
        """Says `prompts`, and the carrier goes on as it would."""
        return response(*self._said(prompts))

    def join(self, prompts: Sequence[Prompt]) -> str:
        """On an agent's leg: says `prompts`, and joins it with who waits longest, recorded on both sides apart."""
        base = f"{self._public_url}/telephony"
        dial = verb(
            "Dial",
            verb("Queue", LINE, url=f"{base}/voice/announce?language={self._wanted}"),
            action=f"{base}/voice/agent/left",
            timeout=RING_S,
            record="record-from-answer-dual",
            recordingStatusCallback=f"{base}/recording",
            recordingStatusCallbackEvent="completed",
        )
        return response(*self._said(prompts), dial)

    def _said(self, prompts: Sequence[Prompt]) -> Iterator[str]:
        for prompt in prompts:
            if self._is_recorded(prompt.name):
                yield verb("Play", said(f"{self._public_url}/telephony/voice/prompts/{self._wanted}/{prompt.name}"))
            else:
                spoken = prompt.language or self._spoken
                yield verb("Say", said(prompt.text), voice=self._voices.voice(spoken), language=RECOGNISED[spoken])
            if prompt.pause:
                yield verb("Pause", length=prompt.pause)

    def _is_recorded(self, name: str) -> bool:
        recorded = bool(name) and self._voices.recorded(self._wanted, name)
        return recorded and name in SPOKEN and not placeholders(SPOKEN[name].text)


def _speech(listen: Listen, language: str) -> dict[str, str]:
    if not listen.speech:
        return {}
    hints = {"hints": printable(listen.hints)} if listen.hints else {}
    return {"speechTimeout": "auto", "language": RECOGNISED[language], **hints}
