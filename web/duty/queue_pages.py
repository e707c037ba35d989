"""The queue of alerts: calls for help first. Nothing in it names anybody."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from language.moments import when
from monitoring.alerts import DOUBTS
from monitoring.duty.queue import About, Listed, Show, Wanted, decided_lately, queue
from monitoring.patients.words import ANSWERED_WITHIN
from store import Store, Work
from web.duty.forms import FilterForm
from web.duty.wording import DECISIONS, KINDS, URGENCIES, actor_words
from web.fragments import fragment, tag_of
from web.once import told
from web.review.wording import waited
from web.visitor import visitor
from web.words import _

EVERY_S = 5
"""So often an open page asks."""
LATELY = timedelta(days=2)
"""Decided ones are listed for so long."""


def add_queue_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /duty with its live part, and GET /duty/decided."""

    @blueprint.get("/duty")
    def alerts() -> ResponseReturnValue:
        with store.reading() as work:
            shown, answer = _shown(work), told(work, visitor().id)
        around = {"tag": tag_of(shown), "every": EVERY_S, "asked": _asked()}
        return render_template(
            "duty/queue.html", form=FilterForm(formdata=request.args), answer=answer, shown=shown, **around
        )

    @blueprint.get("/duty/queue")
    def queue_part() -> ResponseReturnValue:
        with store.reading() as work:
            shown = _shown(work)
        return fragment("duty/queue_part.html", tag_of(shown), shown=shown, every=EVERY_S, asked=_asked())

    @blueprint.get("/duty/decided")
    def decided() -> ResponseReturnValue:
        with store.reading() as work:
            regime = in_force(work).regime
            rows = [_over(one, regime) for one in decided_lately(work, work.now - LATELY)]
        return render_template("duty/decided.html", rows=rows)


def _asked() -> dict[str, str]:
    """The filters of this request, for the live part to ask with."""
    return {name: request.args[name] for name in ("show", "about") if request.args.get(name)}


def _wanted() -> Wanted:
    asked = _asked()
    show = Show(asked["show"]) if asked.get("show") in set(Show) else Show.ALL
    about = About(asked["about"]) if asked.get("about") in set(About) else About.ANY
    return Wanted(show, about)


def _shown(work: Work) -> dict[str, Any]:
    found, regime = queue(work, _wanted(), visitor().actor), in_force(work).regime
    rows = [_row(work, one, regime) for one in found.first]
    waiting = {"help": found.help, "overdue": found.overdue}
    return {"rows": rows, "count": found.count, "more": found.count - len(rows), **waiting}


def _row(work: Work, one: Listed, regime: Regime) -> dict[str, Any]:
    urgency, colour = URGENCIES[one.urgency]
    return {
        "id": one.id,
        "kind": _(KINDS[one.kind]),
        "help": one.urgency == 0,
        "overdue": one.overdue,
        "urgency": _("Overdue") if one.overdue else _(urgency),
        "colour": "red" if one.overdue else colour,
        "waited": waited(work.now - one.raised_at),
        "facts": one.facts,
        "state": _answer_state(work, one, regime),
        "taker": _taker(one),
        "mine": one.taken_by == visitor().actor,
    }


def _answer_state(work: Work, one: Listed, regime: Regime) -> str:
    """Whether the patient's answer is waited for, where it is a doubt about them; what a pause was promised."""
    if one.overdue:
        return _("was promised an answer by {moment}", moment=when(one.raised_at + ANSWERED_WITHIN, regime, work.now))
    if one.kind not in DOUBTS:
        return ""
    if one.told_at is None or one.answer_by is None:
        return _("the patient is not told yet")
    if one.answered_at is not None and one.answered_at >= one.told_at:
        return _("the patient answered")
    if one.untold_at is None and one.answer_by <= work.now:
        return _("the time to answer is over")
    if one.ripe_at is not None and one.ripe_at <= work.now:
        return _("the time to answer is over for a part of it")
    return _("may answer until {moment}", moment=when(one.answer_by, regime, work.now))


def _taker(one: Listed) -> str:
    if not one.taken_by:
        return ""
    return _("You are at it") if one.taken_by == visitor().actor else _("{name} is at it", name=one.taker)


def _over(one: Listed, regime: Regime) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": _(KINDS[one.kind]),
        "decision": _(DECISIONS[one.decision]),
        "decider": actor_words(one.decided_by),
        "at": when(one.decided_at, regime) if one.decided_at else "",
    }
