"""Agents of the call centre, at the real pages of the desk, each with a telephone beside them."""

from collections.abc import Callable
from dataclasses import dataclass

from development.demo.accounts import PASSWORD, code_at
from development.demo.attending import Attending
from development.demo.browser import Browser, NoForm
from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.lines import Lines
from development.demo.telephones import is_ringing
from store.work import system_clock

_LOOKS_EVERY_S = 1.0
_TRIES_AGAIN_S = 15.0
"""Signing in: each code works once, so that the next try needs a new one."""


@dataclass(frozen=True, slots=True)
class AgentAtDesk:
    """One agent; takes a break as long as `relieved` says so."""

    name: str
    number: str
    browser: Browser
    carrier: Carrier
    chance: Chance
    relieved: Callable[[], bool]
    lines: Lines

    def works(self) -> None:
        """Signs in, takes calls until the day is over, and leaves the desk."""
        while not self.lines.over.is_set() and not self._signs_in():
            self.lines.over.wait(_TRIES_AGAIN_S)
        while not self.lines.over.wait(_LOOKS_EVERY_S):
            self._looks()
        self._sends("/desk/away")

    def _signs_in(self) -> bool:
        self.browser.opens("/sign-in")
        try:
            self.browser.sends("/sign-in", name=self.name, password=PASSWORD, code=code_at(system_clock()))
        except NoForm:
            return False
        return not self.browser.has("/sign-in")

    def _looks(self) -> None:
        call = self.browser.led_to("/desk/state")
        if "/desk/calls/" in call:
            self._attends(call)
        elif self.relieved():
            self._sends("/desk/away")
        elif not self._answers():
            self._sends("/desk/available", my_number=self.number)

    def _answers(self) -> bool:
        """Picks the telephone up when it rings; whether it did."""
        view = self.carrier.call_at(self.number)
        if not is_ringing(view):
            return False
        self.lines.pause(self.chance.uniform(1, 3))
        self.carrier.act(str(view["sid"]), "answer")
        return True

    def _attends(self, call: str) -> None:
        self.carrier.told.update(["attended"])
        leg = str(self.carrier.call_at(self.number).get("sid", ""))
        Attending(self.name, self.browser, self.carrier, leg, self.chance, self.lines).serves(call)

    def _sends(self, action: str, **typed: str) -> None:
        """A form of the desk, where it is there: who is available already finds none to say so."""
        self.browser.opens("/desk")
        if self.browser.has(action):
            self.browser.sends(action, 0, **typed)
