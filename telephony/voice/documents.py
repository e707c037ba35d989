"""What is said and listened for, as the carrier's XML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from twilio.twiml.voice_response import Dial, Enqueue, Gather, VoiceResponse

from language.speaking import SPOKEN
from language.templates import placeholders
from telephony.twiml import printable
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
        query = urlencode({"step": self.step, "attempt": self.attempt, "language": self.language})
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
        gather = Gather(
            input="dtmf speech" if listen.speech else "dtmf",
            action=line.address("step"),
            timeout=listen.timeout_s,
            finish_on_key=listen.finish,
            action_on_empty_result=True,
            **_speech(listen, self._wanted),
            **({"num_digits": listen.digits} if listen.digits else {}),
        )
        self._say(gather, prompts)
        response = VoiceResponse()
        response.append(gather)
        response.redirect(line.address("step"))  # a carrier that falls through comes here
        return str(response)

    def end(self, prompts: Sequence[Prompt]) -> str:
        """Says `prompts` and hangs up."""
        response = VoiceResponse()
        self._say(response, prompts)
        response.hangup()
        return str(response)

    def transfer(self, prompts: Sequence[Prompt], line: Line) -> str:
        """Says `prompts` and puts the caller into the line for an agent."""
        response = VoiceResponse()
        self._say(response, prompts)
        response.append(Enqueue(LINE, action=line.address("left"), wait_url=line.address("waiting")))
        return str(response)

    def wait(self, prompts: Sequence[Prompt], line: Line) -> str:
        """What is heard in the line, again and again; a key is listened for."""
        response = VoiceResponse()
        gather = Gather(input="dtmf", num_digits=1, timeout=BREATH_S, finish_on_key="", action=line.address("key"))
        self._say(gather, prompts)
        response.append(gather)
        return str(response)

    def leave(self, prompts: Sequence[Prompt]) -> str:
        """Says `prompts` and takes the caller out of the line."""
        response = VoiceResponse()
        self._say(response, prompts)
        response.leave()
        return str(response)

    def say(self, prompts: Sequence[Prompt]) -> str:
        """Says `prompts`, and the carrier goes on as it would."""
        response = VoiceResponse()
        self._say(response, prompts)
        return str(response)

    def join(self, prompts: Sequence[Prompt]) -> str:
        """On an agent's leg: says `prompts`, and joins it with who waits longest, recorded on both sides apart."""
        base = f"{self._public_url}/telephony"
        dial = Dial(
            action=f"{base}/voice/agent/left",
            timeout=RING_S,
            record="record-from-answer-dual",
            recording_status_callback=f"{base}/recording",
            recording_status_callback_event="completed",
        )
        dial.queue(LINE, url=f"{base}/voice/announce?language={self._wanted}")
        response = VoiceResponse()
        self._say(response, prompts)
        response.append(dial)
        return str(response)

    def _say(self, verb: Any, prompts: Sequence[Prompt]) -> None:
        for prompt in prompts:
            if self._is_recorded(prompt.name):
                verb.play(f"{self._public_url}/telephony/voice/prompts/{self._wanted}/{prompt.name}")
            else:
                spoken = prompt.language or self._spoken
                verb.say(printable(prompt.text), voice=self._voices.voice(spoken), language=RECOGNISED[spoken])
            if prompt.pause:
                verb.pause(length=prompt.pause)

    def _is_recorded(self, name: str) -> bool:
        whole = name in SPOKEN and not placeholders(SPOKEN[name].text)
        return whole and self._voices.recorded(self._wanted, name)


def _speech(listen: Listen, language: str) -> dict[str, Any]:
    if not listen.speech:
        return {}
    hints = {"hints": printable(listen.hints)} if listen.hints else {}
    return {"speech_timeout": "auto", "language": RECOGNISED[language], **hints}
