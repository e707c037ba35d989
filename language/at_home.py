"""What somebody who has to stay at home tells us: an intent like the others of `language.intents`."""

from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """What somebody who has to stay at home tells us, as `store.patients.WORD_KINDS` has it."""

    HOME = "home"
    HOSPITAL = "hospital"
    AMBULANCE = "ambulance"
    DOCTOR = "doctor"
    ILL = "ill"
    ASLEEP = "asleep"
    NO_BATTERY = "no_battery"
    OTHER = "other"  # not at home, or can't answer, and nothing more is said
    CONSENT = "consent_withdrawn"
    SOS = "sos"


@dataclass(frozen=True, slots=True)
class Tell:
    """Somebody who has to stay at home tells where they are, or why they can't answer."""

    word: Word
