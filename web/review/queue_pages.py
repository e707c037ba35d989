"""The queue of applications: who waits how long, what for, who is at it. Nothing in it names anybody."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from codes.review.review_queue import Queued, Show, Wanted, queue
from language.moments import when
from store import Store, Work
from web.fragments import fragment, tag_of
from web.once import told
from web.review.forms import FilterForm
from web.review.wording import PROPOSALS, waited
from web.visitor import visitor
from web.wording import purpose_words
from web.words import _

EVERY_S = 5
"""So often an open page asks."""


def add_queue_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /review with its live part."""

    @blueprint.get("/review")
    def applications() -> ResponseReturnValue:
        with store.reading() as work:
            shown, answer = _shown(work), told(work, visitor().id)
            purposes = [(str(one), purpose_words(one, in_force(work).regime)) for one in shown["purposes"]]
        form = FilterForm(purposes, formdata=request.args)
        around = {"tag": tag_of(shown), "every": EVERY_S, "asked": _asked()}
        return render_template("review/queue.html", form=form, answer=answer, shown=shown, **around)

    @blueprint.get("/review/queue")
    def queue_part() -> ResponseReturnValue:
        with store.reading() as work:
            shown = _shown(work)
        return fragment("review/queue_part.html", tag_of(shown), shown=shown, every=EVERY_S, asked=_asked())


def _asked() -> dict[str, str]:
    """The filters of this request, for the live part to ask with."""
    return {name: request.args[name] for name in ("show", "purpose", "papers") if request.args.get(name)}


def _wanted() -> Wanted:
    asked = _asked()
    show = Show(asked["show"]) if asked.get("show") in set(Show) else Show.ALL
    purpose = asked.get("purpose", "")
    return Wanted(show, int(purpose) if purpose.isdecimal() and len(purpose) < 3 else None, "papers" in asked)


def _shown(work: Work) -> dict[str, Any]:
    found = queue(work, _wanted(), visitor().actor)
    first = [_row(work, one) for one in found.first]
    return {"rows": first, "count": found.count, "more": found.count - len(first), "purposes": found.by_purpose}


def _row(work: Work, one: Queued) -> dict[str, Any]:
    return {
        "number": one.number,
        "purpose": purpose_words(one.purpose, one.regime),
        "waited": waited(work.now - one.asked_at),
        "start": when(one.start_at, one.regime) if one.start_at else "",
        "papers": one.papers,
        "unread": one.unread,
        "state": _state(one),
        "mine": one.taken_by == visitor().actor,
    }


def _state(one: Queued) -> str:
    """Where it is, as far as there is something to say."""
    if one.taken_by:
        return _("You are at it") if one.taken_by == visitor().actor else _("{name} is at it", name=one.taker)
    if one.proposal:
        return _("{name} proposes {what}", name=one.proposer, what=_(PROPOSALS[one.proposal]))
    if one.paper_asked_at:
        return _("Waits for a paper")
    return _("Sent back") if one.returned else ""
