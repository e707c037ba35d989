"""Calls that tell patients what others are texted: once who listens has proved to be whom it is about, and not before.

Who picks up hears of a message and of nothing else: it may be anybody in the household.
"""

from collections.abc import Iterator
from dataclasses import replace

from codes.desk.proving import WRONG_A_DAY, count_wrong, holder_with_tail, prove, wrong_proofs_lately
from language.at_home import Tell, Word
from language.intents import Complaint, Do, Unclear
from language.speech import in_breaths
from language.understanding.heard_numbers import heard_digits
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.notices.hearing import ToSay, note_heard, notices_waiting, who_may_hear
from monitoring.notices.ringing import CALL_WANTED, leave_to_person
from monitoring.patients.words import say, waits_for_answer
from telephony.voice.acting import intent_of, perform, want
from telephony.voice.documents import Prompt
from telephony.voice.presence import HELP
from telephony.voice.proof import WITHOUT
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import Expect, Wish

MOST_TRIES = 3
"""Wrong digits on one call; after that we ring again later."""
PERSON = "1"


def announce_notices(scene: Scene, case_id: str) -> Move:
    """What is said to whoever picks up."""
    greeting, case = scene.say("notice_greet"), held_case(scene.work, case_id)
    if case is None or not notices_waiting(scene.work, case, scene.regime):
        return Move((scene.say("notice_none"),), scene.state, "notice.none", ends=True)
    asked = (scene.say("notice_proof"),)
    return settle(scene, (greeting, *asked), Expect.NOTICE_PROOF, "notice", again=asked, said=case_id)


def hear_notice_proof(scene: Scene, heard: Heard) -> Move:
    """The end of a document, keyed or said; or what a patient may tell us, or that they have no document at hand."""
    case = held_case(scene.work, scene.state.said)
    if case is None:
        return Move((scene.say("notice_none"),), scene.state, "notice.none", ends=True)
    if heard.keys.startswith(WITHOUT):
        return _to_person(scene, case)
    keyed = heard.number or heard_digits(heard.speech, scene.spoken)
    if keyed == HELP:
        return perform(scene, Tell(Word.SOS))
    if not keyed:
        return _told(scene, case, heard.speech)
    if wrong_proofs_lately(scene.work, scene.meeting.phone) >= WRONG_A_DAY:
        return _later(scene)
    holder = holder_with_tail(who_may_hear(scene.work, case), keyed)
    if holder is None:
        return _wrong(scene)
    prove(scene.work, scene.call_sid, holder.id, "document", scene.actor)
    return _tell(scene, case)


def hear_notice_answer(scene: Scene, heard: Heard) -> Move:
    """What somebody says to what they just heard, or a key."""
    case = held_case(scene.work, scene.state.said)
    if case is None:
        return Move((scene.say("notice_none"),), scene.state, "notice.none", ends=True)
    if heard.speech:
        return _told(scene, case, heard.speech)
    if heard.number == PERSON:
        return _to_person(scene, case)
    return perform(scene, Tell(Word.SOS)) if heard.number == HELP else _misheard(scene)


def waiting_for(scene: Scene, person_id: str, cases: list[WatchedCase]) -> tuple[Prompt, ...]:
    """What waits for whoever just proved on a call of theirs to be this person; from now on they know it."""
    mine = (case for case in cases if any(one.id == person_id for one in who_may_hear(scene.work, case)))
    return tuple(prompt for case in mine for prompt in _say_all(scene, case))


def _tell(scene: Scene, case: WatchedCase) -> Move:
    told = _say_all(scene, case)
    asked = (scene.say("help_first"), scene.say("notice_next"))
    known = scene.turned(proved=True)
    return settle(known, (*told, *asked), Expect.NOTICE, "notice.heard", again=(*told, *asked))


def _say_all(scene: Scene, case: WatchedCase) -> tuple[Prompt, ...]:
    waiting = notices_waiting(scene.work, case, scene.regime)
    note_heard(scene.work, case, scene.actor, scene.regime)
    return tuple(prompt for notice in waiting for prompt in _said(scene, notice))


def _said(scene: Scene, notice: ToSay) -> Iterator[Prompt]:
    """The sentence, then the words of the person who decided, in breaths."""
    words = str(notice.fields.get("text") or "")
    yield from (replace(one, pause=1) for one in scene.offer(notice.template, **{**notice.fields, "text": ""}))
    yield from (Prompt("", part) for part in in_breaths(words))


def _told(scene: Scene, case: WatchedCase, speech: str) -> Move:
    """What a patient tells is taken at once, and so is an answer to a doubt of which they know."""
    wish = Wish(text=speech)
    intent = intent_of(scene, wish)
    if isinstance(intent, Tell | Complaint):
        return perform(scene, intent, speech)
    if scene.state.expect is Expect.NOTICE and not isinstance(intent, Do) and waits_for_answer(scene.work, case):
        say(scene.work, case, "reply", "voice", speech, by=scene.actor)
        return Move((scene.say("told_reply"),), scene.state, "notice.reply", ends=True)
    return _misheard(scene) if isinstance(intent, Unclear) else want(scene, wish)


def _to_person(scene: Scene, case: WatchedCase) -> Move:
    leave_to_person(scene.work, case, CALL_WANTED)
    return Move((scene.say("notice_person"),), scene.state, "notice.person", ends=True)


def _wrong(scene: Scene) -> Move:
    count_wrong(scene.work, scene.call_sid, scene.actor)
    tries = scene.state.tries + 1
    if tries >= MOST_TRIES:
        return _later(scene)
    tried = scene.turned(tries=tries)
    return settle(tried, (scene.say("notice_wrong"),), Expect.NOTICE_PROOF, "notice.wrong", heard=False)


def _later(scene: Scene) -> Move:
    return Move((scene.say("notice_later"),), scene.state, "notice.wrong", ends=True)


def _misheard(scene: Scene) -> Move:
    return Move((scene.say("misheard"), *scene.state.again), scene.state, "unclear", heard=False)
