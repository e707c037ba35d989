"""`flask --app wsgi persons show`: what is held about the people of a telephone."""

import click

from codes.code import show_code
from codes.fields import PERSONAL, Field
from codes.meeting import meet
from codes.people import Holder
from codes.regimes import terms
from commands.arguments import known_phone
from commands.tables import Row, described, iso
from commands.terminal import Group, looked, looking, out, store
from store import Work

persons = Group("persons", help="People: what is held about them.")


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
