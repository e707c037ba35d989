"""What is remembered of a call between two of its steps; sealed under the call."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from store import Work
from store.dialogues import KEEP
from store.phones import Telephone
from telephony.conversation.memory import NOTHING, Memory, from_plain, to_plain
from telephony.voice.documents import Prompt

LIFE = timedelta(hours=1)
PURPOSE = "purpose"
"""The name of a wish for a pass, whose text is the purpose's number."""


class Expect(StrEnum):
    """What the next thing keyed or said answers."""

    MENU = "menu"
    SERVICES = "services"
    TAIL = "tail"
    QUESTION = "question"
    READ_BACK = "read_back"
    RESULT = "result"
    RULES = "rules"
    RULES_WHICH = "rules_which"
    LANGUAGE = "language"
    APPEAL = "appeal"
    CHECK = "check"
    PIN = "pin"
    LOOK = "look"
    PRESENCE_NUMBER = "presence_number"
    PRESENCE_LINK = "presence_link"
    NOTICE_PROOF = "notice_proof"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants, until they proved who they are: a command's or service's name, or what was said."""

    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CallState:
    """Of one call."""

    expect: Expect = Expect.MENU
    memory: Memory = NOTHING
    again: tuple[Prompt, ...] = ()
    """What was said last, to be said again."""
    proved: bool = False
    unproved: bool = False
    """The caller can't or won't prove who they are: answers go out as texts."""
    spent: bool = False
    """And there were too many wrong tries today."""
    officer: bool = False
    """The PIN was keyed in this call."""
    wish: Wish | None = None
    said: str = ""
    """What is read back, as text."""
    page: int = 0
    """Of the services."""
    languages: bool = False
    """Whether a single digit chooses a language, since the languages were just offered."""
    optional: bool = False
    """Whether the open question may be left out."""
    tries: int = 0
    """Wrong numbers that were keyed to a check or before a notice."""


def recall(phone: Telephone, call_sid: str, sealed: bytes | None, order: int) -> CallState | None:
    """What was remembered; None at the call's begin. `order` is the version of the regime in force now."""
    if sealed is None:
        return None
    kept = json.loads(phone.key.open(_place(call_sid), sealed))
    return CallState(
        Expect(kept["expect"]),
        from_plain(kept["memory"], order),
        tuple(Prompt(*one) for one in kept["again"]),
        kept["proved"],
        kept["unproved"],
        kept["spent"],
        kept["officer"],
        _wish(kept, order),
        kept["said"],
        kept["page"],
        kept["languages"],
        kept["optional"],
        kept.get("tries", 0),
    )


def _wish(kept: dict[str, Any], order: int) -> Wish | None:
    """Without the number of a purpose that was keyed under another order: the same one means something else now."""
    if not kept["wish"]:
        return None
    wish = Wish(*kept["wish"])
    return Wish(PURPOSE) if wish.name == PURPOSE and kept["memory"]["order"] != order else wish


def remember(work: Work, phone: Telephone, call_sid: str, state: CallState, order: int) -> None:
    """Writes the state. `order` as in `recall`."""
    kept = json.dumps(_plain(state, order), ensure_ascii=False)
    work.later(KEEP, key=call_sid, state_sealed=phone.key.seal(_place(call_sid), kept), expires_at=work.now + LIFE)


def fresh(state: CallState, expect: Expect) -> CallState:
    """`state` with another thing expected, and nothing half said."""
    return replace(state, expect=expect, wish=None, said="", languages=False, optional=False)


def _place(call_sid: str) -> str:
    return f"dialogue.state.{call_sid}"


def _plain(state: CallState, order: int) -> dict[str, Any]:
    return {
        "expect": state.expect,
        "memory": to_plain(state.memory, order),
        "again": [(one.name, one.text, one.pause, one.language) for one in state.again],
        "proved": state.proved,
        "unproved": state.unproved,
        "spent": state.spent,
        "officer": state.officer,
        "wish": (state.wish.name, state.wish.text) if state.wish else None,
        "said": state.said,
        "page": state.page,
        "languages": state.languages,
        "optional": state.optional,
        "tries": state.tries,
    }
