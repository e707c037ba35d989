"""Becoming known: registration, correction, dependants."""

from codes.fields import Field
from codes.outcomes import Refusal
from codes.people import Holder
from codes.registering import missing, same_dependant, settle_person, too_many, whom_fields_mean
from language.intents import Dialogue
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn, ask_for


def register(talk: Talk, dialogue: Dialogue) -> Turn:
    """Registers the sender or corrects what is known, once all that is required is there."""
    known = whom_fields_mean(talk.holders, dialogue.fields)
    lacking = missing(talk.regime, None, known, dialogue.fields)
    if lacking:
        return ask_for(talk, dialogue, lacking[0])
    if not dialogue.fields:
        return ask_for(talk, dialogue, next(iter(talk.regime.registration.required), Field.NAME))
    if known is None and (refusal := too_many(talk.holders)):
        return refused(talk, refusal)
    registered = settle_person(talk.work, talk.meeting, known, dialogue.fields)
    template = "corrected" if known else "registered"
    return Turn(_about(template, registered), talk.memory.done(), template)


def refused(talk: Talk, refusal: Refusal) -> Turn:
    """Ends the dialogue with a refusal."""
    return Turn(refusal, talk.memory.done(), f"refused.{refusal.reason}")


def _about(template: str, holder: Holder) -> Say:
    return Say(template, {"initials": holder.initials, "tail": holder.document_tail})


def add_dependant(talk: Talk, dialogue: Dialogue) -> Turn:
    """Adds a child or dependant to the telephone."""
    added = settle_dependant(talk, dialogue)
    if isinstance(added, Turn):
        return added
    return Turn(_about("dependant_added", added), talk.memory.done(), "registered")


def settle_dependant(talk: Talk, dialogue: Dialogue) -> Holder | Turn:
    """The dependant of the name that was said, known or added; a turn where that cannot be."""
    guardian = next((one for one in talk.holders if one.guardian_id is None), None)
    if guardian is None:
        return Turn(Say("status_unknown"), talk.memory.done(), "refused.unregistered")
    if Field.NAME not in dialogue.fields:
        return ask_for(talk, dialogue, Field.NAME)
    known = same_dependant(talk.holders, dialogue.fields[Field.NAME])
    if known is None and (refusal := too_many(talk.holders)):
        return refused(talk, refusal)
    return settle_person(talk.work, talk.meeting, known, dialogue.fields, guardian.id)
