"""`flask --app wsgi appeals ...`: somebody says that we were wrong: list, decide."""

import click

from codes.looking import EVERYONE
from codes.regimes import in_force
from codes.review.appeals import Appealed, NotOpen, decide_appeal
from codes.review.appeals import appeals as every_appeal
from commands.applications import BARRED
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store

appeals = Group("appeals", help="Appeals: list, decide.")


@appeals.command("list")
@click.option("--all", "every", is_flag=True, help="Decided ones too.")
@looking
def list_appeals(*, every: bool, as_json: bool) -> None:
    """Open appeals, the oldest first."""
    with store().work() as work:
        zone = in_force(work).regime.zone
        looked(work, [EVERYONE], "appeals list")
    with store().reading() as work:
        found = every_appeal(work, None if every else "open")
    show_rows(as_json, (_row(one, iso(one.filed_at, zone)) for one in found))


def _row(one: Appealed, filed_at: str | None) -> Row:
    return {
        "number": one.number,
        "phone": one.phone.number,
        "state": one.state,
        "filed_at": filed_at,
        "text": one.text,
        "decision": one.decision or None,
    }


@appeals.command("decide")
@click.argument("number")
@click.option("--uphold/--deny", "upheld", default=None, help="Whether the sender was right.")
@click.option("--text", "words", required=True, help="Words that the sender is sent.")
@acting
def decide(*, number: str, upheld: bool | None, words: str, as_json: bool) -> None:
    """Decides an appeal; its sender gets the decision by text."""
    if upheld is None:
        raise Failure("say --uphold or --deny")
    with store().work() as work:
        language = in_force(work).regime.default_language
        try:
            barred = decide_appeal(work, number, upheld=upheld, words=words, language=language, by=operator())
        except NotOpen as error:
            raise Failure(str(error)) from None
    if barred:
        raise Failure(f"appeal {number} is not yours to decide: {BARRED[barred]}")
    row: Row = {"number": number, "state": "upheld" if upheld else "denied", "text": words}
    out(as_json, row, described(row))
