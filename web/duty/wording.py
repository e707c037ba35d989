"""How the duty desk says what the rooms below mean."""

from collections.abc import Mapping
from types import MappingProxyType

from monitoring.duty.deciding import Decision, WhyNot
from monitoring.duty.queue import About, Show
from monitoring.duty.weighing import Void
from store.audit import SERVICE
from web.words import _, later

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "sos": later("Call for help"),
        "departure": later("Left home"),
        "failed": later("A check that failed"),
        "missed": later("A check without an answer"),
        "unclear": later("A check that is unclear"),
        "pause": later("Says why not now"),
        "no_contact": later("No contact"),
        "not_enrolled": later("Page not opened in time"),
        "consent_withdrawn": later("Took consent back"),
        "phone_not_returned": later("Lent telephone not returned"),
        "visit": later("A visit to make"),
        "appeal_upheld": later("Case opened in error, by an appeal"),
        "not_told": later("To be told by a person"),
        "call_wanted": later("Wants to be rung"),
    }
)
URGENCIES: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        0: (later("At once"), "red"),
        1: (later("Today"), "orange"),
        2: (later("A question"), "blue"),
        3: (later("When there is time"), "grey"),
    }
)
"""By urgency: the words, and the colour of the tag."""
SHOWS: Mapping[Show, str] = MappingProxyType(
    {
        Show.ALL: later("All that wait"),
        Show.FREE: later("Those I can take"),
        Show.MINE: later("Those I took"),
        Show.RIPE: later("Those nobody is waited for"),
    }
)
ABOUT: Mapping[About, str] = MappingProxyType(
    {
        About.ANY: later("Anything"),
        About.HELP: later("Calls for help"),
        About.DOUBTS: later("Doubts"),
        About.PAUSES: later("Says why not now"),
        About.VISITS: later("Visits to make"),
        About.OTHER: later("Something else"),
    }
)
DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        Decision.NOTHING: later("Nothing is to be done"),
        Decision.EXCUSED: later("Excused: it does not count"),
        Decision.WARN: later("A warning"),
        Decision.VISIT: later("Somebody goes and sees them"),
        Decision.VIOLATION: later("A violation, for the other authority"),
    }
)
WHY_NOT: Mapping[WhyNot, str] = MappingProxyType(
    {
        WhyNot.UNKNOWN: later("There is no such alert."),
        WhyNot.DECIDED: later("Somebody decided before."),
        WhyNot.TAKEN: later("Another officer is at it."),
        WhyNot.OWN: later("It is about your own telephone. Somebody else decides."),
        WhyNot.DESTROYED: later("What was known of this case is destroyed."),
        WhyNot.NO_DOUBT: later("There is nothing here to hold against anybody."),
        WhyNot.NO_REASON: later("A reason is missing."),
        WhyNot.NOT_TOLD: later("The patient was not told yet."),
        WhyNot.WAITING: later("The patient has time to answer still."),
        WhyNot.ONE_FACT: later("It does not rest on two independent facts of different hours."),
        WhyNot.OPENED_CASE: later("You opened the case. Somebody else decides."),
        WhyNot.QUIET: later("It is night."),
        WhyNot.ENDED: later("The case is over."),
    }
)
VOIDS: Mapping[Void, str] = MappingProxyType(
    {
        Void.GONE: later("Does not count: nothing is known of it any more."),
        Void.OPEN: later("Does not count: it is not settled yet."),
        Void.EXCUSED: later("Does not count: it was excused."),
        Void.UNCLEAR: later("Does not count: nobody can say what it shows."),
        Void.QUIET: later("Does not count: it lies in quiet hours."),
        Void.OUTAGE: later("Does not count: there was an outage."),
        Void.PAUSED: later("Does not count: the patient had said why not, and nobody had answered yet."),
        Void.ELSEWHERE: later("Does not count: the patient was allowed to be elsewhere, or on the way."),
        Void.NOT_ENROLLED: later("Does not count: the patient could not be asked yet."),
        Void.ENDED: later("Does not count: the case was over."),
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "planned": later("planned"),
        "asked": later("asked, not answered yet"),
        "answered": later("answered, being read"),
        "passed": later("accepted"),
        "failed": later("failed"),
        "missed": later("not answered"),
        "excused": later("excused"),
        "unclear": later("unclear"),
    }
)
MEANS: Mapping[str, str] = MappingProxyType(
    {"link": later("by a link"), "call": later("by a call"), "visit": later("by a visit")}
)
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "schedule": later("by the schedule"),
        "challenge": later("after a departure"),
        "staff": later("asked for by an officer"),
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "keyed": later("the number was keyed"),
        "met": later("met at home"),
        "not_met": later("not met at home"),
        "no_answer": later("nobody answered"),
        "no_match": later("the face does not look like the reference"),
        "likeness": later("the face looks like the reference only somewhat"),
        "no_face": later("no face can be seen"),
        "quality": later("the photo is too poor"),
        "challenge": later("not all movements were seen"),
        "another_face": later("the photos of one answer show different faces"),
        "reused": later("a photo was sent before"),
        "incomplete": later("photos are missing"),
        "lost": later("the photos could not be read: our fault"),
        "not_read": later("the photos could not be read: our fault"),
        "no_reference": later("there is no reference photo"),
        "outside": later("the position was not at home"),
        "no_position": later("no position came"),
        "mock": later("the position was said to be made up"),
        "outage": later("there was an outage"),
        "not_delivered": later("our text never arrived"),
        "quiet": later("it was night"),
        "case_closed": later("the case was over"),
        "not_enrolled": later("the patient could not be asked yet"),
        "too_soon": later("too soon after another check"),
        "enough": later("asked often enough that day"),
        "no_phone": later("no telephone to reach them"),
        "called_off": later("the visit was called off"),
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "home": later("is at home"),
        "hospital": later("is in hospital"),
        "ambulance": later("an ambulance is there"),
        "doctor": later("called by a doctor"),
        "asleep": later("was asleep"),
        "ill": later("is ill"),
        "no_battery": later("the battery was empty"),
        "other": later("can't answer, or is not at home"),
        "sos": later("asks for help"),
        "reply": later("answers what we told them"),
        "consent_withdrawn": later("took consent back"),
    }
)
"""What a patient said; also why a check was excused that came in a pause."""
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "text": later("by text"),
        "voice": later("by a call"),
        "page": later("on their page"),
    }
)
POSITIONS: Mapping[str, str] = MappingProxyType(
    {
        "inside": later("at home"),
        "outside": later("not at home"),
        "unclear": later("too rough to say"),
        "denied": later("not allowed by the patient's browser"),
        "unavailable": later("the telephone could not tell"),
        "timeout": later("the telephone took too long"),
        "mock": later("said to be made up by an app"),
    }
)
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "match": later("looks like the same person"),
        "look": later("can't be told: look for yourself"),
        "no_match": later("does not look like the same person"),
        "no_face": later("no face was found to compare"),
    }
)
POSES: Mapping[str, str] = MappingProxyType(
    {
        "centre": later("looking into the camera"),
        "left": later("head turned to their left"),
        "right": later("head turned to their right"),
        "blink": later("blinking"),
    }
)
OUTAGES: Mapping[str, str] = MappingProxyType(
    {
        "ours": later("our service"),
        "carrier": later("the carrier"),
        "power": later("power in the region"),
        "other": later("something else"),
    }
)
FILE_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "fined": later("A fine"),
        "warned": later("Warned by the other authority"),
        "dropped": later("Dropped"),
        "other": later("Something else"),
        "withdrawn": later("Withdrawn by us: an appeal was upheld"),
    }
)
"""What came of a case file."""


def actor_words(name: str) -> str:
    """Who did something, by the name that `codes.review.taking.names_of` gives them."""
    return _("the service") if name == SERVICE else name
