"""`flask --app wsgi cases ...`: who has to stay at home: open, close, list."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import click

from codes.isolation import same_person
from codes.looking import EVERYONE
from codes.meeting import Meeting, meet
from codes.regimes import in_force
from commands.arguments import Words, known_phone, read_day, read_number
from commands.cases_kept import list_destroyed, show_case
from commands.choosing import read_said, the_holder, the_person
from commands.schedules import schedule
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, settings, store
from monitoring.cases.listing import listed_cases
from monitoring.cases.opening import ON_PAPER, NotPossible, Plan, open_case
from monitoring.cases.watched import cases_of, watched_case
from monitoring.patients.leaving import end_case
from monitoring.patients.telling import tell_opened
from store import Work
from store.cases import CASE_KINDS, CASE_MEANS, CLOSINGS

cases = Group("cases", help="Cases of home isolation: open, close, list, when they are asked, what is left of them.")
for _command in (schedule, show_case, list_destroyed):
    cases.add_command(_command)


@cases.command("open")
@click.option("--phone", required=True, help="The person's telephone; a new number gets known.")
@click.option(
    "--reason", type=Words(), required=True, help="Why, for the record: an order's number, say. No diagnosis."
)
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@click.option("--name", help="The person's name; somebody new is registered.")
@click.option("--document", help="The person's document; somebody new is registered.")
@click.option("--kind", type=click.Choice(CASE_KINDS), default="suspected", show_default=True)
@click.option("--means", type=click.Choice(CASE_MEANS), default="link", show_default=True, help="How they are asked.")
@click.option("--until", help="The last day, as 2027-03-01. Without, no pass is issued, and that is all.")
@click.option("--clinic", type=Words(), help="Whose clinicians see the case.")
@acting
def open_one(
    *, phone: str, reason: str, person: str | None, name: str | None, document: str | None, as_json: bool, **how: Any
) -> None:
    """Opens a case: live passes are revoked at once, and their holders get a text with how to appeal."""
    with store().work() as work:
        number = read_number(work, phone)
        meeting = meet(work, number)
        said = read_said(work, meeting.terms, {"name": name, "document": document})
        holder = the_holder(work, meeting, number, person, said)
        plan = _plan(meeting, how, work.now)
        try:
            opened = open_case(work, holder.id, reason, operator(), plan)
        except NotPossible as error:
            raise Failure(f"{error}: {number}") from None
        if plan.ends_at is not None:
            _tell_opened(work, opened.case_id, meeting)
    row: Row = {"case": opened.case_id, "person": holder.id, "phone": number, "passes_revoked": opened.revoked}
    out(as_json, row, described(row))


def _plan(meeting: Meeting, how: Mapping[str, str | None], now: datetime) -> Plan:
    """What was asked for; raises Failure."""
    kind, means = how["kind"] or ON_PAPER.kind, how["means"] or ON_PAPER.means
    if how["until"] is None:
        return Plan(kind, means, phone_id=meeting.phone.id, clinic=how["clinic"])
    regime = meeting.terms.regime
    last = read_day(how["until"], regime, now)
    ends_at = datetime.combine(last + timedelta(days=1), time(), regime.zone)
    return Plan(kind, means, ends_at, meeting.phone.id, clinic=how["clinic"])


def _tell_opened(work: Work, case_id: str, meeting: Meeting) -> None:
    case = watched_case(work, case_id)
    assert case is not None
    tell_opened(work, meeting.terms.regime, case, settings().public_url)


@cases.command("close")
@click.option("--phone", required=True, help="The person's telephone.")
@click.option("--reason", type=Words(), required=True, help="Why, for the record.")
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@click.option("--how", type=click.Choice(CLOSINGS), default="ended", show_default=True, help="How it ends.")
@acting
def close_one(*, phone: str, reason: str, person: str | None, how: str, as_json: bool) -> None:
    """Closes a case: passes can be had again, and the patient is told so."""
    with store().work() as work:
        number = known_phone(work, phone).number
        meeting = meet(work, number)
        holder = the_person(meeting.holders, person, number)
        found = cases_of(work, same_person(work, holder.id))
        if not found:
            raise Failure(f"this person has no open case: {number}")
        case_id = found[0].id
        end_case(work, meeting.terms.regime, found[0], how, reason, operator())
    row: Row = {"case": case_id, "person": holder.id, "phone": number}
    out(as_json, row, described(row))


@cases.command("list")
@click.option("--all", "every", is_flag=True, help="Closed ones too.")
@looking
def list_cases(*, every: bool, as_json: bool) -> None:
    """Open cases, the newest first."""
    with store().work() as work:
        zone = in_force(work).regime.zone
        looked(work, [EVERYONE], "cases list")
    with store().reading() as work:
        found = listed_cases(work, open_only=not every)
    rows = (
        {
            "case": one.case.id,
            "person": one.case.person_id,
            "phones": list(one.phones),
            "holder_name": one.person.name,
            "document_tail": one.person.document_tail,
            "kind": one.case.kind,
            "means": one.case.means,
            "reason": one.case.details.reason,
            "opened_at": iso(one.case.opened_at, zone),
            "opened_by": one.case.opened_by,
            "clinic": one.case.clinic,
            "ends_at": iso(one.case.ends_at, zone),
            "closed_at": iso(one.case.closed_at, zone),
            "closed_by": one.case.closed_by,
            "closing": one.case.closing,
            "closed_reason": one.case.details.closed_reason or None,
        }
        for one in found
    )
    show_rows(as_json, rows)
