"""`flask --app wsgi cases ...`: who has to stay at home: open, close, list."""

import click

from codes.looking import EVERYONE
from codes.meeting import meet
from codes.regimes import in_force
from commands.arguments import Words, known_phone, read_number
from commands.choosing import read_said, the_holder, the_person
from commands.schedules import schedule
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from monitoring.cases.closing import close_case
from monitoring.cases.listing import listed_cases
from monitoring.cases.opening import NotPossible, open_case

cases = Group("cases", help="Cases of home isolation: open, close, list, and when they are asked.")
cases.add_command(schedule)


@cases.command("open")
@click.option("--phone", required=True, help="The person's telephone; a new number gets known.")
@click.option(
    "--reason", type=Words(), required=True, help="Why, for the record: an order's number, say. No diagnosis."
)
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@click.option("--name", help="The person's name; somebody new is registered.")
@click.option("--document", help="The person's document; somebody new is registered.")
@acting
def open_one(
    *, phone: str, reason: str, person: str | None, name: str | None, document: str | None, as_json: bool
) -> None:
    """Opens a case: live passes are revoked at once, and their holders get a text with how to appeal."""
    with store().work() as work:
        number = read_number(work, phone)
        meeting = meet(work, number)
        said = read_said(work, meeting.terms, {"name": name, "document": document})
        holder = the_holder(work, meeting, number, person, said)
        try:
            opened = open_case(work, holder.id, reason, operator())
        except NotPossible as error:
            raise Failure(f"{error}: {number}") from None
    row: Row = {"case": opened.case_id, "person": holder.id, "phone": number, "passes_revoked": opened.revoked}
    out(as_json, row, described(row))


@cases.command("close")
@click.option("--phone", required=True, help="The person's telephone.")
@click.option("--reason", type=Words(), required=True, help="Why, for the record.")
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@acting
def close_one(*, phone: str, reason: str, person: str | None, as_json: bool) -> None:
    """Closes a case: passes can be had again."""
    with store().work() as work:
        number = known_phone(work, phone).number
        holder = the_person(meet(work, number).holders, person, number)
        try:
            case_id = close_case(work, holder.id, reason, operator())
        except NotPossible as error:
            raise Failure(f"{error}: {number}") from None
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
            "case": one.id,
            "person": one.person_id,
            "phones": list(one.phones),
            "holder_name": one.holder_name,
            "document_tail": one.document_tail,
            "kind": one.kind,
            "means": one.means,
            "reason": one.reason,
            "opened_at": iso(one.opened_at, zone),
            "opened_by": one.opened_by,
            "closed_at": iso(one.closed_at, zone),
            "closed_by": one.closed_by,
            "closing": one.closing,
            "closed_reason": one.closed_reason,
        }
        for one in found
    )
    show_rows(as_json, rows)
