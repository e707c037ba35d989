"""What everybody in the town shares: telephones, desks, chance, and the codes that are carried through the streets."""

import re
from collections import deque
from dataclasses import dataclass, field
from functools import partial

from codes.code import ALPHABET, draw_code, show_code
from codes.regime import CodeShape
from development.demo.callers import Caller, Talk
from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.lines import Lines
from development.demo.office import Office
from development.demo.people import Citizen
from development.demo.sayings import Sayings
from development.demo.stage import Act, Step
from store.work import system_clock

_CODE = re.compile(rf"\b[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}}){{2}}\b")
_FRESH = 60


@dataclass(frozen=True, slots=True)
class Streets:
    """The town by day."""

    carrier: Carrier
    office: Office
    chance: Chance
    shape: CodeShape
    passes: deque[str] = field(default_factory=lambda: deque(maxlen=_FRESH))
    """Codes issued lately."""
    over: list[str] = field(default_factory=list)
    """Codes of passes that ran out."""
    lines: Lines = field(default_factory=Lines)
    """Who is on the telephone."""

    def says(self, after: float, number: str, body: str) -> Step:
        """A text to the service, so many minutes later."""
        return Step(after, lambda: self.carrier.text(number, body))

    def calls(self, after: float, who: Citizen, talk: Talk) -> Step:
        """A call to the service, which begins so many minutes later; the answer is empty where all lines are taken.

        Its dice are its own: who talks longer changes nobody's day.
        """
        caller = Caller(self.carrier, self.lines, Chance(self.chance.getrandbits(32)), who, self.office.is_yours)
        return Step(after, lambda: self.lines.begin(partial(talk, caller)))

    def reads(self, after: float, who: Citizen) -> Step:
        """A look at the text that came last, so many minutes later."""
        return Step(after, lambda: self.carrier.newest(who.number))

    def does(self, after: float, act: Act) -> Step:
        """Something at a desk, so many minutes later."""
        return Step(after, act)

    def writes(self, after: float, who: Citizen, sayings: Sayings, **values: str) -> Step:
        """A text in the citizen's language, with the values in their places."""
        wording = self.chance.choice(sayings[who.language])
        known = {"name": who.name, "document": who.document, "spaced": who.spaced_document, "address": who.address}
        return self.says(after, who.number, wording.format(**{**known, **values}))

    def carried(self, answer: str) -> str:
        """The code in an answer, from now on carried about; empty where there is none."""
        code = code_in(answer)
        if code and code not in self.passes:
            self.passes.append(code)
        return code

    def unknown_code(self) -> str:
        """A code that is well formed and that nobody has."""
        return show_code(draw_code(self.shape, system_clock().date(), self.chance), self.shape)

    def misspelt(self, text: str) -> str:
        """The text with one slip of the finger: two letters swapped, one lost or one double."""
        place = self.chance.randrange(len(text) - 1)
        one, two = text[place], text[place + 1]
        slip = self.chance.choice((two + one, one, one + two + two))
        return text[:place] + slip + text[place + 2 :]

    def miscopied(self, code: str) -> str:
        """The code with one sign wrong."""
        place = self.chance.choice([place for place, sign in enumerate(code) if sign != "-"])
        wrong = self.chance.choice([sign for sign in ALPHABET if sign != code[place]])
        return code[:place] + wrong + code[place + 1 :]


def code_in(answer: str) -> str:
    """The first code in an answer, or nothing."""
    found = _CODE.search(answer)
    return found.group() if found else ""
