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
_AVAILABLE, _LEAVE, _FREE = "/desk/available", "/desk/away", "/desk/free"


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
        self._leaves(_LEAVE)

    def _signs_in(self) -> bool:
        self.browser.opens("/sign-in")
        try:
            self.browser.sends("/sign-in", name=self.name, password=PASSWORD, code=code_at(system_clock()))
        except NoForm:
            return False
        return not self.browser.has("/sign-in")

    def _looks(self) -> None:
        call, part = self.browser.asks("/desk/state")
        if "/desk/calls/" in call:
            self._attends(call)
        elif self.relieved():
            self._leaves(part)
        elif _LEAVE in part:
            self._answers()
        else:
            self._arrives()

    def _arrives(self) -> None:
        """Is available, whatever they find: the desk, a caller whom another has by now, or that they are signed out."""
        self.browser.opens("/desk")
        if self.browser.has("/sign-in"):
            self._signs_in()
        elif self.browser.has(_FREE):
            self.browser.sends(_FREE, stay="1")
        elif self.browser.has(_AVAILABLE):
            self.browser.sends(_AVAILABLE, my_number=self.number)

    def _leaves(self, part: str) -> None:
        if _LEAVE in part:
            self.browser.opens("/desk")
            if self.browser.has(_LEAVE):
                self.browser.sends(_LEAVE)

    def _answers(self) -> None:
        """Picks the telephone up where it rings."""
        view = self.carrier.call_at(self.number)
        if is_ringing(view):
            self.lines.pause(self.chance.uniform(1, 3))
            self.carrier.act(str(view["sid"]), "answer")

    def _attends(self, call: str) -> None:
        """Serves the caller, and notes what came of it: available again, or gone where somebody else sits down."""
        self.carrier.told.update(["attended"])
        leg = str(self.carrier.call_at(self.number).get("sid", ""))
        outcome = Attending(self.name, self.browser, self.carrier, leg, self.chance, self.lines).serves(call)
        stays = {} if self.relieved() else {"stay": "1"}
        self.browser.opens(f"{call}/wrap-up")
        if self.browser.has("/wrap-up"):
            self.browser.sends("/wrap-up", 0, wrap_outcome=outcome, wrap_note="", **stays)
