"""What several stories of calls look at."""

from sqlalchemy import select
from sqlmodel import col

from store import Store
from store.passes import Pass
from store.staff import Agent
from telephony.simulator.carrier import Handset
from telephony.simulator.voice.phoning import PhoneCall

ASKED, TAIL, ISSUED = "Скажите, куда вам нужно", "последние четыре цифры", "Пропуск выдан"
CODE_WORDS = ("Анна", "Елена", "Константин", "Михаил", "Николай", "Роман", "Семён", "Татьяна", "Ульяна", "Харитон")


def spelled(call: PhoneCall) -> list[str]:
    """The groups of the code that was heard."""
    return [line for line in call.heard if any(word in line for word in CODE_WORDS)]


def passes(store: Store) -> int:
    """How many passes there are."""
    with store.reading() as work:
        return len(work.rows(select(col(Pass.id))))


def proved(phone: Handset, purpose: str = "8#") -> PhoneCall:
    """A call in which a pass was asked for and the document's end keyed."""
    return phone.calls().presses(purpose).presses("2506")


def presence(store: Store) -> list[str]:
    """What the agents are doing."""
    with store.reading() as work:
        return [
            row.presence
            for row in work.rows(select(col(Agent.presence), col(Agent.staff_id)).order_by(col(Agent.staff_id)))
        ]
