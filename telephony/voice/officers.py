"""The officers' line: a PIN in each call, then one verdict after the other."""

from codes.police.officers import Shift
from language.intents import Inspect, OpenShift
from language.understanding.heard_codes import heard_code
from telephony.conversation import converse
from telephony.conversation.replies import Say
from telephony.voice.documents import Prompt
from telephony.voice.replies import hear_reply
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import Expect

_OPENED = f"shift_{Shift.OPENED}"
_WRONG = f"shift_{Shift.WRONG_PIN}"


def key_pin(scene: Scene, heard: Heard) -> Move:
    """Opens the shift, or counts a wrong PIN; whoever is locked out is told so and rung off."""
    turn = converse(scene.talk(""), OpenShift(heard.number))
    reply = turn.reply
    assert isinstance(reply, Say), "a shift is answered by a sentence"
    prompts = hear_reply(scene, reply)
    if reply.template == _OPENED:
        look_now = scene.say("officer_look")
        return settle(scene, (*prompts, look_now), Expect.LOOK, "shift:opened", again=(look_now,), officer=True)
    if reply.template == _WRONG:
        again = (scene.say("officer_pin"),)
        return settle(scene, (*prompts, *again), Expect.PIN, "shift:wrong", again=again, heard=False)
    return Move(prompts, scene.state, "shift:locked", ends=True)


def look(scene: Scene, heard: Heard) -> Move:
    """The verdict on a code that was spelled, or on a document that was keyed."""
    turn = converse(scene.talk(heard.speech), _sought(scene, heard))
    prompts = hear_reply(scene, turn.reply)
    if isinstance(turn.reply, Say):
        return Move(prompts, scene.state, f"inspect:{turn.label}", ends=True)
    following = scene.say("officer_next")
    shown: tuple[Prompt, ...] = (*prompts, following)
    return settle(scene, shown, Expect.LOOK, f"inspect:{turn.label}")


def _sought(scene: Scene, heard: Heard) -> Inspect:
    if heard.number:
        return Inspect(documents=(heard.number,))
    said = scene.understand(heard.speech, officer=True)
    if isinstance(said, Inspect):
        return said
    return Inspect((heard_code(heard.speech, scene.spoken),))
