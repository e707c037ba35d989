"""`flask --app wsgi calls recordings`: what became of the recordings of calls with agents."""

import click

from codes.desk.recording import ListedRecording
from codes.desk.recording_ends import never_announced, recordings
from codes.regimes import Terms, in_force
from commands.tables import Row, iso, show_rows
from commands.terminal import Group, json_option, store

calls = Group("calls", help="Calls: what was recorded of them.")


@calls.command("recordings")
@click.option("--lost", is_flag=True, help="Only those that are not kept and never will be.")
@json_option
def list_recordings(*, lost: bool, as_json: bool) -> None:
    """Recordings and how far each has come, the newest first. Nothing of what was said, and by nobody."""
    with store().reading() as work:
        under = in_force(work)
        rows = [_row(one, under) for one in recordings(work, lost=lost)]
        for leg in never_announced(work):
            announced_at = iso(leg.connected_at, under.regime.zone)
            rows.append(_missing(leg.call_sid, announced_at))
    show_rows(as_json, rows)


def _row(one: ListedRecording, under: Terms) -> Row:
    zone = under.regime.zone
    return {
        "recording": one.sid,
        "call": one.call_sid,
        "stage": str(one.stage),
        "why": one.lost,
        "since": iso(one.announced_at, zone),
        "seconds": one.seconds,
        "destroy_at": iso(one.destroy_at, zone),
    }


def _missing(call_sid: str, since: str | None) -> Row:
    """The carrier never had one."""
    absent = {"recording": None, "call": call_sid, "stage": "lost", "why": "missing"}
    return {**absent, "since": since, "seconds": None, "destroy_at": None}
