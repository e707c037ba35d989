"""Citizens on the pages: a code is texted to them, they answer a question a page, and the pass stands there."""

import re
import time
from dataclasses import dataclass

from development.demo.browser import Browser, NoForm
from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.order import REVIEWED
from development.demo.people import Citizen
from development.demo.sayings import PURPOSES
from development.demo.stage import CLOSES, OPENS, Story
from development.demo.streets import Streets

_LOOKS, _BETWEEN_LOOKS_S = 20, 0.5
_DIGITS = re.compile(r"\b\d{8}\b")
_ASKS_A_PERSON = 0.2
"""Of those on the pages: for another reason, which a person decides."""
_HAS_A_PAPER = 0.6
_AFTERWARDS = {"share": 15, "extend": 15, "text": 15, "cancel": 10, "nothing": 45}
_REASONS = ("к маме, она больна", "забрать документы из архива", "встретить сестру на вокзале", "собеседование")


@dataclass(frozen=True, slots=True)
class Surfer:
    """Somebody at a browser with their telephone beside it."""

    browser: Browser
    carrier: Carrier
    who: Citizen

    def asks_for_code(self) -> str:
        """Types the number."""
        self.browser.opens("/apply")
        return self._sends("/enter", number=self.who.number)

    def signs_in(self) -> str:
        """Types the code that was texted, as soon as it is there."""
        for _ in range(_LOOKS):
            if code := _DIGITS.search(self.carrier.newest(self.who.number)):
                return self._sends("/enter/code", code=code[0])
            time.sleep(_BETWEEN_LOOKS_S)
        return ""

    def applies(self, purpose: int, reason: str) -> str:
        """Answers every question; the page of the pass, or of the refusal."""
        answers = {
            "/document": {"document": self.who.spaced_document},
            "/reason": {"reason": reason},
            "/more": {},
            "/time": {},
        }
        self._sends("/apply", choice=str(purpose))
        for step, said in answers.items():
            if self.browser.url.endswith(step):
                self._sends(step, **said)
        return self._sends("/check")

    def does(self, what: str) -> str:
        """Something with the pass on the page; nothing where there is none."""
        where = {"share": "/share", "cancel": "/cancel"}.get(what)
        mine = self.browser.url.partition("?")[0]
        if "/passes/" not in mine or what == "nothing":
            return ""
        if where:
            self.browser.opens(mine + where)
        return self._sends(f"/{what}", lasting="day")

    def _sends(self, action: str, **typed: str) -> str:
        try:
            return self.browser.sends(action, 0, **typed)
        except NoForm:  # refused, signed out, or nobody answered
            return ""


def surfers_day(streets: Streets, address: str, who: Citizen, chance: Chance) -> Story:
    """A pass on the pages at `address`, and what one does with it."""
    surfer = Surfer(Browser(address), streets.carrier, who)
    yield streets.does(chance.uniform(0, CLOSES - OPENS - 120), surfer.asks_for_code)
    yield streets.does(2, surfer.signs_in)
    purpose = REVIEWED if chance.once(_ASKS_A_PERSON) else chance.weighed(PURPOSES)
    reason = chance.choice(_REASONS)
    streets.carried((yield streets.does(4, lambda: surfer.applies(purpose, reason))))
    if purpose == REVIEWED and chance.once(_HAS_A_PAPER):
        yield streets.does(6, lambda: streets.office.hand_in_paper(who))
    afterwards = chance.weighed(_AFTERWARDS)
    yield streets.does(chance.uniform(5, 60), lambda: surfer.does(afterwards))
