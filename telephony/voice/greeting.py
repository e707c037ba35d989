"""The first thing a caller hears, and the question every call comes back to."""

from dataclasses import replace

from codes.fields import Field
from language.intents import Aim, Dialogue
from telephony.voice.acting import question_of
from telephony.voice.documents import Prompt
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import Expect, fresh


def greet(scene: Scene, *, back: bool = False, again: bool = False) -> Move:
    """Officers are asked for their PIN, people we know why they need to go, everybody else who they are.

    `back`: we called them; `again`: the languages were offered already.
    """
    meeting = scene.meeting
    if meeting.officer:
        asked = (scene.say("officer_pin"),)
        return settle(scene, (scene.say("greet_known"), *asked), Expect.PIN, "greeted", again=asked)
    if meeting.holders or not scene.regime.registration.separate:
        return menu(scene, scene.say("greet_back" if back else "greet_known"))
    return _ask_who(scene, offer=len(scene.regime.languages) > 1 and not again)


def menu(scene: Scene, *before: Prompt, heard: bool = True) -> Move:
    """Why does the caller need to go? Whatever was half said before is dropped."""
    asked = (scene.say("menu"),)
    at_start = replace(scene, state=replace(fresh(scene.state, Expect.MENU), memory=scene.state.memory.done()))
    return settle(at_start, (*before, *asked), Expect.MENU, "menu", again=asked, heard=heard)


def language_prompts(scene: Scene) -> tuple[Prompt, ...]:
    """Which key chooses which language, in that language; one without a voice is read by another's."""
    every = scene.regime.languages
    offered = ((key, language, scene.voices.spoken(language, every)) for key, language in enumerate(every, 1))
    return tuple(
        replace(replace(scene, spoken=language).say("language_choice", key=key), language=spoken)
        for key, language, spoken in offered
    )


def chosen_language(scene: Scene, heard: Heard) -> str | None:
    """The language whose key was pressed."""
    languages = scene.regime.languages
    known = len(heard.number) == 1 and heard.number.isdecimal() and 1 <= int(heard.number) <= len(languages)
    return languages[int(heard.number) - 1] if known else None


def _ask_who(scene: Scene, *, offer: bool) -> Move:
    """Somebody unknown registers first; a single digit chooses a language."""
    required = scene.regime.registration.required
    dialogue = Dialogue(Aim.REGISTER, required[0] if required else Field.NAME)
    asking = scene.turned(memory=scene.state.memory.asking(dialogue))
    asked = (*(language_prompts(scene) if offer else ()), *question_of(asking, dialogue))
    greeting = () if not offer and scene.state.languages else (scene.say("greet_unknown"),)
    return settle(asking, (*greeting, *asked), Expect.QUESTION, "greeted", again=asked, languages=offer)
