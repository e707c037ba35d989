"""`flask --app wsgi cases show ...` and `cases destroyed`: what is left of a case, and what was destroyed."""

from collections import Counter
from datetime import timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlmodel import col

from codes.people import PERSON, holder
from codes.regimes import in_force
from commands.tables import Row, described, iso
from commands.terminal import Failure, Single, json_option, looked, looking, out, store
from monitoring.retention.proving import Remains, remains
from monitoring.retention.reports import destroyed_since
from store import Work
from store.people import Person


@click.command("show", cls=Single)
@click.argument("case_id")
@looking
@with_appcontext
def show_case(*, case_id: str, as_json: bool) -> None:
    """What is known of a case; of one that was destroyed, the proof that nothing is."""
    with store().work() as work:
        found = remains(work, case_id)
        if found is None:
            raise Failure(f"no case {case_id}")
        if not found.is_nobodys:
            looked(work, [found.case.person_id], "cases show")
        row = _shown(work, found)
    out(as_json, row, described(row))


@click.command("destroyed", cls=Single)
@click.option("--days", type=click.IntRange(1, 3650), default=31, show_default=True, help="So far back.")
@json_option
@with_appcontext
def list_destroyed(*, days: int, as_json: bool) -> None:
    """What was destroyed of people at home: counts by kind, a report a run."""
    with store().reading() as work:
        zone = in_force(work).regime.zone
        reports = destroyed_since(work, work.now - timedelta(days=days))
    total: Counter[str] = sum((Counter(one.counts) for one in reports), Counter())
    rows = [{"report": one.id, "at": iso(one.at, zone), "destroyed": dict(one.counts)} for one in reports]
    document: Row = {"days": days, "total": dict(sorted(total.items())), "reports": rows}
    out(as_json, document, described(document))


def _shown(work: Work, found: Remains) -> Row:
    case, zone, end = found.case, in_force(work).regime.zone, found.end
    person = holder(work, work.row(select(*PERSON).where(col(Person.id) == case.person_id)))
    return {
        "case": case.id,
        "holder_name": person.name,
        "document_tail": person.document_tail,
        "kind": case.kind,
        "means": case.means,
        "reason": case.details.reason,
        "opened_at": iso(case.opened_at, zone),
        "opened_by": case.opened_by,
        "ends_at": iso(case.ends_at, zone),
        "enrolled_at": iso(case.enrolled_at, zone),
        "paused_at": iso(case.paused_at, zone),
        "closed_at": iso(case.closed_at, zone),
        "closed_by": case.closed_by,
        "closing": case.closing,
        "destroyed_on": iso(end.at, zone) if end else None,
        "held_until": iso(end.held_until, zone) if end else None,
        "held_because": end.why if end else None,
        "destroyed_at": iso(case.destroyed_at, zone),
        "emptied_at": iso(found.emptied_at, zone),
        "keys": dict(found.keys),
        "rows": dict(found.rows),
        "sealed_values": found.sealed_values,
        "blobs": found.blobs,
        "appeals": found.appeals,
        "is_nobodys": found.is_nobodys,
        "anything_personal": found.anything_personal,
    }
