"""`flask --app wsgi persons`: what is held about the people of a telephone; blocking."""

from collections.abc import Callable

import click

from codes.blocking import block_person, block_phone, unblock_person, unblock_phone
from codes.code import show_code
from codes.fields import PERSONAL, Field
from codes.meeting import meet
from codes.people import Holder
from codes.regimes import terms
from commands.arguments import Words, known_phone
from commands.tables import Row, described, iso
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from store import Work

persons = Group("persons", help="People: what is held about them, and who gets no passes.")
Change = Callable[[Work, str, str, str], None]


@persons.command("show")
@click.option("--phone", required=True, help="Whose telephone.")
@looking
def show(*, phone: str, as_json: bool) -> None:
    """The people registered on a telephone, with their live passes."""
    with store().work() as work:
        known = known_phone(work, phone)
        holders = meet(work, known.number).holders
        looked(work, [holder.id for holder in holders] or [known.id], "persons show")
        document: Row = {
            "phone": known.number,
            "language": known.language,
            "notices": not known.stopped,
            "flagged": known.flagged,
            "blocked": known.blocked,
            "persons": [_row(work, holder) for holder in holders],
        }
    out(as_json, document, described(document))


@persons.command("block")
@click.option("--phone", required=True, help="The telephone.")
@click.option("--person", help="Only this person of the telephone, by id; they are refused on every telephone.")
@click.option("--reason", type=Words(), required=True, help="Why, for the audit.")
@acting
def block(*, phone: str, person: str | None, reason: str, as_json: bool) -> None:
    """Refuses passes to a telephone, or to one person."""
    _change(phone, person, reason, as_json, block_phone, block_person)


@persons.command("unblock")
@click.option("--phone", required=True, help="The telephone.")
@click.option("--person", help="Only this person of the telephone, by id.")
@click.option("--reason", type=Words(), required=True, help="Why, for the audit.")
@acting
def unblock(*, phone: str, person: str | None, reason: str, as_json: bool) -> None:
    """Lets a telephone, or one person, have passes again."""
    _change(phone, person, reason, as_json, unblock_phone, unblock_person)


def _change(phone: str, person: str | None, reason: str, as_json: bool, of_phone: Change, of_person: Change) -> None:
    with store().work() as work:
        known = known_phone(work, phone)
        if person is None:
            of_phone(work, known.id, reason, operator())
        elif person in (holder.id for holder in meet(work, known.number).holders):
            of_person(work, person, reason, operator())
        else:
            raise Failure(f"nobody on {known.number} has the id {person}: see `persons show`")
        now = meet(work, known.number)
        blocked = now.phone.blocked if person is None else next(one.blocked for one in now.holders if one.id == person)
    row: Row = {"phone": known.number, "person": person, "blocked": blocked}
    out(as_json, row, described(row))


def _row(work: Work, holder: Holder) -> Row:
    return {
        "id": holder.id,
        **{str(field): holder.details.get(field) for field in Field if field in PERSONAL},
        "dependant_of": holder.guardian_id,
        "blocked": holder.blocked,
        "isolation": holder.open_case,
        "passes": [_live(work, holder, place) for place in range(len(holder.live))],
    }


def _live(work: Work, holder: Holder, place: int) -> Row:
    live = holder.live[place]
    regime = terms(work, live.regime_version).regime
    return {
        "code": show_code(live.face.code, regime.code),
        "purpose": live.purpose,
        "valid_until": iso(live.valid_until, regime.zone),
    }
