"""`flask --app wsgi applications ...`: requests that a person decides: list, grant, refuse, confirm, send back."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import click

from codes.listing import Waiting, pass_by_id, waiting
from codes.looking import EVERYONE
from codes.outcomes import Grant, Refusal
from codes.regimes import in_force
from codes.review.barring import Barred
from codes.review.reviewing import (
    Came,
    NotWaiting,
    confirm_proposal,
    grant_application,
    refuse_application,
    send_back,
)
from commands.arguments import Words
from commands.passes import pass_row
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from language.wording import word
from store import Work

applications = Group("applications", help="Applications that wait for a decision: list, grant, refuse, confirm.")
BARRED: Mapping[Barred, str] = MappingProxyType(
    {
        Barred.OWN: "you asked for it yourself: somebody else decides",
        Barred.TWICE: "you proposed it yourself: somebody else confirms or sends it back",
        Barred.TAKEN: "a reviewer is at it just now: wait a quarter of an hour",
        Barred.PROPOSED: "a decision is proposed: `applications confirm` it, or `applications send-back`",
        Barred.NOT_PROPOSED: "nobody proposed anything: `applications grant` or `applications refuse` it",
        Barred.NO_PAPERS: "the order wants papers, and there is none that can be read",
        Barred.NONE_WANTED: "the order asks for no papers",
        Barred.CONCERNED: "it is about what you decided yourself: somebody else answers",
    }
)
_CAME = {
    Came.PROPOSED: "is proposed; another one confirms it",
    Came.REFUSED: "is refused",
    Came.RETURNED: "waits again",
    Came.ASKED: "waits for another paper",
}


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
        "proposal": one.proposal,
        "papers": one.papers,
        "start_at": iso(one.start_at, zone),
        "asked_at": iso(one.asked_at, zone),
        "channel": one.channel,
        "regime": one.regime.name,
    }


@applications.command("grant")
@click.argument("number")
@acting
def grant(*, number: str, as_json: bool) -> None:
    """Grants an application, or proposes to where two decide; the applicant gets the code by text."""
    _decide(number, as_json, lambda work: grant_application(work, number, operator()))


@applications.command("refuse")
@click.argument("number")
@click.option("--reason", type=Words(), required=True, help="Why, in words that the applicant is sent.")
@acting
def refuse(*, number: str, reason: str, as_json: bool) -> None:
    """Refuses an application, or proposes to; the applicant gets the reason and how to appeal by text."""
    _decide(number, as_json, lambda work: refuse_application(work, number, reason, operator()), reason=reason)


@applications.command("confirm")
@click.argument("number")
@acting
def confirm(*, number: str, as_json: bool) -> None:
    """Decides as somebody else proposed."""
    _decide(number, as_json, lambda work: confirm_proposal(work, number, operator()))


@applications.command("send-back")
@click.argument("number")
@click.option("--reason", type=Words(), required=True, help="Why you don't confirm, for whoever decides next.")
@acting
def return_proposal(*, number: str, reason: str, as_json: bool) -> None:
    """Does not confirm what somebody else proposed; the application waits again."""
    _decide(number, as_json, lambda work: send_back(work, number, reason, operator()), reason=reason)


def _decide(number: str, as_json: bool, act: Callable[[Work], Grant | Refusal | Came | Barred], **told: str) -> None:
    with store().work() as work:
        try:
            outcome = act(work)
        except NotWaiting as error:
            raise Failure(str(error)) from None
        row, said = _outcome(work, number, outcome)
    out(as_json, {"number": number, **row, **told}, said)


def _outcome(work: Work, number: str, outcome: Grant | Refusal | Came | Barred) -> tuple[Row, str]:
    match outcome:
        case Grant():
            row: Row = {"outcome": "granted", **pass_row(pass_by_id(work, outcome.pass_id))}
            return row, described({"number": number, **row})
        case Came():
            return {"outcome": str(outcome)}, f"application {number} {_CAME[outcome]}"
        case Refusal():
            sentence = word(outcome, "en", in_force(work).regime, work.now)
            raise Failure(" ".join(f"application {number} can't be granted now: {sentence}".split()))
        case Barred():
            raise Failure(f"application {number} is not yours to decide: {BARRED[outcome]}")
