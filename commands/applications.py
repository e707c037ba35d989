"""`flask --app wsgi applications ...`: requests that a person decides: list, grant, refuse."""

import click

from codes.listing import Waiting, pass_by_id, waiting
from codes.looking import EVERYONE
from codes.outcomes import Refusal
from codes.regimes import in_force
from codes.reviewing import NotWaiting, grant_application, refuse_application
from commands.arguments import Words
from commands.passes import pass_row
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from language.wording import word

applications = Group("applications", help="Applications that wait for a decision: list, grant, refuse.")


@applications.command("list")
@looking
def list_applications(*, as_json: bool) -> None:
    """Applications that wait, the oldest first."""
    with store().work() as work:
        looked(work, [EVERYONE], "applications list")
    with store().reading() as work:
        rows = [_row(one) for one in waiting(work)]
    show_rows(as_json, rows)


def _row(one: Waiting) -> Row:
    zone = one.regime.zone
    return {
        "number": one.number,
        "phone": one.phone,
        "purpose": one.purpose,
        "holder_name": one.holder_name,
        "document_tail": one.document_tail,
        "fields": dict(one.fields),
        "start_at": iso(one.start_at, zone),
        "asked_at": iso(one.asked_at, zone),
        "channel": one.channel,
        "regime": one.regime.name,
    }


@applications.command("grant")
@click.argument("number")
@acting
def grant(*, number: str, as_json: bool) -> None:
    """Grants an application; the applicant gets the code by text."""
    with store().work() as work:
        try:
            outcome = grant_application(work, number, operator())
        except NotWaiting as error:
            raise Failure(str(error)) from None
        if isinstance(outcome, Refusal):
            sentence = word(outcome, "en", in_force(work).regime, work.now)
            raise Failure(" ".join(f"application {number} can't be granted now: {sentence}".split()))
        row: Row = {"number": number, "outcome": "granted", **pass_row(pass_by_id(work, outcome.pass_id))}
    out(as_json, row, described(row))


@applications.command("refuse")
@click.argument("number")
@click.option("--reason", type=Words(), required=True, help="Why, in words that the applicant is sent.")
@acting
def refuse(*, number: str, reason: str, as_json: bool) -> None:
    """Refuses an application; the applicant gets the reason and how to appeal by text."""
    with store().work() as work:
        try:
            refuse_application(work, number, reason, operator())
        except NotWaiting as error:
            raise Failure(str(error)) from None
    out(as_json, {"number": number, "outcome": "refused", "reason": reason}, f"application {number} is refused")
