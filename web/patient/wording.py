"""How a patient's page says what the rooms below mean."""

from collections.abc import Mapping
from types import MappingProxyType

from web.words import _, later

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "confirmed": later("You stay at home because of a confirmed illness."),
        "suspected": later("You stay at home until it is known whether you are ill."),
        "contact": later("You stay at home because you were near somebody who is ill."),
    }
)
MEANS: Mapping[str, str] = MappingProxyType(
    {
        "link": later("At a random time we text you a link, and ask for photos of your face and your position."),
        "call": later("At a random time we call you, and ask you to key a number that you hear."),
        "visit": later("Somebody may come to your door. Nothing is asked on this page."),
    }
)
NEXT: Mapping[str, str] = MappingProxyType(
    {
        "link": later("When we ask, a text with a link comes. You need not keep this page open."),
        "call": later("When we ask, your telephone rings. You need not keep this page open."),
        "visit": later("When somebody comes, they ring at your door. You need not keep this page open."),
    }
)
"""How patients hear of what is asked next."""
SAID: Mapping[str, str] = MappingProxyType(
    {
        "home": later("I am at home"),
        "hospital": later("I am in hospital, or on the way there"),
        "ambulance": later("An ambulance takes me"),
        "doctor": later("A doctor told me to come"),
        "asleep": later("I was asleep"),
        "ill": later("I am too ill to answer"),
        "no_battery": later("My telephone has no power"),
        "other": later("Something else"),
        "sos": later("SOS"),
        "reply": later("An answer to what we told you"),
        "consent_withdrawn": later("You took your consent back"),
    }
)
"""What patients say."""
STATES: Mapping[str, str] = MappingProxyType(
    {
        "asked": later("Waits for your answer"),
        "answered": later("Is being looked at"),
        "passed": later("Accepted"),
        "failed": later("A person looks at it"),
        "unclear": later("A person looks at it"),
        "missed": later("No answer came in time"),
        "excused": later("Does not count"),
    }
)
"""Of presence checks."""
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "no_match": later("the face was not recognised"),
        "likeness": later("it is not certain whose face it is"),
        "another_face": later("the photos show different faces"),
        "no_face": later("no face was found on the photo"),
        "quality": later("the photo could not be judged: too dark, too light, too blurred or too far away"),
        "challenge": later("turning the head or closing the eyes could not be seen"),
        "incomplete": later("a photo is missing"),
        "reused": later("a photo was sent before"),
        "outside": later("your telephone said that it is not at home"),
        "mock": later("your telephone said that its position is made up"),
        "no_position": later("no position came"),
        "no_reference": later("there is no photo yet to compare with: our fault"),
        "lost": later("the photos could not be read: our fault"),
        "not_read": later("the photos could not be read: our fault"),
        "no_answer": later("tell us what kept you"),
        "outage": later("there was an outage"),
        "not_delivered": later("our text did not reach you"),
        "no_phone": later("we had no way to reach you"),
        "case_closed": later("your time at home was over"),
        "not_enrolled": later("you had not agreed to be asked"),
        "hospital": later("you were in hospital"),
        "ambulance": later("an ambulance had taken you"),
        "doctor": later("you were with a doctor"),
        "asleep": later("you were asleep"),
        "ill": later("you were too ill"),
        "no_battery": later("your telephone had no power"),
        "other": later("you told us why"),
    }
)
"""Why a check ended so."""
DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "nothing": later("Looked at by a person: all is well"),
        "excused": later("Looked at by a person: excused"),
        "warn": later("Looked at by a person: a warning"),
        "visit": later("Looked at by a person: somebody visits you"),
        "violation": later("Looked at by a person: a breach, which another authority is told of"),
    }
)


def outcome_words(outcome: str | None) -> str:
    """Why a check ended so; empty where there is nothing to say."""
    return _(OUTCOMES[outcome]) if outcome and outcome in OUTCOMES else ""
