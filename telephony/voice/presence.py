"""Calls to patients at home: a number is said and keyed back, or they are told that their link waits.

Who picks up hears of a check and of nothing else: it may be anybody in the household.
"""

from dataclasses import replace

from language.at_home import Tell, Word
from language.intents import Unclear
from language.understanding.heard_numbers import heard_digits
from monitoring.checks.calls import CheckCall, Keyed, check_call, key_number
from telephony.voice.acting import TELL, intent_of, perform, want
from telephony.voice.documents import Prompt
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import Expect, Wish

MOST_TRIES = 3
"""Wrong numbers on one call; after that we ring again later."""
CANNOT = "1"
"""The key of who can't open their link now."""
HELP = "9"
"""The key of who needs help at once, wherever keys are offered."""


def announce(scene: Scene, check_id: str) -> Move:
    """What is said to whoever picks up."""
    call = check_call(scene.work, check_id)
    if call is None:
        return _over(scene)
    greeting = scene.say("presence_greet")
    if call.number:
        return settle(scene, (greeting, *_number(scene, call)), Expect.PRESENCE_NUMBER, "presence", said=check_id)
    asked = (scene.say("help_first"), scene.say("presence_link", until=call.until))
    return settle(scene, (greeting, *asked), Expect.PRESENCE_LINK, "presence", again=asked, said=check_id)


def hear_number(scene: Scene, heard: Heard) -> Move:
    """A number that was keyed, or said; anything else that is said is what a patient may tell us."""
    keyed = heard.number or heard_digits(heard.speech, scene.spoken)
    if not keyed:
        return _told(scene, Wish(text=heard.speech))
    match key_number(scene.work, scene.state.said, keyed, scene.actor):
        case Keyed.RIGHT:
            return Move((scene.say("presence_right"),), scene.state, "presence.right", ends=True)
        case Keyed.OVER:
            return _over(scene)
        case Keyed.WRONG:
            return _wrong(scene)


def hear_about_link(scene: Scene, heard: Heard) -> Move:
    """Who can't open their link says so by a key, or why in words."""
    if heard.speech:
        return _told(scene, Wish(text=heard.speech))
    word = {CANNOT: Word.OTHER, HELP: Word.SOS}.get(heard.number)
    return _told(scene, Wish(TELL, word)) if word else _misheard(scene)


def _told(scene: Scene, wish: Wish) -> Move:
    """What a patient tells is taken at once; whatever else they want, as on any call."""
    intent = intent_of(scene, wish)
    if isinstance(intent, Tell):
        return perform(scene, intent, wish.text)
    return _misheard(scene) if isinstance(intent, Unclear) else want(scene, wish)


def _misheard(scene: Scene) -> Move:
    return Move((scene.say("misheard"), *scene.state.again), scene.state, "unclear", heard=False)


def _wrong(scene: Scene) -> Move:
    tries, call = scene.state.tries + 1, check_call(scene.work, scene.state.said)
    if call is None:
        return _over(scene)
    if tries >= MOST_TRIES:
        later = scene.say("presence_later", until=call.until)
        return Move((later,), scene.state, "presence.wrong", ends=True)
    prompts = (scene.say("presence_wrong"), *_number(scene, call))
    tried = replace(scene, state=replace(scene.state, tries=tries))
    return settle(tried, prompts, Expect.PRESENCE_NUMBER, "presence.wrong", again=_number(scene, call))


def _number(scene: Scene, call: CheckCall) -> tuple[Prompt, ...]:
    """The number twice, with a pause between."""
    said = scene.say("presence_number", number=call.number)
    return (replace(said, pause=1), said)


def _over(scene: Scene) -> Move:
    return Move((scene.say("presence_over"),), scene.state, "presence.over", ends=True)
