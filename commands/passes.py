"""`flask --app wsgi passes ...`: list, issue, revoke."""

import click

from codes.applications import Asking
from codes.finding import Mistyped, NoSuchPass, find_pass
from codes.issuing import issue_pass
from codes.listing import ListedPass, Wanted, holders_of, pass_by_id
from codes.listing import passes as listed_passes
from codes.looking import EVERYONE
from codes.meeting import Meeting, meet
from codes.outcomes import Grant, Referral, Refusal
from codes.regime import Purpose, Regime
from codes.regimes import in_force
from codes.registering import missing, too_many
from codes.revoking import NotLive, revoke_by_code
from commands.arguments import Words, read_moment, read_number
from commands.choosing import read_said, the_holder
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from language.wording import word
from store import Work
from store.phones import find_phone

CHANNEL = "operator"

passes = Group("passes", help="Passes: list, issue, revoke.")


@passes.command("list")
@click.option("--phone", help="Only those this telephone asked for.")
@click.option("--code", help="Only the one with this code, in any spelling.")
@click.option("--since", help="Only those issued since then: 2027-03-01 10:00, 10:00, yesterday 10:00 ...")
@looking
def list_passes(*, phone: str | None, code: str | None, since: str | None, as_json: bool) -> None:
    """Passes, the newest first."""
    opened = store()
    with opened.reading() as work:
        wanted = _wanted(work, phone, code, since)
        people = holders_of(work, wanted) if wanted and (phone or code) else {EVERYONE} if wanted else set()
    with opened.work() as work:
        looked(work, people, "passes list")
    show_rows(as_json, map(pass_row, listed_passes(opened, wanted)) if wanted else ())


def _wanted(work: Work, phone: str | None, code: str | None, since: str | None) -> Wanted | None:
    """What is asked for; None where there can be nothing."""
    under = in_force(work)
    moment = read_moment(since, under.regime, work.now) if since else None
    phone_id = pass_id = None
    if phone is not None:
        known = find_phone(work, read_number(work, phone))
        if known is None:
            return None
        phone_id = known.id
    if code is not None:
        try:
            pass_id = find_pass(work, under, code).pass_id
        except Mistyped as error:
            raise Failure(str(error)) from None
        except NoSuchPass:
            return None
    return Wanted(phone_id, pass_id, moment)


@passes.command("issue")
@click.option("--phone", required=True, help="Whose telephone; a new number gets known.")
@click.option("--purpose", required=True, type=int, help="The purpose's number in the order.")
@click.option("--from", "begin", help="When it begins: tomorrow 10:00, 2027-03-01 10:00 ...; otherwise now.")
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@click.option("--name", help="The person's name; somebody new is registered.")
@click.option("--document", help="The person's document; somebody new is registered.")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME=VALUE", help="Any other field, such as plate=T111MO777."
)
@acting
def issue(
    *,
    phone: str,
    purpose: int,
    begin: str | None,
    person: str | None,
    name: str | None,
    document: str | None,
    fields: tuple[str, ...],
    as_json: bool,
) -> None:
    """Issues a pass under the order's rules, as if the person had asked."""
    written = {"name": name, "document": document, **dict(map(_field, fields))}
    with store().work() as work:
        number = read_number(work, phone)
        meeting = meet(work, number)
        asking = _asking(work, meeting, number, purpose, begin, person, written)
        outcome = issue_pass(work, meeting.terms, asking)
        sentence = word(outcome, "en", meeting.terms.regime, work.now)
        row = _issued(work, outcome)
    if row is None and meeting.phone.blocked:
        raise Failure(f"{number} is blocked")
    if row is None:
        raise Failure(" ".join(f"refused: {sentence}".split()))
    out(as_json, row, described(row))


def _field(typed: str) -> tuple[str, str]:
    name, sign, value = typed.partition("=")
    if not sign:
        raise Failure(f"{typed!r} is no field: write it as NAME=VALUE")
    return name.strip(), value


def _asking(
    work: Work,
    meeting: Meeting,
    number: str,
    purpose: int,
    begin: str | None,
    person: str | None,
    written: dict[str, str | None],
) -> Asking:
    regime = meeting.terms.regime
    wanted = _purpose(regime, purpose)
    start = read_moment(begin, regime, work.now) if begin else None
    if start and start < work.now.astimezone(regime.zone).replace(second=0, microsecond=0):
        raise Failure(f"{begin} is past: leave out --from to begin now")
    said = read_said(work, meeting.terms, written)
    holder = the_holder(work, meeting, number, person, said)
    refusal = too_many(meeting.holders)
    if refusal and all(one.id != holder.id for one in meeting.holders):
        raise Failure(f"refused: {word(refusal, 'en', regime, work.now)}")
    lacking = missing(regime, wanted, holder, said)
    if lacking:
        options = ", ".join(f"--{one}" if one in ("name", "document") else f"--field {one}=" for one in lacking)
        raise Failure(f"for purpose {purpose} {', '.join(lacking)} must be known too: give {options}")
    return Asking(meeting.phone, holder, wanted, said, CHANNEL, operator(), start)


def _purpose(regime: Regime, number: int) -> Purpose:
    purpose = regime.by_number.get(number)
    if purpose is None:
        raise Failure(f"{regime.name} has no purpose {number}: there are {', '.join(map(str, regime.by_number))}")
    return purpose


def _issued(work: Work, outcome: Grant | Refusal | Referral) -> Row | None:
    match outcome:
        case Grant():
            return {
                "outcome": "repeated" if outcome.repeated else "granted",
                **pass_row(pass_by_id(work, outcome.pass_id)),
            }
        case Referral():
            return {"outcome": "referred", "application": outcome.application, "purpose": outcome.purpose}
        case Refusal():
            return None


@passes.command("revoke")
@click.option("--code", required=True, help="The code, in any spelling.")
@click.option("--reason", type=Words(), required=True, help="Why, in words that the holder is sent.")
@acting
def revoke(*, code: str, reason: str, as_json: bool) -> None:
    """Revokes a live pass; its holder gets a text with the reason and how to appeal."""
    with store().work() as work:
        try:
            pass_id = revoke_by_code(work, in_force(work), code, reason, operator())
        except (NoSuchPass, NotLive) as error:
            raise Failure(str(error)) from None
        row = pass_row(pass_by_id(work, pass_id))
    out(as_json, row, described(row))


def pass_row(one: ListedPass) -> Row:
    """A pass as every command shows it."""
    return {
        "code": one.code,
        "phone": one.phone,
        "purpose": one.purpose,
        "status": str(one.status),
        "valid_from": iso(one.valid_from, one.regime.zone),
        "valid_until": iso(one.valid_until, one.regime.zone),
        "channel": one.channel,
        "regime": one.regime.name,
        "holder_name": one.holder_name,
        "document_tail": one.document_tail,
        "revoked_reason": one.revoked_reason,
    }
