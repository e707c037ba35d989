"""One caller at the desk: asked who they are, given a pass, read the code, noted."""

import re

from development.demo import phrases
from development.demo.browser import Browser, NoForm
from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.lines import Lines
from development.demo.telephones import TownCall

_SPEAKS = re.compile(r'desk-language">[^<]*: ([^<]+)<')
_LANGUAGES = {"Russian": "ru", "Tatar": "tt", "English": "en"}
_WORDS = re.compile(r'<p class="desk-group__words">(.*?)</p>')
_ASKS_AT_MOST = 3
_GROUPS_AT_MOST = 5
_HEARS_WITHIN_S = 15.0
_RINGS_OFF_WITHIN_S = 6.0


class Attending:
    """What an agent does in one call."""

    def __init__(self, name: str, browser: Browser, carrier: Carrier, leg: str, chance: Chance, lines: Lines) -> None:
        self._name = name
        self._browser = browser
        self._leg = TownCall(carrier, leg, lines)
        self._chance = chance
        self._language = "ru"

    def serves(self, call: str) -> str:
        """From the greeting to the end of the talk; `call` is its page. What came of it."""
        outcome = "broken_off"
        self._browser.opens(call)
        if not self._browser.has("/wrap-up"):
            try:
                outcome = self._helps()
                self._says(phrases.GOODBYE)
            except NoForm:  # the caller is gone, and what was on the page with them
                outcome = "broken_off"
            self._leg.until(lambda view: False, _RINGS_OFF_WITHIN_S)
            self._leg.hangs_up()
        return outcome

    def _helps(self) -> str:
        """The talk; what came of it."""
        found = _SPEAKS.search(self._browser.page)
        self._language = _LANGUAGES.get(found[1] if found else "", "ru")
        purpose = phrases.purpose_in(self._asks(phrases.HELLO))
        if self._browser.has("/tail"):
            self._proves()
        elif "/register" in self._browser.page:
            self._registers()
        if not self._browser.has("/issue"):
            return "not_proved"
        self._browser.sends("/issue", place=1, purpose=str(purpose))
        if not _WORDS.search(self._browser.page):
            self._says(phrases.NOT_POSSIBLE)
            return "refused"
        self._reads_out()
        return "issued"

    def _proves(self) -> None:
        for _ in range(_ASKS_AT_MOST):
            said = phrases.number_in(self._asks(phrases.ASK_TAIL))
            self._browser.sends("/tail", tail_tail=said)
            if not self._browser.has("/tail"):
                return

    def _registers(self) -> None:
        document = phrases.number_in(self._asks(phrases.ASK_DOCUMENT))
        name = self._asks(phrases.ASK_NAME)
        self._browser.opens(f"{self._browser.url.partition('?')[0]}/register")
        self._browser.sends("/register", new_document=document, new_name=name, new_address="")

    def _reads_out(self) -> None:
        """Group by group, each ticked once the caller has said it back."""
        self._says(phrases.READ_OUT)
        self._leg.hears(_RINGS_OFF_WITHIN_S)
        for place in range(_GROUPS_AT_MOST):
            groups = _WORDS.findall(self._browser.page)
            if place >= len(groups):
                return
            self._asks({self._language: groups[place].replace(" ·", ",")})
            self._browser.sends("/tick")

    def _asks(self, words: phrases.Phrases) -> str:
        """Says something, and what the caller answers."""
        self._says(words)
        return self._leg.hears(_HEARS_WITHIN_S)

    def _says(self, words: phrases.Phrases) -> None:
        self._leg.waits(self._chance.uniform(0.5, 1.5)).says(words[self._language].format(name=self._name))
