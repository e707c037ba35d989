"""What the caller wants is done: the conversation's verb, and what is said of it."""

from dataclasses import replace

from codes.desk.calling import Wanted
from codes.desk.proving import texts_spent
from codes.fields import Field
from language.at_home import Tell, Word
from language.fields import read_field
from language.intents import (
    AddDependant,
    Aim,
    Ask,
    CheckBinding,
    Command,
    Dialogue,
    Do,
    Fields,
    Intent,
    Register,
    Request,
)
from language.speaking import speak_purposes
from language.understanding import describe
from telephony.conversation import converse
from telephony.conversation.replies import Rules
from telephony.conversation.talk import Turn, question
from telephony.voice.documents import Prompt
from telephony.voice.proof import ask_proof, gets_no_text, is_personal
from telephony.voice.replies import has_code, hear_reply, text_reply
from telephony.voice.scene import Move, Scene, settle
from telephony.voice.state import Expect, Wish, fresh

CHILD, CORRECT, CHECK_PLATE, CHECK_CARD, TELL = "child", "correct", "plate", "card", "tell"
"""Names of wishes that are no command's: what was keyed or said stands in their text."""
CALLED = (Expect.PRESENCE_NUMBER, Expect.PRESENCE_LINK, Expect.NOTICE_PROOF, Expect.NOTICE)
"""On a call that we made to a patient, whose number nobody forged."""
_ALSO_ASKED = (Field.NAME, Field.ADDRESS)
"""Of somebody who just registered: what an order does not need, but a pass shows or an officer compares."""


def want(scene: Scene, wish: Wish) -> Move:
    """Does what is wanted, after the caller proved who they are where that matters."""
    asked = ask_proof(scene, wish) if is_personal(intent_of(scene, wish)) else scene
    return asked if isinstance(asked, Move) else grant_wish(asked, wish)


def grant_wish(scene: Scene, wish: Wish) -> Move:
    """Does what is wanted by who is proved, or will read the answer; who had too many to read speaks with an agent."""
    intent, meeting = intent_of(scene, wish), scene.meeting
    if isinstance(intent, Tell) and intent.word is Word.CONSENT and not scene.state.proved:
        return Move((), scene.state, "consent", transfer=Wanted.ASKED)  # nobody else may take it back for them
    by_text = is_personal(intent) and meeting.holders and not scene.state.proved
    if by_text and texts_spent(scene.work, meeting.phone, meeting.terms):
        return Move((), scene.state, "texts_spent", transfer=Wanted.ASKED)
    if by_text and gets_no_text(scene) and not isinstance(intent, Tell):
        return Move((), scene.state, "no_texts", transfer=Wanted.ASKED)  # nobody would learn what came of it
    return perform(scene, intent, wish.text)


def intent_of(scene: Scene, wish: Wish) -> Intent:
    """A wish as an intent."""
    match wish.name:
        case "":
            return scene.understand(wish.text)
        case "purpose":
            return Request(int(wish.text) if wish.text else None)
        case "child":
            return AddDependant()
        case "correct":
            return Register()
        case "card":
            return CheckBinding(Field.CARD, wish.text)
        case "tell":
            return Tell(Word(wish.text))
        case "plate":
            today = scene.work.now.astimezone(scene.regime.zone).date()
            return CheckBinding(Field.PLATE, read_field(Field.PLATE, wish.text, scene.regime, today).value)
        case _:
            return Do(Command(wish.name))


def perform(scene: Scene, intent: Intent, text: str = "") -> Move:
    """Carries out an intent."""
    turn = converse(scene.talk(text), intent)
    label = f"{describe(intent).split(' ', 1)[0]}:{turn.label}"
    # Whoever said in this very call all that we know of them needs no proof.
    then = scene.turned(memory=turn.memory, proved=scene.state.proved or not scene.meeting.holders)
    if turn.memory.dialogue is not None:
        return _ask(then, intent, turn, turn.memory.dialogue, label)
    if turn.label in ("registered", "corrected") and scene.state.memory.dialogue:
        return _registered(then, scene.state.memory.dialogue, intent, turn, label)
    return replace(_answer(then, intent, turn, label), language=turn.language)


def question_of(scene: Scene, dialogue: Dialogue) -> tuple[Prompt, ...]:
    """The open question as it is put on a call."""
    asked = question(scene.talk(""), dialogue)
    if dialogue.asking is Field.DOCUMENT:
        return (scene.say("ask_document_keys"),)
    prompts = hear_reply(scene, asked)
    if asked.template == "ask_purpose":
        return (*prompts, *(Prompt("", one) for one in speak_purposes(scene.regime, scene.spoken)))
    return prompts


