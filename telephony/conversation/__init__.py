"""The conversation: which verb an intent calls; the verbs decide, for every channel alike."""

from dataclasses import replace

from codes.fields import Field
from codes.outcomes import Refusal, RefusalReason
from codes.review.appeals import file_appeal
from codes.rights.own_checks import bound_until
from language.at_home import Tell
from language.examples import name_in
from language.intents import (
    AddDependant,
    Aim,
    Answer,
    Ask,
    CheckBinding,
    Complaint,
    Decline,
    Dialogue,
    Do,
    Exempted,
    Fields,
    Inquiry,
    Inspect,
    Intent,
    Malformed,
    OpenShift,
    Register,
    Request,
    SetLanguage,
)
from telephony.conversation.claiming import answer_about_document
from telephony.conversation.commands import obey
from telephony.conversation.patients import appealed_from, heard_as_reply, take_back, tell
from telephony.conversation.policing import look, start_shift
from telephony.conversation.records import speak
from telephony.conversation.registering import add_dependant, register
from telephony.conversation.replies import Rules, Say
from telephony.conversation.requesting import decide_whom, pursue, pursue_for_dependant, request
from telephony.conversation.talk import Talk, Turn, question

MOST_ATTEMPTS = 3
"""Answers in a row that do not help; then the question is dropped."""


def converse(talk: Talk, intent: Intent) -> Turn:
    """Answers one intent."""
    dialogue = talk.memory.dialogue
    if dialogue is not None and dialogue.aim is Aim.WITHDRAW:
        answered = take_back(talk, dialogue, intent)
        if answered is not None:
            return answered
        talk = replace(talk, memory=talk.memory.done())
    turn = _turn(talk, intent)
    return heard_as_reply(talk, turn) if talk.meeting.patient else turn


def _turn(talk: Talk, intent: Intent) -> Turn:
    officer, dialogue = talk.meeting.officer, talk.memory.dialogue
    match intent:
        case Request():
            return request(talk, intent)
        case Register(fields) | AddDependant(fields):
            return _register(talk, intent, fields)
        case Answer(yes=bool(agreed)) if talk.claim and not dialogue:
            return answer_about_document(talk, talk.claim, agreed=agreed)
        case Answer() if dialogue:
            return _answer(talk, dialogue, intent)
        case Do():
            return obey(talk, intent)
        case OpenShift() if officer:
            return start_shift(talk, officer, intent)
        case Inspect() if officer:
            return look(talk, officer, intent)
        case Malformed():
            return _malformed(talk, intent)
        case SetLanguage(language):
            speak(talk, language, chosen=True)
            return Turn(Say("language_set"), talk.memory, "answered", language)
        case _:
            return _aside(talk, intent)


def _aside(talk: Talk, intent: Intent) -> Turn:
    """Intents that change nothing about passes."""
    match intent:
        case CheckBinding(field, value):
            return _check_binding(talk, field, value)
        case Complaint(text) if text:
            number = file_appeal(talk.work, talk.meeting.phone, text, appealed_from(talk))
            return Turn(Say("complaint_stored", {"number": number}), talk.memory, "answered")
        case Complaint():
            return Turn(Say("complaint_empty"), talk.memory, "answered")
        case Exempted(kind, index):
            what = name_in(getattr(talk.regime, kind)[index].name, talk.language, talk.regime)
            refusal = Refusal(RefusalReason.NO_PASS_NEEDED, detail=what)
            return Turn(refusal, talk.memory.done(), "refused.no_pass_needed")
        case Inquiry(purpose) if purpose is not None:
            return Turn(Rules(purpose, 0), replace(talk.memory, page=(purpose, 0)), "answered")
        case Inquiry():
            return Turn(Say("inquiry"), talk.memory, "answered")
        case Tell():
            return tell(talk, intent) or _unclear(talk)
        case Decline():
            return Turn(Say("declined"), talk.memory.done(), "answered")
        case _:
            return _unclear(talk)


def _register(talk: Talk, intent: Register | AddDependant, fields: Fields) -> Turn:
    """In a request that waits for details, registering is answering it."""
    dialogue = talk.memory.dialogue
    if dialogue and dialogue.aim is Aim.REQUEST and isinstance(intent, Register):
        return pursue(talk, replace(dialogue, fields={**dialogue.fields, **fields}))
    if isinstance(intent, AddDependant):
        if dialogue and dialogue.asking is Ask.PERSON and fields:
            return pursue_for_dependant(talk, dialogue, fields)
        return add_dependant(talk, Dialogue(Aim.DEPENDANT, Field.NAME, fields=fields))
    kept = dialogue.fields if dialogue and dialogue.aim is Aim.REGISTER else {}
    return register(talk, Dialogue(Aim.REGISTER, Field.NAME, fields={**kept, **fields}))


def _answer(talk: Talk, dialogue: Dialogue, said: Answer) -> Turn:
    told = replace(
        decide_whom(talk, dialogue, said),
        purpose=said.purpose if said.purpose is not None else dialogue.purpose,
        start=said.start or dialogue.start,
        attempts=0,
    )
    if told == replace(dialogue, attempts=0):
        return _unclear(talk)
    match dialogue.aim:
        case Aim.REGISTER:
            return register(talk, told)
        case Aim.DEPENDANT:
            return add_dependant(talk, told)
        case _:
            return pursue(talk, told)


def _malformed(talk: Talk, said: Malformed) -> Turn:
    """Names the field and shows one that would do; what else was said is kept."""
    dialogue = talk.memory.dialogue
    if dialogue is None:
        aim = Aim.REQUEST if said.purpose is not None else Aim.REGISTER
        dialogue = Dialogue(aim, said.field)
    purpose = said.purpose if said.purpose is not None else dialogue.purpose
    asking = Ask.PERSON if dialogue.asking is Ask.PERSON else said.field
    told = replace(dialogue, asking=asking, purpose=purpose, fields={**dialogue.fields, **said.fields})
    reply = Say(f"format_{said.field}", {"given": said.given})
    return Turn(reply, talk.memory.asking(told), f"malformed.{said.field}")


def _check_binding(talk: Talk, field: Field, value: str) -> Turn:
    """Whether one's own plate or card is bound to a live pass of this telephone."""
    until = bound_until(talk.holders, field, value)
    if until is None:
        return Turn(Say("binding_none", {"value": value}), talk.memory, "answered")
    return Turn(Say("binding_live", {"value": value, "until": until}), talk.memory, "answered")


def _unclear(talk: Talk) -> Turn:
    dialogue = talk.memory.dialogue
    if dialogue is None:
        return Turn(Say("unclear" if talk.holders else "welcome"), talk.memory, "unclear")
    attempts = dialogue.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        return Turn(Say("unclear"), talk.memory.done(), "unclear")
    memory = replace(talk.memory, dialogue=replace(dialogue, attempts=attempts))
    reply = question(talk, dialogue) if attempts == 1 else Say("unclear_again")
    return Turn(reply, memory, "unclear")
