"""An application and its papers as the templates show them."""

from typing import Any

from codes.review.opening import Earlier, Opened
from language.moments import ending, when
from store import Work
from web.asking import field_words
from web.masking import masked_number
from web.review.wording import CHANNELS, PROPOSALS, STATES, waited
from web.uploads import shown_paper
from web.wording import language_name, purpose_words, reason_words
from web.words import _, spoken


def shown_application(work: Work, one: Opened) -> dict[str, Any]:
    """An application that is opened."""
    queued = one.queued
    regime = queued.regime
    purpose = regime.by_number[queued.purpose]
    hint = purpose.papers.hint if purpose.papers else {}
    return {
        "number": queued.number,
        "purpose": purpose_words(queued.purpose, regime),
        "waited": waited(work.now - queued.asked_at),
        "asked": when(queued.asked_at, regime),
        "channel": _(CHANNELS.get(one.channel, one.channel)),
        "start": when(queued.start_at, regime) if queued.start_at else "",
        "said": [(field_words(name, regime), value) for name, value in one.said.items()],
        "name": one.name or _("no name on file"),
        "tail": one.document_tail,
        "phone": masked_number(one.phone),
        "language": language_name(one.language),
        "for_another": one.for_another,
        "papers": [shown_paper(paper, number) for number, paper in enumerate(one.papers, 1)],
        "paper_need": purpose.papers.need if purpose.papers else "",
        "paper_hint": hint.get(spoken()) or hint.get(regime.default_language, ""),
        "paper_asked": when(queued.paper_asked_at, regime) if queued.paper_asked_at else "",
        "applications": [_earlier(work, earlier) for earlier in one.applications],
        "passes": [_earlier(work, earlier) for earlier in one.passes],
        "two": purpose.reviewers == 2,
        "proposal": _(PROPOSALS[queued.proposal]) if queued.proposal else "",
        "proposes": queued.proposal,
        "proposer": queued.proposer,
        "words": one.words,
        "returned": one.returned,
        "returner": one.returner,
    }


def _earlier(work: Work, one: Earlier) -> dict[str, Any]:
    reason = reason_words(one.reason, None, one.regime, work.now) if one.reason else ""
    return {
        "purpose": purpose_words(one.purpose, one.regime),
        "at": when(one.at, one.regime),
        "until": ending(one.until, one.regime) if one.until else "",
        "state": _(STATES[one.state]),
        "reason": reason,
    }