def ask_also(scene: Scene, said: Fields, after: Field | None, before: tuple[Prompt, ...], label: str) -> Move:
    """Asks for the next thing that may be left out, else goes on to the menu; `said` tells of whom it is."""
    optional = [one for one in _ALSO_ASKED if one in scene.regime.registration.optional]
    left = optional[optional.index(after) + 1 :] if after in optional else optional
    if not left or Field.DOCUMENT not in said:
        menu = (scene.say("menu"),)
        done = replace(fresh(scene.state, Expect.MENU), memory=scene.state.memory.done())
        return settle(replace(scene, state=done), (*before, *menu), Expect.MENU, label, again=menu)
    dialogue = Dialogue(Aim.REGISTER, left[0], fields={Field.DOCUMENT: said[Field.DOCUMENT]})
    asking = scene.turned(memory=scene.state.memory.asking(dialogue), said="")
    asked = (*question_of(asking, dialogue), scene.say("may_skip"))
    return settle(asking, (*before, *asked), Expect.QUESTION, label, again=asked, optional=True)


def result(scene: Scene, prompts: tuple[Prompt, ...], label: str, *once: Prompt) -> Move:
    """Says what came of it, `once` what need not be heard again, and what can be keyed now."""
    following = scene.say("result_next")
    done = replace(scene, state=fresh(scene.state, Expect.RESULT))
    return settle(done, (*prompts, *once, following), Expect.RESULT, label, again=(*prompts, following))


def _ask(scene: Scene, intent: Intent, turn: Turn, dialogue: Dialogue, label: str) -> Move:
    """A question is open: a new one, or the same, after something that was no help to it."""
    if scene.state.unproved and dialogue.asking is Ask.PERSON and dialogue.options:
        # People on file are named to nobody who did not prove to be one of them.
        return Move((), scene.state, label, transfer=Wanted.MISUNDERSTOOD)
    asked = question_of(scene, dialogue)
    head = turn.label.partition(".")[0]
    heard = head not in ("malformed", "unclear")
    before: tuple[Prompt, ...] = ()
    if head == "unclear":
        before = (scene.say("misheard"),)
    elif head != "ask":
        before = _told(scene, intent, turn)
    kept = fresh(scene.state, Expect.QUESTION) if heard else scene.state
    moved = replace(scene, state=kept)
    return settle(moved, (*before, *asked), Expect.QUESTION, label, again=asked, heard=heard)


def _registered(scene: Scene, dialogue: Dialogue, intent: Intent, turn: Turn, label: str) -> Move:
    """Known now. Somebody new is asked for more, and so is who was just asked so."""
    said = {**dialogue.fields, **getattr(intent, "fields", {})}
    after = dialogue.asking if scene.state.optional and isinstance(dialogue.asking, Field) else None
    more = turn.label == "registered" or scene.state.optional
    return ask_also(scene, said if more else {}, after, hear_reply(scene, turn.reply), label)


def _answer(scene: Scene, intent: Intent, turn: Turn, label: str) -> Move:
    kept_silent = isinstance(intent, Tell) and not scene.state.proved
    if turn.label == "unclear" and not kept_silent:
        menu = (scene.say("menu_help"),)
        moved = replace(scene, state=fresh(scene.state, Expect.MENU))
        return settle(moved, (scene.say("misheard"), *menu), Expect.MENU, label, again=menu, heard=False)
    told = _told(scene, intent, turn)
    if isinstance(turn.reply, Rules):
        moved = replace(scene, state=fresh(scene.state, Expect.RULES))
        return settle(moved, (*told, scene.say("rules_next")), Expect.RULES, label)
    if has_code(turn.reply) and scene.state.proved:
        text_reply(scene, turn.reply)
        return result(scene, told, label, scene.say("also_by_text"))
    return result(scene, told, label)


def _told(scene: Scene, intent: Intent, turn: Turn) -> tuple[Prompt, ...]:
    """The answer as prompts; one about people goes to the telephone on file unless the caller proved to be theirs."""
    if scene.state.proved or not is_personal(intent) or scene.state.expect in CALLED:
        return hear_reply(scene, turn.reply)
    if gets_no_text(scene):
        return (scene.say("no_text_here"),)
    text_reply(scene, turn.reply)
    return (scene.say("tail_off" if scene.state.spent else "by_text"),)
