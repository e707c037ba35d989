"""What was keyed or said, by what was expected."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from codes.desk.calling import Wanted
from codes.desk.proving import holder_with_tail
from language.at_home import Word
from language.intents import Command, Complaint, Do, Request, SetLanguage
from monitoring.cases.watched import cases_on
from telephony.voice.acting import (
    CHECK_CARD,
    CHECK_PLATE,
    CHILD,
    CORRECT,
    TELL,
    grant_wish,
    intent_of,
    perform,
    want,
)
from telephony.voice.greeting import chosen_language, greet, language_prompts, menu
from telephony.voice.notices import hear_notice_answer, hear_notice_proof, waiting_for
from telephony.voice.officers import key_pin, look
from telephony.voice.presence import HELP, hear_about_link, hear_number
from telephony.voice.proof import judge_proof
from telephony.voice.questions import answer, confirm, skip
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import PURPOSE, Expect, Wish

AGENT, MORE = "0", "*"
"""Keys that mean the same everywhere: an agent; again, or more services."""
LANGUAGE, APPEAL, CHECK = "language", "appeal", "check"
SERVICES: Final = (
    (Command.STATUS, Command.REPEAT, Command.EXTEND, Command.CANCEL, Command.RULES),
    (LANGUAGE, Command.GENUINE, Command.STOP, Command.START, Command.NOT_ME),
    (Command.MY_DATA, APPEAL, CHILD, CHECK, CORRECT),
    (Word.HOME, Word.HOSPITAL, Word.AMBULANCE, Word.DOCTOR),
    (Word.ILL, Word.ASLEEP, Word.NO_BATTERY, Word.CONSENT),
)
"""Pages of services in the order of their keys, from 1. Whoever calls hears all of them: a number can be forged, and
nobody is to learn from a menu who has to stay at home."""


def hear(scene: Scene, heard: Heard) -> Move:
    """The next move."""
    state = scene.state
    if heard.number == AGENT:
        return Move((), state, "agent", transfer=Wanted.ASKED)
    if heard.silent:
        if state.expect is Expect.QUESTION and state.optional:
            return skip(scene)
        return Move((scene.say("silence"), *state.again), state, "silence", heard=False)
    if state.languages and state.expect is Expect.QUESTION and (chosen := chosen_language(scene, heard)):
        return _greet_in(scene, chosen)
    if heard.number == MORE and state.expect not in (Expect.MENU, Expect.SERVICES, Expect.PIN):
        return Move(state.again, state, "again")
    return _HEARD[state.expect](scene, heard)


def _greet_in(scene: Scene, language: str) -> Move:
    """Greets anew, in the language that was just chosen."""
    perform(scene, SetLanguage(language))
    anew = replace(scene, language=language, spoken=scene.voices.spoken(language, scene.regime.languages))
    return replace(greet(anew, again=True), language=language)


def _menu(scene: Scene, heard: Heard) -> Move:
    if heard.speech:
        return want(scene, Wish(text=heard.speech))
    if heard.number == MORE:
        return _page(scene, 0)
    if heard.number.isdecimal() and int(heard.number) in scene.regime.by_number:
        return want(scene, Wish(PURPOSE, str(int(heard.number))))
    help_ = (scene.say("menu_help"),)
    if not heard.number:
        return settle(scene, help_, Expect.MENU, "menu")
    return settle(scene, (scene.say("misheard"), *help_), Expect.MENU, "unclear", again=help_, heard=False)


def _page(scene: Scene, page: int) -> Move:
    page %= len(SERVICES)
    offered = (scene.say("help_first"), scene.say(f"services_{page + 1}"))
    return settle(scene, offered, Expect.SERVICES, "services", page=page)


def _services(scene: Scene, heard: Heard) -> Move:
    if heard.speech:
        return want(scene, Wish(text=heard.speech))
    if heard.number == MORE:
        return _page(scene, scene.state.page + 1)
    if not heard.number:
        return menu(scene)
    if heard.number == HELP:
        return want(scene, Wish(TELL, Word.SOS))
    page = SERVICES[scene.state.page]
    if not heard.number.isdecimal() or not 1 <= int(heard.number) <= len(page):
        return replace(_page(scene, scene.state.page), heard=False)
    return _serve(scene, page[int(heard.number) - 1])


def _serve(scene: Scene, service: str) -> Move:
    match service:
        case Word():
            return want(scene, Wish(TELL, service))
        case Command.RULES:
            return settle(scene, (scene.say("rules_which"),), Expect.RULES_WHICH, "rules")
        case "language":
            return settle(scene, language_prompts(scene), Expect.LANGUAGE, "language")
        case "appeal":
            return settle(scene, (scene.say("appeal_ask"),), Expect.APPEAL, "appeal")
        case "check":
            return settle(scene, (scene.say("check_ask"),), Expect.CHECK, "check")
        case _:
            return want(scene, Wish(str(service)))


def _language(scene: Scene, heard: Heard) -> Move:
    chosen = chosen_language(scene, heard)
    if chosen:
        return perform(scene, SetLanguage(chosen))
    if heard.speech and isinstance(said := scene.understand(heard.speech), SetLanguage):
        return perform(scene, said)
    offered = language_prompts(scene)
    return settle(scene, (scene.say("misheard"), *offered), Expect.LANGUAGE, "unclear", again=offered, heard=False)


def _tail(scene: Scene, heard: Heard) -> Move:
    judged = judge_proof(scene, heard)
    if isinstance(judged, Move):
        return judged
    move = grant_wish(judged, scene.state.wish or Wish())
    if not judged.state.proved or not scene.meeting.patient:
        return move
    proved = holder_with_tail(scene.meeting.holders, heard.number)
    waited = waiting_for(judged, proved.id, cases_on(scene.work, scene.meeting.phone)) if proved else ()
    return replace(move, prompts=(*waited, *move.prompts))


def _result(scene: Scene, heard: Heard) -> Move:
    if heard.speech:
        return want(scene, Wish(text=heard.speech))
    return menu(scene, heard=not heard.number)


def _rules(scene: Scene, heard: Heard) -> Move:
    if heard.number == "1":
        return perform(scene, Do(Command.MORE))
    return _result(scene, heard)


def _rules_which(scene: Scene, heard: Heard) -> Move:
    asked = intent_of(scene, Wish(text=heard.speech)) if heard.speech else None
    if isinstance(asked, Request) and asked.purpose is not None:
        return perform(scene, Do(Command.RULES, asked.purpose))
    if asked is not None:
        return want(scene, Wish(text=heard.speech))
    number = heard.number
    if number and not (number.isdecimal() and int(number) in scene.regime.by_number):
        again = (scene.say("rules_which"),)
        return settle(scene, (scene.say("misheard"), *again), Expect.RULES_WHICH, "unclear", again=again, heard=False)
    return perform(scene, Do(Command.RULES, int(number) if number else None))


def _appeal(scene: Scene, heard: Heard) -> Move:
    return perform(scene, Complaint(heard.speech), heard.speech)


def _check(scene: Scene, heard: Heard) -> Move:
    if heard.speech:
        return want(scene, Wish(CHECK_PLATE, heard.speech))
    return want(scene, Wish(CHECK_CARD, heard.number))


def _pin(scene: Scene, heard: Heard) -> Move:
    return menu(scene) if heard.number == MORE else key_pin(scene, heard)


_HEARD: Final[Mapping[Expect, Callable[[Scene, Heard], Move]]] = MappingProxyType(
    {
        Expect.MENU: _menu,
        Expect.SERVICES: _services,
        Expect.TAIL: _tail,
        Expect.QUESTION: answer,
        Expect.READ_BACK: confirm,
        Expect.RESULT: _result,
        Expect.RULES: _rules,
        Expect.RULES_WHICH: _rules_which,
        Expect.LANGUAGE: _language,
        Expect.APPEAL: _appeal,
        Expect.CHECK: _check,
        Expect.PIN: _pin,
        Expect.LOOK: look,
        Expect.PRESENCE_NUMBER: hear_number,
        Expect.PRESENCE_LINK: hear_about_link,
        Expect.NOTICE_PROOF: hear_notice_proof,
        Expect.NOTICE: hear_notice_answer,
    }
)
