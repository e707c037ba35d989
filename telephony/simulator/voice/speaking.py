"""What the caller hears: Say, Play, Pause."""

from typing import Final
from urllib.parse import urljoin

from telephony.simulator.voice.documents import onward
from telephony.simulator.voice.flow import Flow, Over, Target
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.pace import seconds_of
from telephony.simulator.voice.verbs import Hangup, Pause, Play, Prompt, Redirect, Say

MOST_LOOPS: Final = 1000
"""What Twilio takes for 'again and again'."""
PLAY_SECONDS: Final = 4.0
"""How long a sound is taken to be: the carrier fetches none."""


def utter(leg: Leg, prompt: Prompt, page: str) -> float:
    """Begin one prompt: its text is there at once; the seconds that it takes."""
    if isinstance(prompt, Say):
        leg.hears("say", prompt.text, prompt.language)
        return seconds_of(prompt.text)
    if isinstance(prompt, Play):
        leg.hears("play", prompt.tones or urljoin(page, prompt.url))
        return len(prompt.tones) * 0.5 if prompt.tones else PLAY_SECONDS
    return float(prompt.seconds)


def rounds(leg: Leg, prompt: Prompt) -> int:
    """How often a prompt is heard; where time is held, what never ends is heard once."""
    loop = 1 if isinstance(prompt, Pause) else prompt.loop
    return loop or (1 if leg.network.held else MOST_LOOPS)


def speak(leg: Leg, prompt: Prompt, page: str) -> Flow[Target | None]:
    """A prompt that nothing interrupts but the end of the call."""
    for _ in range(rounds(leg, prompt)):
        yield from leg.passes(utter(leg, prompt, page))
    return None


def redirect(leg: Leg, verb: Redirect, page: str) -> Flow[Target | None]:
    """On to another document."""
    del leg
    yield from ()
    return onward(page, verb.url, verb.method)


def hang_up(leg: Leg, verb: Hangup, page: str) -> Flow[Target | None]:
    """The service ends the call."""
    del leg, verb, page
    yield from ()
    raise Over
