"""`flask --app wsgi alerts ...`: doubts about patients at home, and calls for help: list, show, decide."""

from typing import Any
from zoneinfo import ZoneInfo

import click

from codes.looking import EVERYONE
from codes.regimes import in_force
from commands.arguments import Words
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from monitoring.duty.deciding import Decided, Decision, Given, decide
from monitoring.duty.opening import OpenedAlert, look_at_alert
from monitoring.duty.queue import Wanted, queue
from monitoring.duty.weighing import Weighed

alerts = Group("alerts", help="Alerts about patients at home: list, show, decide.")


@alerts.command("list")
@looking
def list_alerts(*, as_json: bool) -> None:
    """Alerts that wait, the most urgent first."""
    with store().work() as work:
        looked(work, [EVERYONE], "alerts list")
        zone, found = in_force(work).regime.zone, queue(work, Wanted(), operator())
    rows = (
        {
            "alert": one.id,
            "kind": one.kind,
            "urgency": one.urgency,
            "raised_at": iso(one.raised_at, zone),
            "facts": one.facts,
            "told_at": iso(one.told_at, zone),
            "answer_by": iso(one.answer_by, zone),
            "answered_at": iso(one.answered_at, zone),
            "overdue": one.overdue,
            "taken_by": one.taker or None,
        }
        for one in found.first
    )
    show_rows(as_json, rows)


@alerts.command("show")
@click.argument("alert_id")
@looking
def show(*, alert_id: str, as_json: bool) -> None:
    """One alert: what it rests on, what of it counts, what the patient says."""
    with store().work() as work:
        found = look_at_alert(work, alert_id, operator(), "alerts show")
    if found is None:
        raise Failure(f"no alert {alert_id}")
    row = _row(found)
    out(as_json, row, described(row))


@alerts.command("decide")
@click.argument("alert_id")
@click.argument("decision", type=click.Choice([str(one) for one in Decision]))
@click.option("--reason", type=Words(), required=True, help="Why, for the record.")
@click.option("--words", default="", help="Words that the patient is sent with it.")
@click.option("--false-alarm", is_flag=True, help="The telephone was wrong, not the patient.")
@acting
def decide_one(*, alert_id: str, decision: str, reason: str, words: str, false_alarm: bool, as_json: bool) -> None:
    """Decides an alert; the patient is told by text."""
    with store().work() as work:
        outcome = decide(work, alert_id, Given(Decision(decision), reason, words, false_alarm), operator())
    if not isinstance(outcome, Decided):
        raise Failure(f"not possible: {', '.join(outcome)}")
    row: Row = {"alert": alert_id, "decision": decision, "message": outcome.message_id}
    out(as_json, row, described(row))


def _fact(one: Weighed, zone: ZoneInfo) -> str:
    until = iso(one.fact.answer_by, zone)
    said = f"{one.fact.what} {one.fact.id}: {one.void or 'counts'}"
    return f"{said}, may answer until {until}" if until else f"{said}, not told yet"


def _row(found: OpenedAlert) -> dict[str, Any]:
    alert, zone = found.alert, found.regime.zone
    return {
        "alert": alert.id,
        "case": alert.case_id,
        "kind": alert.kind,
        "raised_at": iso(alert.raised_at, zone),
        "told_at": iso(alert.told_at, zone),
        "answer_by": iso(alert.answer_by, zone),
        "answered_at": iso(alert.answered_at, zone),
        "facts": [_fact(one, zone) for one in found.weighed],
        "two_independent": found.two,
        "time_to_answer_over": found.two_ripe,
        "said": [f"{one.kind}: {one.words}" for one in found.said],
        "decision": alert.decision,
        "decided_at": iso(alert.decided_at, zone),
        "decided_by": alert.decided_by,
        "reason": found.reason or None,
        "overturned_at": iso(alert.overturned_at, zone),
    }
