"""What people do who call instead of texting: keys, words, silence, wrong digits, and a talk with an agent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from development.demo import phrases, sayings
from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.lines import Lines
from development.demo.people import Citizen
from development.demo.telephones import TownCall, is_bridged, is_over, is_ringing

_LISTENS_S = 6.0, 14.0
"""To the code, at least and at most."""
_WAITS_S = 60.0
"""In the line for an agent."""
_RUNG_WITHIN_S = 25.0
"""After hanging up at once; at night nobody is called back."""
_LONGEST = 30
"""Things an agent says in one talk."""
_LANGUAGES = ("ru", "tt", "en")
"""In the order of the keys that choose them."""
CALL_ME = "9"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a telephone in their hand."""

    carrier: Carrier
    lines: Lines
    chance: Chance
    who: Citizen
    spare_agents: Callable[[], bool]
    """Whether the line for agents is to be left to whoever tries it out."""

    def calls(self) -> TownCall:
        """Rings the service."""
        return TownCall(self.carrier, self.carrier.call(self.who.number), self.lines).waits(self.chance.uniform(1, 3))

    def hears_out(self, call: TownCall) -> None:
        """Listens to the answer and puts the telephone down."""
        call.waits(self.chance.uniform(*_LISTENS_S)).hangs_up()

    def errand(self) -> str:
        """Where they say they need to go."""
        return self.chance.choice(self.chance.choice(list(sayings.ERRANDS.values()))[self.who.language])

    def purpose(self) -> str:
        """The key of a purpose; a hash ends it sooner."""
        return f"{self.chance.weighed(sayings.PURPOSES)}#"[:2]


Talk = Callable[[Caller], None]


def keys_only(caller: Caller) -> None:
    """The purpose, four digits, the code."""
    call = caller.calls().presses(caller.purpose())
    caller.hears_out(call.waits(caller.chance.uniform(1, 4)).presses(caller.who.document[-4:]))


def in_words(caller: Caller) -> None:
    """Says why."""
    call = caller.calls().says(caller.errand())
    caller.hears_out(call.waits(caller.chance.uniform(1, 4)).presses(caller.who.document[-4:]))


def wrong_digits(caller: Caller) -> None:
    """Keys the digits of another document first."""
    call = caller.calls().presses(caller.purpose()).presses(caller.chance.digits(4))
    caller.hears_out(call.waits(2).presses(caller.who.document[-4:]))


def silence(caller: Caller) -> None:
    """Says nothing for a while; has no document at hand, and is content with a text."""
    call = caller.calls().waits(caller.chance.uniform(12, 20)).presses(caller.purpose())
    caller.hears_out(call.presses("#"))


def hangs_up_at_once(caller: Caller) -> None:
    """Costs nothing: the service calls back."""
    caller.calls().hangs_up()
    number, left = caller.who.number, _RUNG_WITHIN_S
    while left > 0 and not caller.lines.over.wait(1) and not is_ringing(caller.carrier.call_at(number)):
        left -= 1
    view = caller.carrier.call_at(number)
    if not is_ringing(view):
        return
    caller.carrier.act(str(view["sid"]), "answer")
    call = TownCall(caller.carrier, str(view["sid"]), caller.lines).waits(2).presses(caller.purpose())
    caller.hears_out(call.presses(caller.who.document[-4:]))


def registers(caller: Caller) -> None:
    """Not known yet: the document, the name, and where to."""
    who, call = caller.who, caller.calls()
    if who.language != "ru":
        call.presses(f"{_LANGUAGES.index(who.language) + 1}#").waits(2)
    if who.document.isdigit():
        call.presses(f"{who.document}#")
    else:
        call.says(who.document)
    call.waits(2).presses("1").waits(2).says(who.name.lower()).waits(2).presses("1")
    call.waits(2).presses("#").waits(2).presses(caller.purpose())
    caller.hears_out(call)


def asks_an_agent(caller: Caller) -> None:
    """Wants to speak with somebody, whoever it is; whom it takes too long is called back."""
    if caller.spare_agents():
        return
    call = caller.calls()
    if not caller.spare_agents():
        call.presses("0#").until(lambda view: is_bridged(view) or caller.spare_agents(), _WAITS_S)
    if not call.until(is_bridged, 0.1):
        if not caller.spare_agents():
            call.presses(CALL_ME).until(is_over, 5)
        call.hangs_up()
        return
    errand = caller.errand()
    for _ in range(_LONGEST):
        line = call.hears()
        if not line or phrases.is_farewell(line):
            break
        call.waits(caller.chance.uniform(0.5, 1.5))
        call.says(phrases.reply(line, caller.who.language, errand, caller.who.name, caller.who.document))
    call.hangs_up()


TALKS: Mapping[Talk, float] = {
    keys_only: 42,
    in_words: 24,
    asks_an_agent: 9,
    hangs_up_at_once: 9,
    wrong_digits: 8,
    silence: 5,
}
"""How often somebody who is known calls so."""
FIRST_TALKS: Mapping[Talk, float] = {registers: 85, asks_an_agent: 15}
"""And somebody who is not."""
