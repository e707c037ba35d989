"""`flask --app wsgi messages list`: what was texted to a telephone, and what never arrived."""

import click

from codes.looking import EVERYONE
from codes.regimes import in_force
from commands.arguments import read_number
from commands.tables import Row, described, iso
from commands.terminal import Failure, Group, looked, looking, out, store
from language.failures import in_words
from store.correspondence import TextOut, count_in, texts_out
from store.phones import find_phone

messages = Group("messages", help="Texts: what went out and what became of it.")


@messages.command("list")
@click.option("--phone", help="To and from this telephone; with --failed it may be left out.")
@click.option("--failed", is_flag=True, help="Only those that never arrived.")
@looking
def list_messages(*, phone: str | None, failed: bool, as_json: bool) -> None:
    """How many texts came in, and the texts out with their states, the newest first. Never what they say."""
    if phone is None and not failed:
        raise Failure("say whose: --phone, or --failed for every text that never arrived")
    with store().work() as work:
        under = in_force(work)
        number = read_number(work, phone) if phone is not None else None
        known = find_phone(work, number) if number else None
        looked(work, [known.id] if known else [EVERYONE] if number is None else [], "messages list")
    with store().reading() as work:
        inbound = count_in(work, known) if known else 0
        sent = texts_out(work, known, lost_only=failed) if known or number is None else ()
    rows = [_row(one, iso(one.created_at, under.regime.zone), iso(one.sent_at, under.regime.zone)) for one in sent]
    document: Row = {"phone": number, "inbound": inbound, "outbound": rows} if number else {"outbound": rows}
    out(as_json, document, described(document))


def _row(one: TextOut, created_at: str | None, sent_at: str | None) -> Row:
    return {
        "id": one.id,
        "phone": one.phone,
        "template": one.template,
        "state": one.state,
        "error_code": one.error_code,
        "error": in_words(one.error_code),
        "attempts": one.attempts,
        "segments": one.segments,
        "created_at": created_at,
        "sent_at": sent_at,
    }
