"""One turn of a conversation: who says it, what is remembered, and how questions are put."""

from dataclasses import dataclass, replace

from codes.applications import BY_TEXT
from codes.claiming import Pending
from codes.fields import Field
from codes.meeting import Meeting
from codes.people import Holder
from codes.regime import Regime
from language.intents import Aim, Ask, Asked, Dialogue
from language.wording import holder as shown_holder
from store import Work
from telephony.conversation.memory import Memory
from telephony.conversation.replies import Reply, Say


@dataclass(frozen=True, slots=True)
class Talk:
    """What every turn may look at."""

    work: Work
    meeting: Meeting
    memory: Memory
    language: str
    text: str = ""
    """As it came."""
    claim: Pending | None = None
    """Who waits for this telephone's yes or no about a document, where the text can be the answer."""
    channel: str = BY_TEXT
    call_sid: str | None = None
    public_url: str = ""
    """Where pages are, for links in answers."""

    @property
    def regime(self) -> Regime:
        """The order in force."""
        return self.meeting.terms.regime

    @property
    def actor(self) -> str:
        """Who does it, for the audit."""
        return self.meeting.phone.actor

    @property
    def holders(self) -> tuple[Holder, ...]:
        """The people on this telephone."""
        return self.meeting.holders

    def holder(self, person_id: str | None) -> Holder | None:
        """The person with this id, if they are on this telephone."""
        return next((holder for holder in self.holders if holder.id == person_id), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer, what is remembered from now on, and a label for the day's figures (no word of the sender's)."""

    reply: Reply
    memory: Memory
    label: str
    language: str | None = None
    """Answer in this language instead."""


def question(talk: Talk, dialogue: Dialogue) -> Say:
    """What is asked."""
    asking = dialogue.asking
    match asking:
        case Ask.PURPOSE if dialogue.options:
            return Say("ask_which_purpose", {"options": dialogue.options})
        case Ask.PURPOSE:
            return Say("ask_purpose")
        case Ask.PERSON if dialogue.aim is Aim.WITHDRAW:
            return Say("withdraw_whose", {"options": dialogue.options})
        case Ask.PERSON if dialogue.options:
            return Say("ask_person", {"options": dialogue.options})
        case Ask.PERSON:
            return Say(f"ask_other_{_known_by(talk.regime, dialogue)}")
        case Ask.CONFIRM if dialogue.aim is Aim.WITHDRAW:
            return Say("withdraw_sure")
        case Ask.CONFIRM:
            return Say("document_claimed", {"tail": "", "consent": ""})  # in fact a notice asks it, never a dialogue
        case Ask.TIME:
            return Say("ask_time")
        case Field.NAME if dialogue.aim is Aim.DEPENDANT:
            return Say("dependant_needs")
        case Field():
            return Say(f"ask_{asking}")


def _known_by(regime: Regime, dialogue: Dialogue) -> Field:
    """What tells one person from another under the order, as far as it was not said yet."""
    wanted = (Field.DOCUMENT, Field.NAME)
    lacking = (field for field in wanted if field in regime.registration.required and field not in dialogue.fields)
    return next(lacking, Field.NAME)


def ask(talk: Talk, dialogue: Dialogue) -> Turn:
    """Puts a question."""
    return Turn(question(talk, dialogue), talk.memory.asking(dialogue), f"ask.{dialogue.asking}")


def ask_for(talk: Talk, dialogue: Dialogue, asked: Asked, options: tuple[str, ...] = ()) -> Turn:
    """Puts another question of the same dialogue."""
    return ask(talk, replace(dialogue, asking=asked, options=options, attempts=0))


def names(holders: tuple[Holder, ...]) -> tuple[str, ...]:
    """People as they are offered to choose from."""
    return tuple(shown_holder(one.initials, one.document_tail) for one in holders)
