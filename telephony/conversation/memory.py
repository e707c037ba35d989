"""What is remembered between two texts: the open dialogue, the steps back, the page of the rules that was read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from codes.fields import Field
from language.intents import Aim, Ask, Asked, Dialogue
from store import Work
from store.dialogues import FORGET, KEEP
from store.phones import Telephone

LIFE = timedelta(minutes=30)
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one telephone. `page` is the page of the rules last read: its purpose (None: all) and number."""

    dialogue: Dialogue | None = None
    steps: tuple[Dialogue, ...] = ()
    page: tuple[int | None, int] | None = None

    def asking(self, dialogue: Dialogue) -> "Memory":
        """With a new question, the last one kept as a step back."""
        taken = () if self.dialogue is None or self.dialogue.asking == dialogue.asking else (self.dialogue,)
        return replace(self, dialogue=dialogue, steps=(*self.steps, *taken)[-_STEPS:])

    def done(self) -> "Memory":
        """With no question open."""
        return replace(self, dialogue=None, steps=())


NOTHING = Memory()


def recall(phone: Telephone, sealed: bytes | None, order: int) -> Memory:
    """What was remembered, from its row; `order` is the version of the regime in force now."""
    if sealed is None:
        return NOTHING
    return from_plain(json.loads(phone.key.open(f"dialogue.state.{phone.id}", sealed)), order)


def from_plain(state: Mapping[str, Any], order: int) -> Memory:
    """What `to_plain` made, back; `order` is the version of the regime in force now."""
    page = state["page"]
    steps = tuple(_dialogue(step) for step in state["steps"])
    dialogue = _dialogue(state["dialogue"]) if state["dialogue"] else None
    memory = Memory(dialogue, steps, (page[0], page[1]) if page else None)
    return memory if state.get("order", order) == order else _under_another_order(memory)


def _under_another_order(memory: Memory) -> Memory:
    """Without numbers of purposes: the same ones mean something else now."""
    if memory.dialogue is None:
        return NOTHING
    asking = Ask.PURPOSE if isinstance(memory.dialogue.asking, Ask) else memory.dialogue.asking
    return Memory(replace(memory.dialogue, purpose=None, asking=asking, options=()))


def remember(work: Work, phone: Telephone, memory: Memory, before: Memory, order: int) -> None:
    """Writes what changed; an open dialogue lives on for `LIFE` from its last text. `order` as in `recall`."""
    if memory == NOTHING:
        if before != NOTHING:
            work.later(FORGET, key=phone.id)
        return
    state = json.dumps(to_plain(memory, order), ensure_ascii=False)
    sealed = phone.key.seal(f"dialogue.state.{phone.id}", state)
    work.later(KEEP, key=phone.id, state_sealed=sealed, expires_at=work.now + LIFE)


def to_plain(memory: Memory, order: int) -> dict[str, Any]:
    """As JSON can hold it. `order` is the version of the regime whose purposes the numbers mean."""
    steps = [_plain(step) for step in memory.steps]
    dialogue = _plain(memory.dialogue) if memory.dialogue else None
    return {"dialogue": dialogue, "steps": steps, "page": memory.page, "order": order}


def _plain(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "aim": dialogue.aim,
        "asking": dialogue.asking,
        "purpose": dialogue.purpose,
        "fields": dict(dialogue.fields),
        "start": dialogue.start.isoformat() if dialogue.start else None,
        "options": dialogue.options,
        "person": dialogue.person,
        "other": dialogue.other,
        "attempts": dialogue.attempts,
    }


def _asked(name: str) -> Asked:
    return next((ask for ask in Ask if ask == name), None) or Field(name)


def _dialogue(state: Mapping[str, Any]) -> Dialogue:
    return Dialogue(
        Aim(state["aim"]),
        _asked(state["asking"]),
        state["purpose"],
        {Field(name): value for name, value in state["fields"].items()},
        datetime.fromisoformat(state["start"]) if state["start"] else None,
        tuple(state["options"]),
        state["person"],
        state.get("other", ""),
        state["attempts"],
    )
