"""What is listened for, by what is expected: which keys end an answer, and whether speech is one."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from codes.fields import Field
from language.examples import purpose_name
from language.intents import Ask
from monitoring.checks.calls import DIGITS
from telephony.voice.documents import Listen
from telephony.voice.scene import Scene
from telephony.voice.state import CallState, Expect

_ONE_KEY: Final = Listen(digits=1, finish="")
_KEYS_TO_HASH: Final = Listen(speech=False)
_MOST_HINTS: Final = 40
"""The recogniser takes 500; more than a page of them helps nobody."""
_SAID_ONLY: Final = frozenset({Field.NAME, Field.ADDRESS, Field.ORGANISATION, Field.CLINIC, Field.REASON})


def listen_for(scene: Scene, state: CallState) -> Listen:
    """What the next document listens for."""
    return _LISTENS[state.expect](scene, state)


def _purposes(scene: Scene, _state: CallState) -> Listen:
    """A purpose's number or a key of its own: without an ending key, so that star and hash are heard."""
    numbers = tuple(scene.regime.by_number)
    names = [purpose_name(number, scene.spoken, scene.regime) for number in numbers[:_MOST_HINTS]]
    hints = ", ".join(name.replace(",", " ") for name in names)
    return Listen(digits=len(str(max(numbers))), finish="", timeout_s=4, hints=hints)


def _question(_scene: Scene, state: CallState) -> Listen:
    dialogue = state.memory.dialogue
    if dialogue is not None and dialogue.asking is Ask.PURPOSE:
        return Listen(digits=2)
    if dialogue is not None and dialogue.asking is Ask.CONFIRM:
        return _ONE_KEY
    slow = dialogue is not None and dialogue.asking in _SAID_ONLY
    return Listen(timeout_s=7 if slow else 6)


_LISTENS: Final[Mapping[Expect, Callable[[Scene, CallState], Listen]]] = MappingProxyType(
    {
        Expect.MENU: _purposes,
        Expect.SERVICES: lambda _scene, _state: _ONE_KEY,
        Expect.TAIL: lambda _scene, _state: Listen(speech=False, digits=4, finish=""),
        Expect.QUESTION: _question,
        Expect.READ_BACK: lambda _scene, _state: _ONE_KEY,
        Expect.RESULT: lambda _scene, _state: _ONE_KEY,
        Expect.RULES: lambda _scene, _state: _ONE_KEY,
        Expect.RULES_WHICH: _purposes,
        Expect.LANGUAGE: lambda _scene, _state: _ONE_KEY,
        Expect.APPEAL: lambda _scene, _state: Listen(timeout_s=7),
        Expect.CHECK: lambda _scene, _state: Listen(timeout_s=6),
        Expect.PIN: lambda _scene, _state: _KEYS_TO_HASH,
        Expect.LOOK: lambda _scene, _state: Listen(timeout_s=8),
        Expect.PRESENCE_NUMBER: lambda _scene, _state: Listen(digits=DIGITS, timeout_s=8),
        Expect.PRESENCE_LINK: lambda _scene, _state: _ONE_KEY,
        Expect.NOTICE_PROOF: lambda _scene, _state: Listen(digits=DIGITS, finish="", timeout_s=8),
        Expect.NOTICE: lambda _scene, _state: Listen(digits=1, finish="", timeout_s=8),
    }
)
