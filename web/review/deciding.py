"""What a reviewer does with an application: shown first as it will go out, then done once."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.decisions import Span
from codes.outcomes import Grant, Refusal
from codes.review.barring import Barred
from codes.review.opening import Opened
from codes.review.reviewing import (
    Came,
    NotWaiting,
    Waiting,
    ask_for_paper,
    confirm_proposal,
    find_waiting,
    grant_application,
    refuse_application,
    rehearse,
    send_back,
)
from language.wording import say
from store import Work
from web.forms import PageForm
from web.once import Answer
from web.review.forms import AskForm, RefuseForm, ReturnForm
from web.review.wording import billed
from web.visitor import visitor
from web.wording import purpose_words, reason_words
from web.words import _, later

ACTS = ("grant", "refuse", "ask", "confirm", "return")
_FORMS: Mapping[str, type[PageForm]] = MappingProxyType({"refuse": RefuseForm, "ask": AskForm, "return": ReturnForm})
_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "grant": later("Grant the application?"),
        "refuse": later("Refuse the application?"),
        "ask": later("Ask for another paper?"),
        "confirm": later("Confirm the proposal?"),
        "return": later("Send the proposal back?"),
    }
)
_BUTTONS: Mapping[str, str] = MappingProxyType(
    {
        "grant": later("Grant it"),
        "refuse": later("Refuse it"),
        "ask": later("Ask for it"),
        "confirm": later("Confirm it"),
        "return": later("Send it back"),
    }
)


def act_form(act: str) -> Any:
    """The form that goes with an act, as it was sent; None where nothing is written."""
    return _FORMS[act](prefix=f"{act}-") if act in _FORMS else None


def preview(work: Work, opened: Opened, act: str, form: Any) -> ResponseReturnValue:
    """What would go out, and to whom; sent once it is pressed again."""
    number = opened.queued.number
    words = (form.words.data or "").strip() if form is not None else ""
    try:
        found = find_waiting(work, number)
    except NotWaiting:
        return redirect(url_for("pages.review.application", number=number), 303)
    stopped, text = _would_be(work, found, opened, act, words)
    proposes = found.asking.purpose.reviewers == 2 and act in ("grant", "refuse")
    return render_template(
        "review/sure.html",
        number=number,
        purpose=purpose_words(opened.queued.purpose, opened.queued.regime),
        act=act,
        title=_(_TITLES[act]),
        button=_("Propose it") if proposes else _(_BUTTONS[act]),
        words=words,
        field=f"{act}-words",
        text=text,
        billed=billed(text) if text else "",
        language=found.language,
        proposes=proposes,
        stopped=stopped,
    )


def _would_be(work: Work, found: Waiting, opened: Opened, act: str, words: str) -> tuple[str, str]:
    """What stands against it, and the text that goes out."""
    regime, number, language = opened.queued.regime, opened.queued.number, found.language
    if act == "confirm":
        act, words = opened.queued.proposal, opened.words
    match act:
        case "grant":
            return _granting(work, found)
        case "refuse":
            return "", say("application_refused", language, regime, application=number, reason=words)
        case "ask":
            return "", say("paper_wanted", language, regime, application=number, reason=words)
        case _:
            return "", ""


def _granting(work: Work, found: Waiting) -> tuple[str, str]:
    """The code is made when the pass is: zeros stand for it."""
    came = rehearse(work, found)
    if isinstance(came, Refusal):
        return reason_words(str(came.reason), came.next_at, found.under.regime, work.now), ""
    span = came if isinstance(came, Span) else None
    start, until = (span.valid_from, span.valid_until) if span else (None, None)
    return "", _granted_text(found, start, until)


def _granted_text(found: Waiting, start: datetime | None, until: datetime | None) -> str:
    regime, holder = found.under.regime, found.asking.holder
    name = found.asking.purpose.name
    fields: dict[str, Any] = {
        "valid_from": start,
        "valid_until": until,
        "initials": holder.initials,
        "tail": holder.document_tail,
    }
    purpose = name.get(found.language) or name[regime.default_language]
    given = {"application": found.row.application_number, "code": "0000-0000-0000", "purpose": purpose}
    return say("application_granted", found.language, regime, **given, **fields)


def carry_out(work: Work, number: str, act: str, words: str) -> Answer:
    """Does it, and says what came of it."""
    here, by = url_for("pages.review.application", number=number), visitor().actor
    try:
        came = _done(work, number, act, words, by)
    except NotWaiting:
        return Answer(url_for("pages.review.applications"), "decided_before", {"number": number})
    match came:
        case Grant():
            return Answer(url_for("pages.review.applications"), "came_granted", {"number": number})
        case Came():
            return Answer(url_for("pages.review.applications"), f"came_{came}", {"number": number})
        case Refusal():
            next_at = came.next_at.isoformat() if came.next_at else ""
            return Answer(here, "rule", {"reason": str(came.reason), "next_at": next_at})
        case Barred():
            return Answer(here, f"barred_{came}")


def _done(work: Work, number: str, act: str, words: str, by: str) -> Grant | Refusal | Came | Barred:
    match act:
        case "grant":
            return grant_application(work, number, by)
        case "refuse":
            return refuse_application(work, number, words, by)
        case "ask":
            return ask_for_paper(work, number, words, by)
        case "confirm":
            return confirm_proposal(work, number, by)
        case _:
            return send_back(work, number, words, by)
