"""Officers by text: open a shift, look at codes."""

from codes.passes import CARD, PLATE
from codes.people import DOCUMENT
from codes.police.inspecting import MOST, inspect
from codes.police.officers import WRONG_PINS, Officer, Shift, open_shift
from codes.police.sought import Sought, sought_codes
from language.intents import Inspect, OpenShift
from telephony.conversation.replies import Say, Verdicts
from telephony.conversation.talk import Talk, Turn


def start_shift(talk: Talk, officer: Officer, asked: OpenShift) -> Turn:
    """Opens a shift, in a zone if one is named."""
    zones = {zone.key: zone for zone in talk.regime.zones}
    if asked.zone is not None and zones and asked.zone not in zones:
        options = [zone.name.get(talk.language, zone.key) for zone in zones.values()]
        return Turn(Say("shift_unknown_zone", {"options": options}), talk.memory, "shift")
    zone = asked.zone if asked.zone in zones else None
    answer = open_shift(talk.work, officer, asked.pin, zone, talk.actor)
    match answer.shift:
        case Shift.OPENED:
            named = zones.get(answer.zone or "")
            shown = named.name.get(talk.language, named.key) if named else ""
            return Turn(Say("shift_opened", {"until": answer.until, "zone": shown}), talk.memory, "shift")
        case Shift.WRONG_PIN:
            return Turn(Say("shift_wrong_pin"), talk.memory, "shift")
        case Shift.LOCKED:
            return Turn(Say("shift_locked"), talk.memory, "shift")


def look(talk: Talk, officer: Officer, asked: Inspect) -> Turn:
    """A verdict for each code, plate, card or document; only on shift, and not after three guesses."""
    if officer.locked_out:
        why = "shift_locked" if officer.wrong_pins >= WRONG_PINS else "officer_locked"
        return Turn(Say(why), talk.memory, "inspected")
    if not officer.on_shift:
        return Turn(Say("shift_needed"), talk.memory, "shift")
    sought = sought_codes(asked.codes, talk.meeting.terms)
    sought += [Sought(PLATE, plate) for plate in asked.plates] + [Sought(CARD, card) for card in asked.cards]
    sought += [Sought(DOCUMENT, number) for number in asked.documents]
    if len(sought) > MOST:
        return Turn(Say("too_many_codes"), talk.memory, "inspected")
    found = inspect(talk.work, talk.meeting.terms, officer, sought, talk.language, talk.channel)
    return Turn(Verdicts(found.verdicts), talk.memory, "inspected")
