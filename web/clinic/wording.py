"""What the parts of a case are called on pages of the staff."""

from collections.abc import Mapping
from types import MappingProxyType

from monitoring.duty.marks import Mark
from monitoring.patients.admitting import Trouble
from monitoring.photos.keeping import PhotoTrouble
from web.words import later

MARKS: Mapping[Mark, str] = MappingProxyType(
    {Mark.IN_ERROR: later("Opened in error: close it"), Mark.UNANSWERED: later("Waits for an answer")}
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "confirmed": later("Confirmed infection"),
        "suspected": later("Suspected infection"),
        "contact": later("Contact of somebody infected"),
    }
)
MEANS: Mapping[str, str] = MappingProxyType(
    {
        "link": later("A link in a text: photo and position"),
        "call": later("A call: a spoken number to key"),
        "visit": later("Visits"),
    }
)
CIRCUMSTANCES: Mapping[str, str] = MappingProxyType(
    {
        "no_smartphone": later("No smartphone"),
        "poor_sight": later("Poor sight"),
        "bedridden": later("Bedridden"),
        "minor": later("A child"),
        "shared_phone": later("Shares the telephone"),
        "deaf": later("Can't hear calls"),
    }
)
CLOSINGS: Mapping[str, str] = MappingProxyType(
    {
        "recovered": later("Recovered"),
        "ended": later("The time is over"),
        "hospitalised": later("In hospital"),
        "transferred": later("Another clinic looks after them"),
        "opened_in_error": later("Opened by mistake"),
        "consent_withdrawn": later("Took their consent back"),
    }
)
WAYS: Mapping[str, str] = MappingProxyType(
    {"signed": later("Signed here"), "phone": later("Read on the telephone and recorded")}
)
CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "plan": later("Kind, end or way of checking"),
        "home": later("Where home is"),
        "elsewhere": later("Another place for a while"),
        "device": later("What reports for the patient"),
        "number": later("Telephone number"),
        "reopened": later("Opened again"),
    }
)
TROUBLES: Mapping[Trouble, str] = MappingProxyType(
    {
        Trouble.OPEN: later("This person has an open case already, perhaps on another telephone or at another clinic."),
        Trouble.PAST: later("The end of the case is past. Choose another."),
        Trouble.CROWDED: later("Too many people are known on this telephone. Use another number."),
    }
)
PHOTO_TROUBLES: Mapping[PhotoTrouble, str] = MappingProxyType(
    {
        PhotoTrouble.KIND: later("Choose a photo: JPEG, PNG or WebP"),
        PhotoTrouble.TOO_LARGE: later("The photo has more than 10 MB. Take it with fewer pixels."),
        PhotoTrouble.NO_FACE: later("No face can be seen on it."),
        PhotoTrouble.NOT_ASKED: later("The case is over: no photo is kept."),
        PhotoTrouble.NO_ROOM: later("We can't keep the file just now. It is our fault: try again in some minutes."),
    }
)
