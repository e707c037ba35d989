"""One alert: taken, looked at, given back; told by hand; a visit noted."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.calling import CallBack, owe_call_back
from codes.regimes import in_force
from codes.review.taking import give_back
from language.moments import when
from monitoring.cases.watched import telephone_of
from monitoring.duty.deciding import ALERT
from monitoring.duty.opening import open_alert, take_alert
from monitoring.duty.queue import Listed, listed
from monitoring.duty.telling import note_told
from monitoring.duty.visiting import close_visit
from store import Store, Work
from web.duty.showing import alert_page, their_alert
from web.duty.wording import DECISIONS, KINDS, URGENCIES, actor_words
from web.once import Answer, send_once, told
from web.review.wording import waited
from web.visitor import visitor
from web.words import _

LIST, ONE = "pages.duty.alerts", "pages.duty.alert"


def add_alert_pages(blueprint: Blueprint, store: Store) -> None:
    """/duty/alerts/ID, its /take, /give-back, /told, /visited and /call."""
    _add_looking(blueprint, store)
    _add_noting(blueprint, store)
    _add_ringing(blueprint, store)


def _add_looking(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/duty/alerts/<alert_id>")
    def alert(alert_id: str) -> ResponseReturnValue:
        with store.work() as work:
            opened = open_alert(work, alert_id, visitor().actor)
            if opened is not None and opened.alert.decided_at is None:
                return alert_page(work, opened, None)
            return _closed_page(work, listed(work, alert_id))

    @blueprint.post("/duty/alerts/<alert_id>/take")
    def take(alert_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            got = take_alert(work, alert_id, visitor().actor)
            return Answer(url_for(ONE, alert_id=alert_id), "" if got else "taken_before")

        return send_once(store, visitor().id, act)

    @blueprint.post("/duty/alerts/<alert_id>/give-back", endpoint="give_back")
    def give_it_back(alert_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            give_back(work, ALERT, alert_id, visitor().actor)
            return Answer(url_for(LIST), "given_back")

        return send_once(store, visitor().id, act)


def _add_noting(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/duty/alerts/<alert_id>/told", endpoint="note_told")
    def told_by_hand(alert_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found = their_alert(work, alert_id)
            if found is None or found[0].decided_at is not None or found[0].untold_at is None:
                return Answer(url_for(ONE, alert_id=alert_id), "taken_before")
            note_told(work, alert_id, found[1], visitor().actor, in_force(work).regime)
            return Answer(url_for(ONE, alert_id=alert_id), "told_now")

        return send_once(store, visitor().id, act)

    @blueprint.post("/duty/alerts/<alert_id>/visited")
    def visited(alert_id: str) -> ResponseReturnValue:
        said = request.form.get("met")
        if said not in ("yes", "no"):
            abort(400)

        def act(work: Work) -> Answer:
            done = their_alert(work, alert_id) and close_visit(work, alert_id, met=said == "yes", by=visitor().actor)
            return Answer(url_for(LIST), "visited" if done else "not_visited")

        return send_once(store, visitor().id, act)


def _add_ringing(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/duty/alerts/<alert_id>/call")
    def call(alert_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            here = url_for(ONE, alert_id=alert_id)
            found = their_alert(work, alert_id)
            phone = telephone_of(work, found[1]) if found else None
            if phone is None:
                return Answer(here, "taken_before")
            regime = in_force(work).regime
            language = phone.language or regime.default_language
            owed = owe_call_back(work, phone, language, regime, for_agent=True)
            work.audit(visitor().actor, "patient.rung", alert_id)
            return Answer(here, "call_promised" if owed is CallBack.PROMISED else "call_refused")

        return send_once(store, visitor().id, act)


def _closed_page(work: Work, one: Listed | None) -> ResponseReturnValue:
    """What anybody at the desk sees who did not take it: nothing that names the patient."""
    answer = told(work, visitor().id)
    if one is None:
        return render_template("duty/gone.html", answer=answer), 404
    regime = in_force(work).regime
    facts = {
        "id": one.id,
        "kind": _(KINDS[one.kind]),
        "urgency": _(URGENCIES[one.urgency][0]),
        "colour": URGENCIES[one.urgency][1],
        "waited": waited(work.now - one.raised_at),
        "raised": when(one.raised_at, regime),
        "facts": one.facts,
        "taker": one.taker if one.taken_by else "",
        "violation": one.decision == "violation",
        "decision": _(DECISIONS[one.decision]) if one.decision else "",
        "decider": actor_words(one.decided_by),
        "decided": when(one.decided_at, regime) if one.decided_at else "",
    }
    return render_template("duty/closed.html", one=facts, answer=answer)
