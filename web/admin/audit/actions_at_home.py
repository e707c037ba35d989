"""What the actions of the audit that concern people at home mean: see actions.py."""

from collections.abc import Mapping
from types import MappingProxyType

from web.words import later

AT_HOME: Mapping[str, str] = MappingProxyType(
    {
        "check.answered": later("Presence check answered"),
        "check.asked_again": later("Presence check asked again, since photos were too poor"),
        "check.begun": later("Presence check begun on the page"),
        "check.planned": later("Presence check planned"),
        "departure.ended": later("Patient back at home"),
        "departure.noticed": later("Patient's telephone left home"),
        "device.added": later("Telephone of a patient linked"),
        "device.ended": later("Telephone of a patient unlinked"),
        "device.offered": later("Code made to connect a patient's app"),
        "device.no_position": later("Telephone of a patient can't tell where it is"),
        "device.position_again": later("Telephone of a patient tells again where it is"),
        "fences.judged_again": later("Areas at home judged anew"),
        "fixes.strange": later("Strange positions reported"),
        "notice.heard": later("Patient heard a notice on a call"),
        "notice.owed": later("Notice to be said to a patient"),
        "notice.rung": later("Patient rung to be told something"),
        "photo.added": later("Photo of a patient taken in"),
        "photo.destroyed": later("Photo of a patient destroyed"),
        "photo.read": later("Photo of a patient read"),
        "photo.refused": later("Photo of a patient could not be opened"),
    }
)
FAMILIES_AT_HOME: Mapping[str, str] = MappingProxyType(
    {
        "departure": later("Departures"),
        "device": later("Telephones of patients"),
        "fences": later("Areas at home"),
        "fixes": later("Positions"),
        "notice": later("Notices said to patients"),
        "photo": later("Photos of patients"),
    }
)
