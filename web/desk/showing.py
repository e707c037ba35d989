"""What the caller's page shows, masked and in words."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from codes.desk.attending import Attended
from codes.desk.screen import Screen
from codes.fields import Field
from codes.outcomes import Refusal, RefusalReason
from codes.passes import LivePass
from codes.regime import Regime
from codes.regimes import terms
from language.examples import usual_purpose
from language.failures import in_words
from language.moments import ending, when
from language.saying import say
from language.speaking import speak_outcome
from store import Work
from web.desk.wording import masked_person, revoked_words
from web.once import Answer
from web.wording import purpose_words, reason_words
from web.words import _, later, spoken

TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "proved": ("success", later("The caller is proved.")),
        "tail_wrong": (
            "problem",
            later("No document on file ends so. Ask once more, slowly. Wrong tries are counted."),
        ),
        "code_wrong": ("problem", later("That is not the code that was sent. Ask to read the newest text.")),
        "proof_spent": (
            "problem",
            later("Too many wrong tries. Offer to send a code; without it the caller must ask by text."),
        ),
        "code_spent": ("problem", later("As many codes were sent as one call allows.")),
        "code_sent": ("success", later("A code is on its way to the number on file. Ask the caller to read it out.")),
        "code_no_number": ("problem", later("There is no number on file to send a code to. Look the caller up first.")),
        "not_found": (
            "problem",
            later("Nobody is on file with both. Ask again for number and document; or register the caller."),
        ),
        "found": ("success", later("One person is on file with both. Send a code to the number on file.")),
        "registered": ("success", later("Registered.")),
        "known_before": ("success", later("They were on file with this document already.")),
        "known_there": ("problem", later("Somebody is known on this number. Look the caller up instead.")),
        "corrected": ("success", later("The address is corrected.")),
        "moved": ("success", later("Moved to the new number. The old number is told by text.")),
        "moved_same": ("problem", later("They are on this number already.")),
        "moved_known": (
            "problem",
            later(
                "Somebody on the new number has this document. Ask the caller to text from it; both are asked there."
            ),
        ),
        "moved_crowded": ("problem", later("Too many people are on the new number.")),
        "extended": ("success", later("The pass is longer now: until {until}.")),
        "cancelled": ("success", later("The pass is given back, and does not count against the limit.")),
        "cancelled_counted": ("success", later("The pass is given back, but counts as used.")),
        "referred": ("success", later("An officer decides: application {application}. The answer goes out by text.")),
        "home_noted": ("success", later("Noted. The duty desk sees it.")),
        "home_refused": ("problem", later("It could not be noted: the case or the consent is over.")),
        "refused": ("problem", later("No pass: {reason}.")),
    }
)
"""What forms come to: how it is shown, and the words."""


def shown_answer(work: Work, attended: Attended, answer: Answer | None) -> dict[str, str] | None:
    """What a form came to, in words, and what the agent says of it in the caller's language."""
    if answer is None or answer.told not in TOLD:
        return None
    kind, words = TOLD[answer.told]
    facts, said = dict(answer.facts), ""
    regime = attended.terms.regime
    if answer.told == "refused":
        next_at = datetime.fromisoformat(facts["next_at"]) if facts.get("next_at") else None
        refusal = Refusal(RefusalReason(facts["refusal"]), facts.get("purpose"), next_at)
        facts = {"reason": reason_words(refusal.reason, next_at, regime, work.now)}
        said = speak_outcome(refusal, attended.language, regime, work.now)
    elif answer.told == "home_noted":
        told = {"until": datetime.fromisoformat(facts.pop("until")), "number": regime.isolation.sos_number}
        said = say(facts.pop("template"), attended.language, regime, now=work.now, **told)
    text = _(words, **facts) if facts else _(words)
    return {"kind": kind, "text": text, "say": said, "language": attended.language}


def shown_people(work: Work, attended: Attended, screen: Screen) -> list[dict[str, Any]]:
    """Each person with their live passes."""
    regime = attended.terms.regime
    proved = bool(attended.people)
    usual = usual_purpose(regime)
    return [
        {
            "id": one.id,
            "name": masked_person(one, proved=proved),
            "at_home": one.open_case,
            "blocked": one.blocked,
            "child": one.guardian_id is not None,
            "document": Field.DOCUMENT in one.details,
            "passes": [_shown_pass(work, live) for live in one.live],
            "usual": usual,
            "usual_name": purpose_words(usual, regime),
            "purposes": [(number, purpose_words(number, regime)) for number in regime.by_number],
        }
        for one in screen.people
    ]


def _shown_pass(work: Work, live: LivePass) -> dict[str, Any]:
    regime: Regime = terms(work, live.regime_version).regime
    return {
        "id": live.id,
        "purpose": purpose_words(live.purpose, regime),
        "begins": when(live.valid_from, regime, work.now) if live.valid_from > work.now else "",
        "until": ending(live.valid_until, regime, work.now),
        "extendable": live.extended < regime.extension.times,
    }


def shown_screen(work: Work, screen: Screen) -> dict[str, Any]:
    """Refusals, passes that were, texts that never arrived; each in words."""
    now = work.now
    return {
        "refused": [
            (
                when(one.at, one.terms.regime, now),
                purpose_words(one.purpose, one.terms.regime),
                reason_words(one.reason, None, one.terms.regime, now),
            )
            for one in screen.refused
        ],
        "over": [
            (
                purpose_words(one.purpose, one.terms.regime),
                ending(one.valid_until, one.terms.regime, now),
                revoked_words(one.revoked_reason) if one.revoked_reason else _("over"),
            )
            for one in screen.over
        ],
        "failed": [
            (one.at.isoformat(), in_words(one.error_code, spoken()) or _("no reason is known")) for one in screen.failed
        ],
    }
